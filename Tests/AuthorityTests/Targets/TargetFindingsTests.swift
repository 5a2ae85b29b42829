import PolicyEngine
import SessionProtocol
import StrictYAML
import Testing

@testable import Authority

/// What a target answers that is as it must be, to be changed by each test.
struct ProbedTarget {
    var session: [String: [String]] = [
        "shell": ["/bin/bash"], "path": ["/usr/bin:/bin"], "bash": ["5.2.15(1)-release"],
        "preload": [""], "bash-env": [""], "parent": ["sshd"], "proc": ["yes"],
        "time": ["1800000001"], "user": ["deploy"], "directory": ["/home/deploy"],
        "grep-z": ["yes"], "connection": ["192.0.2.1 40000 192.0.2.10 22"],
    ]
    var login = ["SHELL=/bin/bash", "exec is a shell builtin", "sallyport-shell-exists"]
    var noise = ""
    var settings = ""
    var neededTolerance = false
    var milliseconds: [RemoteStep: UInt64] = [.connecting: 0, .running: 40]
    /// When the commands ended; nil is soon after they began.
    var endMilliseconds: UInt64?
    var drops: [String] = []
    /// What came of a probe instead of what the fields above say.
    var outputs: [Probe: RemoteErrand.Outcome] = [:]

    enum Probe: Hashable { case session, login, fileTransfer }

    func performance(
        _ output: String,
        _ result: ProgramResult = .exitStatus(0)
    ) throws -> RemotePerformance {
        RemotePerformance(
            result: result,
            output: Array(output.utf8),
            transport: RemoteScript.Transport(
                client: try #require(SocketAddress(host: "192.0.2.1", port: 40000)),
                server: try #require(SocketAddress(host: "192.0.2.10", port: 22))
            ),
            ranSeconds: 1_800_000_000...1_800_000_002,
            milliseconds: milliseconds,
            endMilliseconds: endMilliseconds ?? (milliseconds[.running] ?? 0) + 60,
            drops: drops
        )
    }

    static func failure(_ failure: RemoteFailure) -> RemoteErrand.Outcome {
        .failure(RemoteErrand.RemoteError(failure: failure, drops: []))
    }

    func evidence() throws -> TargetEvidence {
        let text = `a probe`.text
        let file = """
            targets:
              web1:
                address: 192.0.2.10:22
                logins: [deploy]
                \(settings)
            """
        let inventory = try Inventory.read([
            SourceFile(name: "inventory.yaml", bytes: Array(file.utf8))
        ]).value
        let target = try #require(inventory.targets.first)
        let said = session.sorted { $0.key < $1.key }.flatMap { key, values in
            values.map { "\(key)=\($0)" }
        }
        let whole =
            noise
            + ([text.sessionMark] + said + [text.sessionEnd, ""])
            .joined(separator: "\n")
        let shell = ([text.loginMark] + login + [text.loginEnd, ""]).joined(separator: "\n")
        return TargetEvidence(
            target: target,
            login: try #require(Login("deploy")),
            text: text,
            session: try target.shell == .none
                ? nil : outputs[.session] ?? .success(performance(whole)),
            loginShell: try outputs[.login] ?? .success(performance(shell)),
            fileTransfer: try target.sftp == nil
                ? nil : outputs[.fileTransfer] ?? .success(performance("")),
            neededTolerance: neededTolerance
        )
    }

    func findings() throws -> [Diagnosis] { try evidence().findings }
}

@Suite struct `the findings about a target` {
    private func worst(_ findings: [Diagnosis]) -> [String] {
        findings.filter { $0.level != .ok }.map { "\($0.level.rawValue) \($0.subject)" }
    }

    private func worst(_ change: (inout ProbedTarget) throws -> Void) throws -> [String] {
        var target = ProbedTarget()
        try change(&target)
        return worst(try target.findings())
    }

    @Test func `are good where nothing is wrong`() throws {
        let findings = try ProbedTarget().findings()

        #expect(worst(findings).isEmpty)
        #expect(
            Set(findings.map(\.subject)) == [
                "reachable", "host-key", "authentication", "speed", "forced-command", "start-up",
                "exec", "environment", "clock", "account", "path", "shell", "endings",
                "file-transfer",
            ]
        )
        #expect(findings.allSatisfy { $0.remedy == nil })
    }

    @Test(
        arguments: [
            // The second in which it was read is no difference.
            (0, []), (5, []), (6, []), (7, ["warning clock"]), (-7, ["warning clock"]),
            (20, ["warning clock"]), (31, ["warning clock"]), (32, ["error clock"]),
            (-400, ["error clock"]),
        ] as [(Int, [String])]
    )
    func `tell a clock that differs`(_ seconds: Int, _ expected: [String]) throws {
        #expect(
            try worst { $0.session["time"] = ["\(1_800_000_001 + seconds)"] } == expected
        )
    }

    @Test func `tell a clock by the certificate that is taken`() throws {
        #expect(try worst { $0.neededTolerance = true } == ["error clock"])
        #expect(try worst { $0.session["time"] = ["soon"] } == ["warning clock"])
    }

    @Test func `tell a command that is forced instead of ours`() throws {
        let found = try worst {
            let forced = try $0.performance("forced by an administrator\n")
            $0.outputs = [.session: .success(forced), .login: .success(forced)]
        }

        #expect(found == ["error forced-command"])
    }

    @Test func `tell what hijacks commands`() throws {
        #expect(try worst { $0.login[1] = "exec is a function" } == ["error exec"])
        #expect(try worst { $0.session["parent"] = ["bash"] } == ["error exec"])
        #expect(try worst { $0.session["parent"] = ["wrapper"] } == ["warning exec"])
        #expect(try worst { $0.session["parent"] = ["sshd-session"] } == [])
        #expect(try worst { $0.session["parent"] = [""] } == [])
        #expect(try worst { $0.login.insert("BASH_ENV=/x", at: 0) } == ["warning environment"])
        #expect(try worst { $0.login.insert("ENV=/x", at: 0) } == ["warning environment"])
        #expect(try worst { $0.login.insert("LD_PRELOAD=/x", at: 0) } == ["error environment"])
        #expect(try worst { $0.session["preload"] = ["/x"] } == ["error environment"])
        #expect(try worst { $0.session["bash-env"] = ["/x"] } == ["error environment"])
        #expect(try worst { $0.session["shadow"] = ["ls /usr/local/bin/ls"] } == ["warning path"])
        #expect(try worst { $0.session["path-relative"] = [""] } == ["warning path"])
        let own = try worst {
            $0.session["shadow"] = ["ls /home/deploy/bin/ls", "ls /home/deploy/bin/ls"]
            $0.session["path-writable"] = ["/home/deploy/bin"]
        }
        #expect(own == ["error path", "warning path"])
    }

    @Test func `tell as many names that mean another program as a person reads`() throws {
        func told(_ count: Int) throws -> Int {
            try worst {
                $0.session["shadow"] = (0..<count).map { "p\($0) /usr/local/bin/p\($0)" }
            }.count
        }
        #expect(try told(8) == 8)
        #expect(try told(9) == 8)
    }

    @Test func `show as much of a target's output as fits a line`() {
        func shown(_ count: Int) -> Int {
            SessionFindings.shown([UInt8](repeating: 97, count: count)).count - 2
        }
        #expect(shown(160) == 160)
        #expect(shown(161) == 160)
    }

    @Test func `tell an exec that does not run what it is given`() throws {
        let found = try worst {
            $0.login[1] = "exec is a function"
            $0.outputs[.session] = .success(try $0.performance("hijacked\n"))
        }

        #expect(found == ["error exec"])
    }

    @Test func `tell what start-up files do`() throws {
        #expect(try worst { $0.noise = "Welcome!\n" } == ["warning start-up"])
        #expect(try worst { $0.login.append("trap -- 'x' DEBUG") } == ["warning start-up"])
        let fish = try worst {
            $0.session["shell"] = ["/usr/bin/fish"]
            $0.login[0] = "SHELL=/usr/bin/fish"
        }
        #expect(fish == ["error login-shell"])
    }

    @Test func `tell a shell that is not there, or is another`() throws {
        let missing = try worst {
            $0.login.removeLast()
            $0.outputs[.session] = .success(try $0.performance("", .exitStatus(127)))
        }
        #expect(missing == ["error shell"])
        #expect(try worst { $0.session["bash"] = [""] } == ["warning shell"])
        let dash = try worst {
            $0.settings = "shell: /bin/dash"
            $0.session["bash"] = [""]
        }
        #expect(dash == [])
    }

    @Test func `tell what keeps commands from being ended`() throws {
        #expect(try worst { $0.session["missing"] = ["grep"] } == ["error endings"])
        #expect(try worst { $0.session["proc"] = ["no"] } == ["error endings"])
        #expect(
            try worst { $0.session["connection"] = ["10.0.0.1 1 10.0.0.2 22"] }
                == ["warning addresses"]
        )
    }

    @Test func `tell another account, slowness and drops`() throws {
        #expect(try worst { $0.session["user"] = ["root"] } == ["error account"])
        #expect(try worst { $0.milliseconds[.running] = 3000 } == [])
        #expect(try worst { $0.milliseconds[.running] = 3001 } == ["warning speed"])
        #expect(try worst { $0.endMilliseconds = 40 + 1500 } == [])
        #expect(try worst { $0.endMilliseconds = 40 + 1501 } == ["warning start-up"])
        #expect(try worst { $0.drops = ["closed"] } == ["warning connections"])
    }

    @Test func `tell file transfer that does not work`() throws {
        let results: [RemoteErrand.Outcome] = [
            ProbedTarget.failure(.transport(.channel, reason: "subsystem")),
            .success(try ProbedTarget().performance("", .exitStatus(127))),
            .success(try ProbedTarget().performance("Welcome!")),
            .success(try ProbedTarget().performance("", .none)),
        ]
        for result in results {
            #expect(try worst { $0.outputs[.fileTransfer] = result } == ["error file-transfer"])
        }
        #expect(try worst { $0.settings = "sftp: none" } == [])
    }

    @Test(
        arguments: [
            (.noPinnedKey, "host-key"), (.unreachable(reason: "refused"), "reachable"),
            (.timedOut(.connecting), "reachable"), (.timedOut(.exchangingKeys), "speed"),
            (.timedOut(.signingIn), "speed"), (.timedOut(.running), "start-up"),
            (.hostKey(fingerprint: "SHA256:x"), "host-key"),
            (.transport(.keyExchange, reason: "closed"), "reachable"),
            (
                .transport(.keyExchange, reason: "no match for method server host key algo"),
                "host-key"
            ),
            (.transport(.authentication, reason: "refused"), "authentication"),
            (.transport(.unanswered, reason: "closed"), "authentication"),
            (.transport(.channel, reason: "refused"), "session"), (.noProcess, "bastion"),
            (.notIssued(reason: "x"), "bastion"), (.processLied(reason: "x"), "bastion"),
            (.processLost(reason: "x"), "bastion"),
        ] as [(RemoteFailure, String)]
    )
    func `tell why nobody gets in`(_ failure: RemoteFailure, _ subject: String) throws {
        #expect(
            try worst { $0.outputs[.session] = ProbedTarget.failure(failure) } == [
                "error \(subject)"
            ]
        )
    }

    @Test func `of a device without a shell are few`() throws {
        #expect(try worst { $0.settings = "shell: none" } == [])
        let device = try worst {
            $0.settings = "shell: none"
            $0.outputs[.login] = .success(try $0.performance("% Invalid input\n"))
        }
        #expect(device == ["warning forced-command"])
    }

    @Test func `hold nothing foreign that moves a cursor`() throws {
        var target = ProbedTarget()
        target.noise = "\u{1B}[2J\u{202E}\n"
        target.session["user"] = ["\u{1B}]0;x"]
        target.login[1] = "exec is a \u{1B}function"

        for finding in try target.findings() {
            let text = finding.text + (finding.remedy ?? "")
            #expect(!text.unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" })
        }
    }
}
