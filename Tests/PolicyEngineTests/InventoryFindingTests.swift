import PolicyEngine
import StrictYAML
import TestSupport
import Testing

@Suite struct `an inventory that does not fit together` {
    @Test func `is refused with all that is wrong, in every file`() {
        let first = """
            principals:
              human:alice:
                ower: human:bob
                keys: ["\(Keys.ed25519(1))"]
              agent:copilot:
                keys: ["\(Keys.ed25519(1))"]
              robot:x: {}
            targets:
              Web1: {address: web1, logins: [deploy]}
            """
        let second = """
            principals:
              human:alice: {disabled: yes}
            grants:
              - {roles: [sre], targets: {names: [web9]}, logins: [deploy], requests: [exec, exek]}
            """
        #expect(
            Samples.findings(first, second) == [
                "inventory.d/1.yaml:2: duplicate principal `human:alice`, first at inventory.yaml:2",
                "inventory.d/1.yaml:2: `disabled`: expected `true` or `false`, found `yes`",
                "inventory.d/1.yaml:4: unknown role `sre`: no principal has it and there is no list "
                    + "`roles`",
                "inventory.d/1.yaml:4: unknown target `web9`",
                "inventory.d/1.yaml:4: `requests`: expected one of `exec`, `shell`, `terminal`, "
                    + "`sftp`, found `exek`; did you mean `exec`?",
                "inventory.yaml:3: unknown key `ower`, expected one of `disabled`, `keys`, `owner`, "
                    + "`roles`; did you mean `owner`?",
                "inventory.yaml:6: `agent:copilot`: the key `owner` is missing",
                "inventory.yaml:6: the key of `agent:copilot` belongs to `human:alice` already, at "
                    + "inventory.yaml:4",
                "inventory.yaml:7: `principals`: expected a principal like `human:alice`, "
                    + "`agent:copilot` or `service:backup`, found `robot:x`",
                "inventory.yaml:9: `targets`: expected a target (`[a-z0-9][a-z0-9._-]*`, at most 128 "
                    + "bytes), found `Web1`",
            ]
        )
    }

    @Test(arguments: ["deploy@web1", "deploy+web1", "web1%", "@"])
    func `is refused for a target that looks like an address`(_ name: String) {
        #expect(
            Samples.findings("targets:\n  \"\(name)\": {address: web1, logins: [deploy]}\n") == [
                "inventory.yaml:2: `targets`: `\(name)` is ambiguous: `@`, `+` and `%` separate "
                    + "login and target in `login@target`"
            ]
        )
    }

    @Test(arguments: ["deploy@web1", "a+b", "a%b"])
    func `is refused for a login that looks like an address`(_ name: String) {
        #expect(
            Samples.findings("targets:\n  w: {address: web1, logins: [\"\(name)\"]}\n").contains(
                "inventory.yaml:2: `logins`: `\(name)` is ambiguous: `@`, `+` and `%` separate "
                    + "login and target in `login@target`"
            )
        )
    }

    @Test(arguments: [
        (Keys.ofType("ssh-dss"), "`ssh-dss`: DSA keys are not accepted"),
        (
            Keys.ofType("ssh-ed25519-cert-v01@openssh.com"),
            "`ssh-ed25519-cert-v01@openssh.com`: a certificate stands where a public key is expected"
        ),
        (Keys.rsa(bits: 1024), "`ssh-rsa`: an RSA key must have 2048 to 8192 bits"),
        (
            Keys.ofType("ssh-future"),
            "`ssh-future`: unknown key type, accepted are ssh-ed25519, ecdsa-sha2-nistp256, "
                + "ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, ssh-rsa, sk-ssh-ed25519@openssh.com, "
                + "sk-ecdsa-sha2-nistp256@openssh.com"
        ),
        (
            "ssh-ed25519 AAAA",
            "expected a line of a `.pub` file: `algorithm` is cut short"
        ),
        (
            "from=\"*\" ssh-ed25519 AAAA",
            "expected a line of a `.pub` file: `public key` is not `ALGORITHM BASE64 [COMMENT]`"
        ),
    ])
    func `is refused for keys that nobody may use`(_ key: String, _ expected: String) {
        #expect(
            Samples.findings("principals:\n  human:a:\n    keys:\n      - '\(key)'\n")
                == ["inventory.yaml:4: `keys`: " + expected]
        )
    }

    @Test(arguments: [
        Keys.rsa(bits: 2048), Keys.ofType("ecdsa-sha2-nistp521"),
        Keys.ofType("sk-ssh-ed25519@openssh.com"),
    ])
    func `is accepted with keys that may be used`(_ key: String) {
        #expect(Samples.findings("principals:\n  human:a:\n    keys:\n      - \(key)\n").isEmpty)
    }

    @Test func `is refused for a security key where nobody can touch it`() {
        let key = Keys.ofType("sk-ssh-ed25519@openssh.com")
        #expect(
            Samples.findings(
                "targets:\n  w: {address: w, logins: [a], host-keys: [\"\(key)\"]}\n"
            ).first?.hasSuffix("a security key cannot be used here") == true
        )
    }

    @Test func `is refused where one key means two things`() {
        let text = """
            principals:
              human:a: {keys: ["\(Keys.ed25519(1))", "\(Keys.ed25519(1)) other"]}
            certificate-authorities:
              corp: {key: "\(Keys.ed25519(1))", principals: {}}
            targets:
              w: {address: w, logins: [a], host-keys: ["\(Keys.ed25519(1))"]}
            """
        #expect(
            Samples.findings(text) == [
                "inventory.yaml:2: the key of `human:a` belongs to `human:a` already, at "
                    + "inventory.yaml:2",
                "inventory.yaml:4: the key of `corp` belongs to `human:a` already, at "
                    + "inventory.yaml:2",
                "inventory.yaml:6: the host key of `w` is the key of `human:a`, at inventory.yaml:2",
            ]
        )
    }

    @Test func `is refused for an owner where none belongs`() {
        #expect(
            Samples.findings("principals:\n  human:a: {owner: human:b}\n  human:b: {}\n")
                == ["inventory.yaml:2: `owner`: only an agent has an owner"]
        )
        #expect(
            Samples.findings(
                "principals:\n  agent:a: {owner: agent:b}\n  agent:b: {owner: agent:a}\n"
            )
                == [
                    "inventory.yaml:2: `owner`: an agent acts for a human, found `agent:b`",
                    "inventory.yaml:3: `owner`: an agent acts for a human, found `agent:a`",
                ]
        )
    }

    @Test(arguments: [
        ("shell: /bin/bash", true), ("shell: /usr/local/bin/dash", true), ("shell: none", true),
        ("shell: bash", false), ("shell: /bin/zsh", false), ("shell: /bin/../bin/sh", false),
        ("shell: \"/bin/ba sh\"", false), ("shell: \"/bin/sh;\"", false),
        ("shell: /bin/sh/", false),
        ("bash-version: \"5.1\"", true), ("bash-version: \"3.2\"", true),
        ("bash-version: 5.1", false), ("bash-version: \"5.1.16\"", false),
        ("bash-version: \"6.0\"", false), ("bash-version: \"05.1\"", false),
        ("bash-version: none", false),
        ("login-shell: csh", true), ("login-shell: tcsh", false),
        ("sftp: internal-sftp -R", true), ("sftp: \"\"", false), ("sftp: \"a\\nb\"", false),
        ("certificate-lifetime: 10m", true), ("certificate-lifetime: 601s", false),
        ("certificate-lifetime: 4s", false),
        ("certificate-principal: login@target", true), ("certificate-principal: root", false),
        ("credential: certificate", true), ("credential: password", false),
        ("source-address: [192.0.2.7, \"2001:db8::/48\"]", true),
        ("source-address: [192.0.2.7/24]", false), ("source-address: [192.0.2.0/33]", false),
        ("source-address: [gateway]", false), ("labels: {env: no}", false),
        ("labels: {env: \"no\"}", true), ("labels: {Env: x}", false), ("password: x", false),
    ])
    func `is judged by each key of a target`(_ key: String, _ isAccepted: Bool) {
        let text = "targets:\n  w:\n    address: w\n    logins: [a]\n    \(key)\n"
        let errors = Samples.findings(text).filter { !$0.contains(": warning: ") }
        #expect(errors.isEmpty == isAccepted, "\(errors)")
        #expect(errors.allSatisfy { $0.hasPrefix("inventory.yaml:5: ") })
    }

    @Test(arguments: [
        ("targets: {labels: {env: x}}", "no target has the labels `env: x`"),
        ("targets: {names: [w]}, logins: [b]", "no target of this grant offers the login `b`"),
    ])
    func `is accepted with a warning for a grant of nothing`(_ part: String, _ warning: String) {
        let logins = part.contains("logins") ? "" : ", logins: [a]"
        let text = """
            roles: [r]
            targets:
              w: {address: w, logins: [a], host-keys: ["\(Keys.ed25519(1))"]}
            grants:
              - {roles: [r], \(part)\(logins), requests: [exec]}
            """
        #expect(Samples.findings(text) == ["inventory.yaml:5: warning: " + warning])
    }

    @Test(arguments: [
        (
            "targets: {names: [w]}, logins: [a], requests: [exec]",
            "a grant says to whom by `roles` or `principals`"
        ),
        (
            "roles: [], targets: {names: [w]}, logins: [a], requests: [exec]",
            "`roles`: expected at least one item"
        ),
        (
            "roles: [r], targets: {}, logins: [a], requests: [exec]",
            "`targets`: expected either `names` or `labels`"
        ),
        (
            "roles: [r], targets: {names: [w], labels: {a: b}}, logins: [a], requests: [exec]",
            "`targets`: expected either `names` or `labels`"
        ),
        (
            "roles: [r], targets: {labels: {}}, logins: [a], requests: [exec]",
            "`labels`: expected at least one label"
        ),
        (
            "roles: [r], targets: {names: [w]}, logins: [], requests: [exec]",
            "`logins`: expected at least one item"
        ),
        (
            "roles: [r], targets: {names: [w]}, logins: [a]",
            "`grants`: the key `requests` is missing"
        ),
        (
            "roles: [s], targets: {names: [w]}, logins: [a], requests: [exec]",
            "unknown role `s`: add it to `roles`"
        ),
        (
            "principals: [human:x], targets: {names: [w]}, logins: [a], requests: [exec]",
            "unknown principal `human:x`"
        ),
    ])
    func `is refused for a grant that is not clear`(_ grant: String, _ message: String) {
        let text = """
            roles: [r]
            targets:
              w: {address: w, logins: [a], host-keys: ["\(Keys.ed25519(1))"]}
            grants:
              - {\(grant)}
            """
        let errors = Samples.findings(text).filter { !$0.contains("warning") }
        #expect(errors == ["inventory.yaml:5: " + message])
    }

    @Test func `is refused for revocations of nothing known`() {
        let text = "revoked:\n  serials: {corp: [1, 9-3, -1, x]}\n  keys: [SHA256:abc]\n"
        #expect(
            Samples.findings(text) == [
                "inventory.yaml:2: `serials`: unknown certificate authority `corp`",
                "inventory.yaml:2: `corp`: expected a serial like `7` or a range like `100-200`, "
                    + "found `9-3`",
                "inventory.yaml:2: `corp`: expected a serial like `7` or a range like `100-200`, "
                    + "found `-1`",
                "inventory.yaml:2: `corp`: expected a serial like `7` or a range like `100-200`, "
                    + "found `x`",
                "inventory.yaml:3: `keys`: expected `SHA256:` and 43 digits of base64, found "
                    + "`SHA256:abc`",
            ]
        )
    }

    @Test func `never traps its reader, whatever is changed in it`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("abk:@+%*{}[],-\"'\\# \n0~".utf8)
        for _ in 0..<1500 {
            var bytes = Array(Samples.inventory.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let at = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, at + Int.random(in: 0...40, using: &generator))
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[at] = alphabet.randomElement(using: &generator) ?? 0
                case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: at)
                case 2: bytes.removeSubrange(at..<end)
                default: bytes.insert(contentsOf: bytes[at..<end], at: at)
                }
            }
            do throws(RefusedFiles) {
                let file = SourceFile(name: "f", bytes: bytes)
                let inventory = try Inventory.read([file]).value
                for target in inventory.targets {
                    for principal in inventory.principals {
                        let login = inventory.grantedLogins(principal.name, on: target.name).first
                        #expect(login.map(target.logins.contains) ?? true)
                    }
                }
            } catch {
                #expect(!error.findings.isEmpty)
            }
        }
    }
}
