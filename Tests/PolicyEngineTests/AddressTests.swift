import PolicyEngine
import StrictYAML
import TestSupport
import Testing

@Suite struct `an SSH user name` {
    private func resolve(
        _ userName: String,
        _ name: String = "human:alice"
    ) throws -> Result<ResolvedAddress, AddressRefusal> {
        try Samples.read(Samples.inventory).value.resolve(userName: userName, for: principal(name))
    }

    @Test(arguments: ["deploy@web1", "deploy+web1", "deploy%web1"])
    func `names login and target`(_ userName: String) throws {
        let address = try resolve(userName).get()
        #expect(address.login == login("deploy"))
        #expect(address.target.name == target("web1"))
    }

    @Test func `may name the target alone when one login is granted`() throws {
        #expect(try resolve("web1", "human:bob").get().login == login("deploy"))
        #expect(
            try resolve("web1")
                == .failure(
                    .severalLoginsGranted([login("deploy"), login("root")], target("web1"))
                )
        )
        #expect(try resolve("web1", "human:mallory") == .failure(.noLoginGranted(target("web1"))))
    }

    @Test func `leads nowhere for a reason that the client does not see`() throws {
        #expect(try resolve("deploy@web9") == .failure(.unknownTarget(target("web9"))))
        #expect(
            try resolve("nobody@web1")
                == .failure(.loginNotOffered(login("nobody"), target("web1")))
        )
        #expect(
            try resolve("root@web1", "human:bob")
                == .failure(.loginNotGranted(login("root"), target("web1")))
        )
        #expect(
            try resolve("deploy@new1", "agent:copilot")
                == .failure(.hostKeyNotPinned(target("new1")))
        )
        #expect(
            try resolve("deploy@new1", "human:mallory")
                == .failure(.loginNotGranted(login("deploy"), target("new1")))
        )
        #expect(
            try resolve("deploy@web1", "human:x")
                == .failure(.unknownPrincipal(principal("human:x")))
        )
        #expect(
            AddressRefusal.hostKeyNotPinned(target("new1")).description
                == "the target `new1` has no pinned host key: run `sallyport target scan new1` or "
                + "`sallyport target enroll new1`"
        )
    }

    @Test(arguments: [
        "", "@", "@web1", "deploy@", "deploy@@web1", "deploy@web1@", "deploy@WEB1", "Web1",
        "a b@web1",
        "-deploy@web1", "deploy@-web1", "de+ploy@web1", "deploy@web1+x@", "déploy@web1",
        "deploy@web1\n",
        String(repeating: "a", count: 129), "deploy@" + String(repeating: "a", count: 400),
    ])
    func `that is no address is malformed`(_ userName: String) throws {
        #expect(try resolve(userName) == .failure(.malformed))
    }

    @Test func `has one meaning, whatever stands in it`() {
        var generator = SeededGenerator(seed: 3)
        let alphabet = Array("ab1@+%.-_ A")
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...8, using: &generator)
            let text = String(
                (0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }
            )
            guard let address = AddressedTarget(userName: text) else { continue }
            let spellings = "@+%".map { "\(address.login.map(\.name) ?? "")\($0)\(address.target)" }
            #expect(address.login == nil ? text == address.target.name : spellings.contains(text))
        }
    }
}

@Suite struct `a network address` {
    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1:22"), ("10.0.0.1:2222", "10.0.0.1:2222"), ("[::1]:1", "[::1]:1"),
        ("[2001:DB8::0:1]", "[2001:db8::1]:22"), ("[::ffff:10.0.0.1]", "[::ffff:a00:1]:22"),
        ("Web1.Example.org", "web1.example.org:22"), ("a_b:65535", "a_b:65535"),
        ("[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]:22"), ("[::]", "[::]:22"),
        ("[1:0:0:2::]", "[1:0:0:2::]:22"),
    ])
    func `is host and port`(_ text: String, _ expected: String) {
        #expect(NetworkAddress(text, defaultPort: 22)?.description == expected)
    }

    @Test(arguments: [
        "", ":22", "10.0.0", "10.0.0.256", "010.0.0.1", "1.2.3.4.5", "::1", "2001:db8::1:22",
        "[::1",
        "[10.0.0.1]", "[::1]22", "[::1]:", "a:0", "a:65536", "a:022", "a:+1", "-a", "a-", "a..b",
        ".",
        "a b", "[1::2::3]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7]", "[::12345]", "[fe80::1%eth0]",
        "[1.2.3.4::]", "user@host",
    ])
    func `is refused in any other spelling`(_ text: String) {
        #expect(NetworkAddress(text, defaultPort: 22) == nil)
    }
}
