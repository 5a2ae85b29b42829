import SSHWire
import TestSupport
import Testing

@Suite struct `a private key file` {
    @Test func `by ssh-keygen is read, and written alike`() throws {
        let workshop = try KeyWorkshop()
        let line = try PublicKeyLine(parsing: workshop.makeKey("key"))
        let text = try workshop.read("key")

        let file = try PrivateKeyFile(parsing: text)
        let again = try PrivateKeyFile(parsing: file.text(checkInteger: 5))

        #expect(PublicKey.ed25519(file.publicKey).blob == line.blob)
        #expect(file.comment == "key" && file.seed.count == 32)
        #expect(again.seed == file.seed && again.publicKey == file.publicKey)
        #expect(file.text(checkInteger: 5).count == text.count)
    }

    @Test func `that we write is read by ssh-keygen, whatever its padding`() throws {
        let workshop = try KeyWorkshop()
        let line = try workshop.makeKey("key")
        let file = try PrivateKeyFile(parsing: workshop.read("key"))
        for length in 0..<9 {
            let comment = String(repeating: "c", count: length)
            let copy = PrivateKeyFile(
                seed: file.seed,
                publicKey: file.publicKey,
                comment: comment
            )
            try workshop.write(copy.text(checkInteger: .max), to: "copy\(length)")
            let printed = try PublicKeyLine(
                parsing: workshop.keygen("-y", "-f", "copy\(length)").dropLast()
            )
            #expect(try printed.blob == PublicKeyLine(parsing: line).blob)
            #expect(printed.comment == comment)
        }
    }

    @Test func `with a passphrase is refused and the agent recommended`() throws {
        let workshop = try KeyWorkshop()
        try workshop.keygen("-q", "-t", "ed25519", "-N", "secret", "-f", "key")
        let text = try workshop.read("key")
        let error = PrivateKeyFileError.encrypted(cipher: "aes256-ctr")

        #expect(throws: error) { try PrivateKeyFile(parsing: text) }
        #expect(error.description.contains("ssh-agent"))
    }

    @Test func `of another type or in another format is refused`() throws {
        let workshop = try KeyWorkshop()
        _ = try workshop.makeKey("ecdsa", type: "ecdsa")
        #expect(
            throws: PrivateKeyFileError.malformed(
                .malformed(field: "public key", reason: "is not Ed25519")
            )
        ) { try PrivateKeyFile(parsing: workshop.read("ecdsa")) }
        for text in ["", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"] {
            #expect(throws: PrivateKeyFileError.notAnOpenSSHPrivateKey) {
                try PrivateKeyFile(parsing: text)
            }
        }
    }

    @Test func `tells nobody what is in it`() throws {
        let file = PrivateKeyFile(
            seed: Array(repeating: 0x41, count: 32),
            publicKey: Array(repeating: 0x42, count: 32),
            comment: "c"
        )
        var dumped = ""
        dump(file, to: &dumped)
        #expect("\(file)" == "•••" && String(reflecting: file) == "•••")
        #expect(!dumped.contains("65"))
    }
}
