import TestSupport
import Testing

/// A proxy between a real client and the bastion, which says whose connection it passes on.
@Suite(.throughTurnstile)
struct `the proxy protocol` {
    private func ssh(_ lab: Lab, through kind: String, _ who: String = "alice") throws -> Command {
        let proxy =
            "python3 \(Machine.fixture("clients/proxy.py")) 127.0.0.1 \(try lab.port) \(kind)"
        return lab.ssh("\(who).web1", "echo in", options: ["-o", "ProxyCommand=\(proxy)"])
    }

    @Test func `tells of whom a connection is, from listed peers and from nobody else`()
        async throws
    {
        let settings = ["--set", "proxy-protocol.from=[127.0.0.2]"]
        try await Lab.with("proxied", settings) { lab in
            for kind in ["192.0.2.7", "2001:db8::7", "slow", "local"] {
                let outcome = try await ssh(lab, through: kind).run()
                #expect(outcome.text == "in\n", "\(kind): \(outcome)")
            }
            // Who is not listed needs none, and has none.
            #expect(try await lab.ssh("alice.web1", "echo in").run().text == "in\n")
            let opened = try await lab.sallyport("audit", "--kind", "connection-opened", "--json")
                .run().lines.reversed()
            let told = opened.map { line in
                let peer = line.firstMatch(of: /"peerAddress":"([^"]*)"/)?.1 ?? ""
                let proxy =
                    line.firstMatch(of: /"proxy":"127\.0\.0\.2:[0-9]+"/) == nil ? "" : " proxied"
                return "\(peer)\(proxy)"
            }
            #expect(
                told == [
                    "192.0.2.7 proxied", "2001:db8::7 proxied", "192.0.2.9 proxied", "127.0.0.2",
                    "127.0.0.1",
                ]
            )
            #expect(opened.first?.contains(#""peerPort":50000"#) == true)
        }
    }

    @Test func `is closed for a listed peer without a header, and counts by its setting`()
        async throws
    {
        let settings = ["--set", "proxy-protocol.from=[127.0.0.2]"]
        try await Lab.with("unproxied", settings) { lab in
            for kind in ["none", "old", "short"] {
                let outcome = try await ssh(lab, through: kind).run()
                #expect(
                    outcome.end == .exited(255) && outcome.output.isEmpty,
                    "\(kind): \(outcome)"
                )
            }
            let opened = try await lab.sallyport("audit", "--kind", "connection-opened", "--json")
                .run()
            #expect(opened.lines.isEmpty, "\(opened)")
            // A slow machine tells them in more than one summary.
            let isTold = try await eventually(within: .seconds(30)) {
                try await lab.sallyport("audit", "--kind", "notice", "--json").run().text
                    .matches(of: /proxy-protocol ([0-9]+)/).compactMap { Int($0.1) }
                    .reduce(0, +) == 3
            }
            #expect(isTold)
        }
    }

    @Test func `is no SSH where nobody is listed, whatever a header says`() async throws {
        try await Lab.with("unlisted") { lab in
            let outcome = try await ssh(lab, through: "192.0.2.7").run()
            #expect(outcome.end == .exited(255) && outcome.output.isEmpty, "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1)
            #expect(trail.contains { $0.contains(#""peerAddress":"127.0.0.2""#) }, "\(trail)")
            #expect(!trail.contains { $0.contains("192.0.2.7") }, "\(trail)")
        }
    }

    @Test func `has limits and restrictions go by whom it tells`() async throws {
        let keys = try OwnKeys()
        for name in ["ca", "user"] { try await keys.make(name) }
        let settings = [
            "proxy-protocol.from=[127.0.0.2]", "penalties.authfail=1m", "penalties.min=1m",
        ]
        try await Lab.with("proxied-limits", settings.flatMap { ["--set", $0] }) { lab in
            try await lab.add(
                """
                certificate-authorities:
                  corp:
                    key: \(try keys.publicKey("ca"))
                    principals: {bob@corp: human:bob}
                """
            )
            try await keys.certify(
                "user",
                ["-n", "bob@corp", "-V", "-1m:+5m", "-O", "source-address=192.0.2.0/24"]
            )
            func bob(from address: String) async throws -> Outcome {
                let script = Machine.fixture("clients/proxy.py")
                let proxy = "python3 \(script) 127.0.0.1 \(try lab.port) \(address)"
                return try await keys.ssh(
                    lab,
                    "user",
                    "echo in",
                    options: ["-o", "ProxyCommand=\(proxy)"]
                ).run()
            }
            #expect(try await bob(from: "192.0.2.7").text == "in\n")
            let elsewhere = try await bob(from: "203.0.113.7")
            #expect(elsewhere.errorText.contains("Permission denied"), "\(elsewhere)")
            // That address is refused now, and no other one behind the same proxy.
            _ = try await lab.trail(untilEnds: 2)
            let unheard = try await ssh(lab, through: "203.0.113.7").run()
            let other = try await ssh(lab, through: "203.0.113.8").run()
            #expect(unheard.end == .exited(255) && unheard.output.isEmpty, "\(unheard)")
            #expect(!unheard.errorText.contains("Permission denied"), "\(unheard)")
            #expect(other.text == "in\n", "\(other)")
        }
    }
}
