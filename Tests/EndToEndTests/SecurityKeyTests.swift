import Foundation
import TestSupport
import Testing

/// FIDO keys through the real `ssh`, its `ssh-sk-helper`, and a token of software that they load.
@Suite(.throughTurnstile, .enabled(if: Machine.has("cc"), "no C compiler is installed"))
struct `signing in with a security key` {
    private static let types = ["ed25519-sk", "ecdsa-sk"]
    private let untouched = ["-O", "no-touch-required"]

    /// With the token built, and a program that knows its PIN.
    private func keysOfToken() async throws -> OwnKeys {
        var keys = try OwnKeys()
        let token = keys.path("security-key.so")
        let built = try await Command(
            "cc",
            [
                "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", token,
                Machine.fixture("security-key.c"), "-lcrypto",
            ]
        ).run()
        try #require(built.succeeded, "\(built)")
        let ask = try keys.scratch.write("#!/bin/sh\necho 1234\n", to: "ask")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: ask)
        keys.provider = token
        keys.environment = ["SSH_ASKPASS": ask, "SSH_ASKPASS_REQUIRE": "force"]
        return keys
    }

    /// The reasons for which this bastion refused sign-ins, in order.
    private func refusals(of lab: Lab) async throws -> [String] {
        let trail = try await lab.sallyport("audit", "--after", "0", "--json", "--limit", "1000")
            .run()
        return trail.lines.filter { $0.contains(#""kind":"sign-in-refused""#) }
            .compactMap { $0.firstMatch(of: /"reason":"([^"]+)"/).map { String($0.1) } }
    }

    @Test func `takes one that was touched, and not one that was not, of both types`()
        async throws
    {
        let keys = try await keysOfToken()
        for type in Self.types {
            try await keys.make(type, type: type)
            try await keys.make("\(type)-untouched", type: type, options: untouched)
        }
        let lines = try Self.types.flatMap { [$0, "\($0)-untouched"] }.map(keys.publicKey)
        try await Lab.with("security-keys") { lab in
            try await lab.add(
                "principals:\n  human:karla:\n    roles: [sre]\n    keys:\n"
                    + lines.map { "      - \"\($0)\"\n" }.joined()
            )

            for type in Self.types {
                let touched = try await keys.ssh(lab, type, "echo in").run()
                #expect(touched.text == "in\n", "\(touched)")
                #expect(try await refusals(of: lab).isEmpty)
            }
            for (count, type) in Self.types.enumerated() {
                let outcome = try await keys.ssh(lab, "\(type)-untouched", "echo in").run()
                #expect(outcome.end == .exited(255), "\(outcome)")
                #expect(outcome.text.isEmpty)
                #expect(outcome.errorText.contains("Permission denied (publickey)"))
                #expect(
                    try await refusals(of: lab)
                        == Array(repeating: "the security key was not touched", count: count + 1)
                )
            }
        }
    }

    @Test func `takes one in a certificate, which says what gesture it takes`() async throws {
        let keys = try await keysOfToken()
        var ordinary = keys
        ordinary.provider = nil
        try await ordinary.make("ca")
        for type in Self.types {
            try await keys.make(type, type: type)
            try await keys.make("\(type)-untouched", type: type, options: untouched)
            try await keys.make("\(type)-pin", type: type, options: ["-O", "verify-required"])
        }
        let touchMissing = "the security key was not touched"
        let pinMissing = "the security key did not verify its user by PIN or biometric"
        // By key: what the certificate says of the gesture, and why it is refused.
        let cases: [(suffix: String, option: String?, refusal: String?)] = [
            ("", nil, nil),
            ("-untouched", nil, touchMissing),
            ("-untouched", "no-touch-required", nil),
            ("", "verify-required", pinMissing),
            ("-pin", "verify-required", nil),
            ("-pin", nil, nil),
        ]
        try await Lab.with("security-key-ca") { lab in
            try await lab.add(
                """
                certificate-authorities:
                  corp:
                    key: \(try keys.publicKey("ca"))
                    principals:
                      bob@corp: human:bob
                """
            )
            var expected: [String] = []
            for type in Self.types {
                for (suffix, option, refusal) in cases {
                    let name = type + suffix
                    let options = option.map { ["-O", $0] } ?? []
                    try await keys.certify(name, ["-n", "bob@corp", "-V", "-1m:+5m"] + options)
                    let outcome = try await keys.ssh(lab, name, "echo in").run()

                    let label = Comment(rawValue: "\(name), \(options): \(outcome)")
                    #expect(outcome.text == (refusal == nil ? "in\n" : ""), label)
                    #expect(outcome.end == .exited(refusal == nil ? 0 : 255), label)
                    expected += refusal.map { [$0] } ?? []
                    #expect(try await refusals(of: lab) == expected, label)
                }
            }
        }
    }
}
