import PolicyEngine
import SSHWire
import ShellSyntax
import StrictYAML
import Testing

@Suite struct `an inventory` {
    @Test func `knows whose key it sees`() throws {
        let inventory = try Samples.read(Samples.inventory).value
        #expect(
            inventory.principal(forKey: try Keys.blob(Keys.ed25519(1)))?.name
                == principal("human:alice")
        )
        #expect(inventory.principal(forKey: try Keys.blob(Keys.ed25519(9))) == nil)
        let copilot = inventory.principal(named: principal("agent:copilot"))
        #expect(copilot?.owner == principal("human:alice"))
        #expect(copilot?.isDisabled == false)
        let alice = inventory.principal(named: principal("human:alice"))
        #expect(alice?.roles.map(\.name) == ["approver", "sre"])
    }

    @Test func `has what a target says and the defaults of what it does not`() throws {
        let inventory = try Samples.read(Samples.inventory).value
        let web1 = try #require(inventory.target(named: target("web1")))
        #expect(web1.address.description == "192.0.2.1:22")
        #expect(web1.shell == .program("/bin/bash"))
        #expect(web1.bashVersion == nil)
        #expect(web1.loginShell == .posix)
        #expect(web1.sftp == "internal-sftp")
        #expect(web1.certificateLifetime == .seconds(60))
        #expect(web1.validPrincipal(for: login("deploy")) == "deploy")
        let db1 = try #require(inventory.target(named: target("db1")))
        #expect(db1.address.description == "db1.example.org:2222")
        #expect(db1.shell == .program("/bin/dash"))
        #expect(db1.loginShell == .fish)
        #expect(db1.sftp == nil)
        #expect(db1.certificateLifetime == .seconds(120))
        #expect(db1.validPrincipal(for: login("deploy")) == "deploy@db1")
        #expect(db1.sourceAddresses.map(\.description) == ["198.51.100.0/24"])
    }

    @Test func `has the version of a target's bash where it is said`() throws {
        let text = "targets:\n  w: {address: w, logins: [a], bash-version: \"5.1\"}\n"
        let inventory = try Samples.read(text).value
        #expect(inventory.target(named: target("w"))?.bashVersion == BashVersion(5, 1))
    }

    @Test(arguments: ["/bin/dash", "none", "/bin/sh"])
    func `refuses a version of bash where the shell is none`(_ shell: String) {
        func text(_ shell: String) -> String {
            "targets:\n  w:\n    address: w\n    logins: [a]\n    host-keys: [\"\(Keys.ed25519(1))\"]\n"
                + "    shell: \(shell)\n    bash-version: \"5.2\"\n"
        }
        #expect(
            Samples.findings(text(shell)) == [
                "inventory.yaml:7: `bash-version`: the shell of this target is no bash, but "
                    + "`\(shell)`"
            ]
        )
        #expect(Samples.findings(text("/usr/local/bin/bash")) == [])
    }

    @Test func `uses a pinned host key only before its end`() throws {
        let inventory = try Samples.read(Samples.inventory).value
        let db1 = try #require(inventory.target(named: target("db1")))
        #expect(db1.hostKeys(atUnixSeconds: 1_798_675_199).count == 1)
        #expect(db1.hostKeys(atUnixSeconds: 1_798_675_200).isEmpty)
    }

    @Test func `warns of a target without a host key`() throws {
        #expect(
            try Samples.read(Samples.inventory).warnings.map(\.message) == [
                "target `new1` has no pinned host key, nobody is connected to it: run "
                    + "`sallyport target scan new1` or `sallyport target enroll new1`"
            ]
        )
    }

    @Test func `maps a certificate to exactly one principal`() throws {
        let inventory = try Samples.read(Samples.inventory).value
        let blob = try Keys.blob(Keys.ed25519(9))
        let authority = try #require(inventory.certificateAuthority(forKey: blob))
        #expect(authority.resolve(["alice@corp"]) == .principal(principal("human:alice")))
        #expect(
            authority.resolve(["al@corp", "alice@corp"]) == .principal(principal("human:alice"))
        )
        #expect(authority.resolve(["staff", "bob@corp"]) == .principal(principal("human:bob")))
        #expect(
            authority.resolve(["alice@corp", "bob@corp"])
                == .several([principal("human:alice"), principal("human:bob")])
        )
        #expect(authority.resolve([]) == .none)
        #expect(authority.resolve(["human:alice"]) == .none)
        #expect(authority.isRevoked(serial: 7))
        #expect(!authority.isRevoked(serial: 99))
        #expect(authority.isRevoked(serial: 100))
        #expect(authority.isRevoked(serial: 200))
        #expect(!authority.isRevoked(serial: 201))
    }

    @Test func `knows revoked keys by line and by fingerprint`() throws {
        let digest = [UInt8](repeating: 5, count: 32)
        let fingerprint = "SHA256:" + String(Base64.encode(digest).dropLast())
        let revocations = try Samples.read(
            "revoked:\n  keys:\n    - \(Keys.ed25519(8))\n    - \(fingerprint)\n"
        ).value.revocations
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(revocations.contains(keyBlob: try Keys.blob(Keys.ed25519(8)), sha256: zeros))
        #expect(revocations.contains(keyBlob: [], sha256: digest))
        #expect(!revocations.contains(keyBlob: try Keys.blob(Keys.ed25519(7)), sha256: zeros))
    }

    @Test func `grants by role and label, by principal and name`() throws {
        let inventory = try Samples.read(Samples.inventory).value
        let alice = principal("human:alice")
        let bob = principal("human:bob")
        let copilot = principal("agent:copilot")
        #expect(
            inventory.grantedLogins(alice, on: target("web1")).map(\.name) == ["deploy", "root"]
        )
        #expect(inventory.grantedLogins(bob, on: target("web1")).map(\.name) == ["deploy"])
        #expect(inventory.grantedLogins(principal("human:mallory"), on: target("web1")).isEmpty)
        #expect(inventory.grantedLogins(principal("human:nobody"), on: target("web1")).isEmpty)
        #expect(
            inventory.isGranted(.exec, to: bob, as: login("deploy"), on: target("db1"))?.id.text
                == "sre-on-production (inventory.yaml:43)"
        )
        #expect(inventory.isGranted(.exec, to: bob, as: login("root"), on: target("web1")) == nil)
        #expect(inventory.isGranted(.exec, to: alice, as: login("root"), on: target("web1")) == nil)
        #expect(
            inventory.isGranted(.terminal, to: alice, as: login("root"), on: target("web1")) != nil
        )
        #expect(
            inventory.isGranted(.exec, to: copilot, as: login("deploy"), on: target("web1")) != nil
        )
        #expect(
            inventory.isGranted(.shell, to: copilot, as: login("deploy"), on: target("web1")) == nil
        )
        #expect(
            inventory.isGranted(.exec, to: copilot, as: login("deploy"), on: target("db1")) == nil
        )
        let reached = inventory.targets.filter {
            !inventory.grantedLogins(copilot, on: $0.name).isEmpty
        }
        #expect(reached.map(\.name.name) == ["new1", "web1"])
    }

    /// A set of targets has a bit for each, and one for those that are not there.
    @Test(arguments: [0, 1, 63, 64, 65, 128])
    func `grants nothing on a target that is not there, however many are`(count: Int) throws {
        let targets = (0..<count).map {
            "  t\($0): {address: 192.0.2.1, logins: [deploy, root], labels: {env: test}}\n"
        }
        let inventory = try Samples.read(
            """
            roles: [sre]
            principals: {"human:alice": {keys: ["\(Keys.ed25519(1))"], roles: [sre]}}
            grants:
              - {roles: [sre], targets: {labels: {env: test}}, logins: [deploy], requests: [exec]}
            """ + (targets.isEmpty ? "" : "\ntargets:\n" + targets.joined())
        ).value
        let alice = principal("human:alice")

        for number in 0...(count + 64) {
            let name = target("t\(number)")
            let isThere = number < count
            #expect(inventory.isGranted(login("deploy"), to: alice, on: name) == isThere)
            #expect(!inventory.isGranted(login("root"), to: alice, on: name))
            #expect(inventory.grantedLogins(alice, on: name).isEmpty != isThere)
        }
    }

    @Test func `disables an agent with its owner`() throws {
        let disabled = Samples.inventory.replacing(
            "human:alice:\n",
            with: "human:alice:\n    disabled: true\n"
        )
        let inventory = try Samples.read(disabled).value
        let copilot = principal("agent:copilot")
        #expect(
            inventory.principal(named: copilot)?.disabledReason
                == .ownerDisabled(principal("human:alice"))
        )
        #expect(
            inventory.isGranted(.exec, to: copilot, as: login("deploy"), on: target("web1")) == nil
        )
        #expect(inventory.grantedLogins(principal("human:alice"), on: target("web1")).isEmpty)
        #expect(inventory.grantedLogins(principal("human:bob"), on: target("web1")).count == 1)
    }

    @Test func `disables an agent whose owner is gone, and says so`() throws {
        let text = "principals:\n  agent:a:\n    owner: human:gone\n"
        let accepted = try Samples.read(text)
        #expect(
            accepted.warnings.map(\.description) == [
                "inventory.yaml:3: warning: `owner`: `human:gone` is not in the inventory, so "
                    + "`agent:a` is disabled"
            ]
        )
        #expect(accepted.value.principals.first?.isDisabled == true)
    }

    @Test func `may be in several files, which may refer to each other`() throws {
        let first = "principals:\n  human:alice:\n    roles: [sre]\n"
        let second = """
            targets:
              web1: {address: web1, logins: [deploy], host-keys: ["\(Keys.ed25519(1))"]}
            """
        let third = """
            grants:
              - {roles: [sre], targets: {names: [web1]}, logins: [deploy], requests: [exec]}
            """
        let accepted = try Samples.read(first, second, third)
        #expect(accepted.warnings.isEmpty)
        #expect(accepted.value.grants.first?.id.text == "inventory.d/2.yaml:2")
        #expect(
            accepted.value.grantedLogins(principal("human:alice"), on: target("web1")).count == 1
        )
    }

    @Test func `of nothing lets nobody do anything`() throws {
        #expect(try Samples.read().value.targets.isEmpty)
        #expect(try Samples.read("").value.grants.isEmpty)
    }

    @Test func `of 5,000 targets, 500 principals and 200 grants is looked up fast`() throws {
        var text = "principals:\n"
        for number in 0..<500 {
            text += "  human:p\(number):\n    roles: [r\(number % 50), all]\n"
        }
        text += "targets:\n"
        for number in 0..<5000 {
            text += "  t\(number):\n    address: 10.0.\(number / 250).\(number % 250)\n"
            text += "    logins: [deploy, root]\n    labels: {env: e\(number % 20), all: \"yes\"}\n"
        }
        text += "grants:\n"
        for number in 0..<200 {
            let role = number % 2 == 0 ? "all" : "r\(number % 50)"
            text += "  - roles: [\(role)]\n    targets: {labels: {env: e\(number % 20)}}\n"
            text += "    logins: [deploy]\n    requests: [exec]\n"
        }
        let clock = ContinuousClock()
        var loaded: Inventory?
        let loading = try clock.measure { loaded = try Samples.read(text).value }
        let inventory = try #require(loaded)
        var found = 0
        let lookups = clock.measure {
            for number in 0..<5000 {
                let granted = inventory.isGranted(
                    .exec,
                    to: principal("human:p\(number % 500)"),
                    as: login("deploy"),
                    on: target("t\(number)")
                )
                found += granted == nil ? 0 : 1
            }
        }
        #expect(found > 2000)
        // A debug build on a busy machine: only that it is neither quadratic nor worse.
        #expect(loading < .seconds(60))
        #expect(lookups < .seconds(10))
    }
}

extension String {
    /// With the first occurrence of a text replaced; it must be there.
    fileprivate func replacing(_ text: String, with other: String) -> String {
        guard let range = firstRange(of: text) else { preconditionFailure("not in it: \(text)") }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}

extension Inventory {
    /// The first grant that allows a request.
    fileprivate func isGranted(
        _ request: RequestKind,
        to principal: PrincipalName,
        as login: Login,
        on target: TargetName
    ) -> Grant? {
        grants(allowing: request, to: principal, as: login, on: target).first
    }
}
