import SSHKeys
import SSHWire
import TestSupport
import Testing

@Suite struct `a signing key` {
    @Test func `from ssh-keygen's file has ssh-keygen's public half and fingerprint`() throws {
        let workshop = try KeyWorkshop()
        let line = try PublicKeyLine(parsing: workshop.makeKey("key"))

        let key = try Ed25519SigningKey(parsing: workshop.read("key"))

        #expect(key.publicKeyBlob == line.blob)
        let shown = try workshop.keygen("-l", "-f", "key.pub")
        #expect(shown.split(separator: " ")[1] == Fingerprint(of: key.publicKey).description)
    }

    @Test func `is written so that ssh-keygen reads it`() throws {
        let workshop = try KeyWorkshop()
        let key = Ed25519SigningKey.generate()
        try workshop.write(key.fileText(comment: "host", checkInteger: 3), to: "key")

        let line = try PublicKeyLine(parsing: workshop.keygen("-y", "-f", "key").dropLast())

        #expect(line == PublicKeyLine(key.publicKey, comment: "host"))
    }

    @Test func `signs what its public half verifies`() throws {
        let key = Ed25519SigningKey.generate()
        let message = Samples.message
        let raw = LibcryptoSignature(.ed25519, bytes: try key.sign(message[...]))
        try SignatureVerification.verify(raw, over: message[...], by: key.publicKey)
        try SignatureVerification.verify(
            key.signatureBlob(over: message[...]),
            over: message[...],
            by: key.publicKey
        )
    }

    @Test func `with the public half of another is refused`() {
        let seed = Array(repeating: UInt8(1), count: 32)
        let file = PrivateKeyFile(seed: seed, publicKey: seed, comment: "")
        #expect(throws: PrivateKeyFileError.halvesDiffer) {
            try Ed25519SigningKey(parsing: file.text(checkInteger: 1))
        }
    }

    @Test func `tells nobody what it is`() {
        let key = Ed25519SigningKey.generate()
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "•••" && String(reflecting: key) == "•••" && dumped == "- •••\n")
    }
}

@Suite struct `a fingerprint` {
    @Test func `reads back from its text, and from no other form`() throws {
        let fingerprint = Fingerprint(of: Signer.ed25519().key)
        let text = fingerprint.description
        #expect(text.hasPrefix("SHA256:") && !text.hasSuffix("=") && text.utf8.count == 50)
        #expect(try Fingerprint(parsing: text) == fingerprint)
        for wrong in [
            "", "SHA256:", text + "=", String(text.dropLast()), "MD5:" + text.dropFirst(7),
        ] {
            #expect(throws: WireError.self) { try Fingerprint(parsing: wrong) }
        }
    }
}
