import PolicyEngine
import TestSupport
import Testing

@Suite struct `a wrapped command` {
    private func wrap(
        _ text: String,
        _ keys: [String] = [],
        environment: [EnvironmentAssignment] = []
    ) throws -> String {
        let target =
            try keys.isEmpty ? Samples.target() : Samples.target(keys.joined(separator: "\n    "))
        let wrapped = try CommandWrapping.exec(
            Array(text.utf8),
            environment: environment,
            on: target
        )
        return String(decoding: wrapped, as: UTF8.self)
    }

    @Test func `is the documented one byte for byte`() throws {
        #expect(
            try wrap("uptime")
                == "exec /usr/bin/env -u BASH_ENV -u ENV /bin/bash --noprofile --norc -p -c 'uptime'"
        )
        #expect(
            try wrap("echo 'a'", environment: [.init(name: "LANG", value: Array("C.UTF-8".utf8))])
                == "exec /usr/bin/env -u BASH_ENV -u ENV LANG='C.UTF-8' "
                + #"/bin/bash --noprofile --norc -p -c 'echo '\''a'\'''"#
        )
        #expect(
            try wrap("uptime", ["shell: /bin/dash"])
                == "exec /usr/bin/env -u BASH_ENV -u ENV /bin/dash -c 'uptime'"
        )
        #expect(try wrap("").hasSuffix(" -c ''"))
    }

    @Test func `is quoted for the family of the login shell`() throws {
        #expect(try wrap(#"a'b\c!"#, ["login-shell: fish"]).hasSuffix(#" -c 'a\'b\\c!'"#))
        #expect(try wrap(#"a'b\c!"#, ["login-shell: csh"]).hasSuffix(#" -c 'a'\''b'\\'c'\!"#))
        #expect(try wrap("a\nb", ["login-shell: csh"]).hasSuffix(" -c 'a\\\nb'"))
        #expect(try wrap("", ["login-shell: csh"]).hasSuffix(" -c ''"))
    }

    @Test func `is the bytes as they are where the target has no shell`() throws {
        #expect(try wrap("show 'x' !", ["shell: none"]) == "show 'x' !")
        #expect(throws: WrappingError.emptyCommand) { try wrap("", ["shell: none"]) }
    }

    @Test func `is a login shell or the target's own sftp command`() throws {
        func command(_ kind: RequestKind, _ keys: String...) throws -> String {
            let target = try Samples.target(keys.joined(separator: "\n    "))
            let command = try CommandWrapping.forcedCommand(
                for: kind,
                commandLine: [],
                environment: [],
                on: target
            )
            return String(decoding: command, as: UTF8.self)
        }
        #expect(try command(.terminal) == #"exec "$SHELL" -l"#)
        #expect(try command(.shell) == #"exec "$SHELL" -l"#)
        #expect(try command(.sftp) == "internal-sftp")
        #expect(try command(.sftp, "sftp: internal-sftp -R") == "internal-sftp -R")
        #expect(throws: WrappingError.sftpUnavailable) { try command(.sftp, "sftp: none") }
        #expect(throws: WrappingError.shellUnavailable) { try command(.terminal, "shell: none") }
    }

    @Test func `is refused where it cannot be carried`() throws {
        let target = try Samples.target()
        func wrap(_ bytes: [UInt8]) throws(WrappingError) -> Int {
            try CommandWrapping.exec(bytes, environment: [], on: target).count
        }
        #expect(throws: WrappingError.containsNUL) { try wrap([65, 0]) }
        #expect(try wrap([UInt8](repeating: 65, count: 96 * 1024)) > 96 * 1024)
        #expect(throws: WrappingError.commandTooLong(bytes: 98_305)) {
            try wrap([UInt8](repeating: 65, count: 96 * 1024 + 1))
        }
        let frame = try wrap([])
        let quotes = (127 * 1024 - frame) / 4
        #expect(try wrap([UInt8](repeating: 39, count: quotes)) <= 127 * 1024)
        #expect(throws: WrappingError.wrappedTooLong(bytes: frame + 4 * (quotes + 1))) {
            try wrap([UInt8](repeating: 39, count: quotes + 1))
        }
        let csh = try Samples.target("login-shell: csh")
        #expect(throws: WrappingError.notUTF8ForCsh) {
            try CommandWrapping.exec([0xFD, 0xBB, 0x80], environment: [], on: csh)
        }
        #expect(throws: WrappingError.malformedEnvironment(name: "-i")) {
            try CommandWrapping.exec([65], environment: [.init(name: "-i", value: [])], on: csh)
        }
    }

    @Test(arguments: [
        ("dash", "posix"), ("bash", "posix"), ("ksh", "posix"), ("zsh", "posix"), ("fish", "fish"),
        ("tcsh", "csh"),
    ])
    func `arrives unchanged through a real login shell`(_ shell: String, _ family: String) throws {
        let path = "/usr/bin/\(shell)"
        guard isInstalled(path) else { return }
        let target = try Samples.target("login-shell: \(family)")
        var generator = SeededGenerator(seed: 11)
        for round in 0..<80 {
            let text = Self.text(isUTF8: family == "csh", &generator)
            // What bash is told to print is quoted for bash once more, by a rule of its own.
            let word = text.flatMap { $0 == 39 ? Array(#"'\''"#.utf8) : [$0] }
            let printing = Array(#"printf '%s\0' "$TZ"; printf %s '"#.utf8) + word + [39]
            let wrapped = try CommandWrapping.exec(
                printing,
                environment: [.init(name: "TZ", value: text)],
                on: target
            )
            let locale = round % 2 == 0 ? [] : [Array("LC_ALL=C.UTF-8".utf8)]
            let output = output(
                of: [Array(path.utf8), Array("-c".utf8), wrapped],
                environment: locale
            )
            #expect(output == text + [0] + text)
        }
    }

    /// Bytes without NUL: any, what shells read as something else, or characters of all planes.
    private static func text(isUTF8: Bool, _ generator: inout SeededGenerator) -> [UInt8] {
        let length = [0, 1, 2, 3, 10, 60, 300, 3000].randomElement(using: &generator) ?? 0
        let special = Array("'\"\\!\n$`*?[]{}~^#;&|<>() \t=%-\r".utf8)
        let kind = Int.random(in: 0..<4, using: &generator)
        var text: [UInt8] = []
        for _ in 0..<length {
            switch kind {
            case 0 where !isUTF8: text.append(UInt8.random(in: 1...255, using: &generator))
            case 1: text.append(special.randomElement(using: &generator) ?? 0)
            case 2: text.append(UInt8.random(in: 1...127, using: &generator))
            default:
                let value = UInt32.random(in: 0x80...0x10FFFF, using: &generator)
                let scalar = Unicode.Scalar(value) ?? "\u{F600}"
                text += Array(String(Character(scalar)).utf8)
                text.append(special.randomElement(using: &generator) ?? 0)
            }
        }
        return text
    }
}

@Suite struct `the client's environment` {
    private func variable(_ name: String, _ value: String = "x") -> EnvironmentAssignment {
        EnvironmentAssignment(name: name, value: Array(value.utf8))
    }

    @Test func `passes by the names that are allowed`() throws {
        let list = EnvironmentAllowList()
        for name in ["LANG", "LC_ALL", "LC_X", "TZ", "COLORTERM", "NO_COLOR"] {
            #expect(list.allows(variable(name)))
        }
        for name in ["LANGUAGE", "LC", "PATH", "TERM", "lang", "LC-ALL", "LC_A=B", "", "LC_é"] {
            #expect(!list.allows(variable(name)))
        }
        let deploy = try #require(EnvironmentAllowList.Pattern("DEPLOY_*"))
        #expect(EnvironmentAllowList(adding: [deploy]).allows(variable("DEPLOY_ID")))
        #expect(!list.allows(variable("DEPLOY_ID")))
    }

    @Test func `never passes where a name runs code`() throws {
        for name in [
            "LD_PRELOAD", "LD_*", "L*", "BASH_ENV", "BASH_FUNC_x", "ENV", "E*", "PATH", "PA*",
            "IFS",
            "PYTHONPATH", "GIT_SSH_COMMAND", "GIT_*", "SALLYPORT_TICKET", "HOME", "P*",
        ] {
            let pattern = try #require(EnvironmentAllowList.Pattern(name))
            #expect(EnvironmentAllowList.isRefused(pattern))
        }
        for name in ["GIT_PROTOCOL", "DEPLOY_*", "LC_X", "ENVIRONMENT", "CI"] {
            let pattern = try #require(EnvironmentAllowList.Pattern(name))
            #expect(!EnvironmentAllowList.isRefused(pattern))
        }
        let sneaky = try #require(EnvironmentAllowList.Pattern("L*"))
        #expect(!EnvironmentAllowList(adding: [sneaky]).allows(variable("LD_PRELOAD")))
        for name in ["*", "1A", "A B", "A=B", "A**", ""] {
            #expect(EnvironmentAllowList.Pattern(name) == nil)
        }
    }

    @Test func `passes values that the C library does not read as a path`() {
        let list = EnvironmentAllowList()
        for value in [
            "de_DE.UTF-8@euro", "Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3", "", "<+03>-3",
        ] {
            #expect(list.allows(variable("TZ", value)))
        }
        for value in ["/etc/shadow", ":/etc/x", "../../x", "a b", "a\nb", "() { x", "a\u{0}"] {
            #expect(!list.allows(variable("LC_ALL", value)))
        }
        #expect(!list.allows(variable("COLORTERM", String(repeating: "x", count: 4097))))
        #expect(list.allows(variable("COLORTERM", String(repeating: "x", count: 4096))))
    }

    @Test func `is filtered to one value for each name`() {
        let (allowed, refused) = EnvironmentAllowList().filter([
            variable("LANG", "a"), variable("PATH"), variable("TZ", "b"), variable("LANG", "c"),
        ])
        #expect(allowed == [variable("TZ", "b"), variable("LANG", "c")])
        #expect(refused == ["PATH"])
    }
}
