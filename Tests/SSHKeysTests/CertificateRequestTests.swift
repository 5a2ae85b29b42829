import SSHKeys
import SSHWire
import Testing

@Suite struct `the key id of a certificate` {
    @Test func `says who, where and by which decision`() throws {
        #expect(
            try Samples.keyID().text
                == "sallyport:v1:connection=c-0123456789ab;session=s-0123456789ab;"
                + "principal=agent:copilot;onBehalfOf=human:alice;target=web1;decision=d-7f3a"
        )
    }

    @Test func `reads back in one way only, colons included`() throws {
        let text = try Samples.keyID(principal: "service:a:b").text
        let values = try #require(CertificateKeyID.values(in: text))
        #expect(values[.principal] == "service:a:b" && values[.target] == "web1")
        #expect(values[.approval] == nil && values.count == 6)
        for other in [
            "sallyport:v2:target=a", "sallyport:v1:", "sallyport:v1:target=a;target=b",
            "sallyport:v1:target=", "sallyport:v1:target=a b", "sallyport:v1:x=y", "target=a",
        ] {
            #expect(CertificateKeyID.values(in: other) == nil)
        }
    }

    @Test func `holds no free text`() {
        for value in [
            "", "a b", "a;b", "a=b", "a\nb", "a(b)", "a\"b", "é", "a\u{0}", "a,b", "\u{212a}",
            "a%b",
        ] {
            #expect(throws: CertificateRequestError.keyIDValue(.principal)) {
                try Samples.keyID(principal: value)
            }
        }
    }

    @Test func `has at most 512 bytes`() throws {
        let empty = try Samples.keyID(connection: "c").text.utf8.count - 1
        let room = 512 - empty
        #expect(throws: Never.self) {
            try Samples.keyID(connection: String(repeating: "c", count: room))
        }
        #expect(throws: CertificateRequestError.keyIDTooLong(513)) {
            try Samples.keyID(connection: String(repeating: "c", count: room + 1))
        }
    }
}

@Suite struct `a request for a certificate` {
    @Test(arguments: [
        "deploy", "deploy@web1", "svc-a.b_c+d", "machine$", "human:alice",
        String(repeating: "a", count: 256),
    ])
    func `has one principal`(name: String) throws {
        #expect(try Samples.request(validPrincipal: name).validPrincipal == name)
    }

    @Test func `with no principal, several or a pattern is refused`() {
        for name in [
            "", "a,b", "a b", " ", "a\t", "*", "a?", "!a", "-a", "é", "a\u{0}", "a\"", "\u{212a}",
            String(repeating: "a", count: 257),
        ] {
            #expect(throws: CertificateRequestError.principal) {
                try Samples.request(validPrincipal: name)
            }
        }
    }

    @Test func `has a forced command without NUL, up to 127 KiB`() throws {
        let longest = Array(repeating: UInt8(ascii: "a"), count: 127 * 1024)
        #expect(try Samples.request(forceCommand: longest).forceCommand == longest)
        #expect(throws: CertificateRequestError.forceCommandTooLong(127 * 1024 + 1)) {
            try Samples.request(forceCommand: longest + [97])
        }
        #expect(throws: CertificateRequestError.forceCommandEmpty) {
            try Samples.request(forceCommand: [])
        }
        #expect(throws: CertificateRequestError.forceCommandHoldsNUL) {
            try Samples.request(forceCommand: [97, 0, 98])
        }
    }

    @Test func `has a source address that excludes somebody`() throws {
        #expect(try Samples.request(sourceAddresses: ["0.0.0.0/1"]).sourceAddresses.count == 1)
        #expect(throws: CertificateRequestError.sourceAddressMissing) {
            try Samples.request(sourceAddresses: [])
        }
        for all in ["0.0.0.0/0", "::/0"] {
            #expect(throws: CertificateRequestError.sourceAddressUnlimited) {
                try Samples.request(sourceAddresses: ["10.0.0.1", all])
            }
        }
        let many = Array(repeating: "::1", count: 17)
        #expect(throws: Never.self) { try Samples.request(sourceAddresses: many.dropLast()) }
        #expect(throws: CertificateRequestError.sourceAddressesTooMany(17)) {
            try Samples.request(sourceAddresses: many)
        }
    }

    @Test func `is for at most ten minutes and thirty seconds`() throws {
        let start = Samples.now
        #expect(throws: Never.self) {
            try Samples.request(validAfter: start, validBefore: start + 630)
        }
        #expect(throws: CertificateRequestError.validityTooLong(631)) {
            try Samples.request(validAfter: start, validBefore: start + 631)
        }
        #expect(throws: CertificateRequestError.validityTooLong(.max)) {
            try Samples.request(validAfter: 0, validBefore: .max)
        }
        for end in [start, start - 1] {
            #expect(throws: CertificateRequestError.validityEmpty) {
                try Samples.request(validAfter: start, validBefore: end)
            }
        }
    }

    @Test func `has a key and a nonce of 32 bytes`() {
        let short = Array(repeating: UInt8(1), count: 31)
        #expect(throws: CertificateRequestError.publicKeyLength(31)) {
            try Samples.request(publicKey: short)
        }
        #expect(throws: CertificateRequestError.nonceLength(31)) {
            try Samples.request(nonce: short)
        }
    }
}
