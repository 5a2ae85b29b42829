/// What a security key adds to the bytes that it signs (OpenSSH's PROTOCOL.u2f).
package struct SecurityKeyAuthenticator: Hashable, Sendable {
    package let flags: UInt8
    package let counter: UInt32

    package init(flags: UInt8, counter: UInt32) {
        self.flags = flags
        self.counter = counter
    }

    /// Somebody touched the key.
    package var isUserPresent: Bool { flags & 1 != 0 }

    /// The key verified who touched it, by PIN or by a biometric.
    package var isUserVerified: Bool { flags & 4 != 0 }
}

/// A signature as SSH carries it: the name of the algorithm and what that algorithm made.
package struct SignatureBlob: Hashable, Sendable {
    package let algorithm: SignatureAlgorithm
    /// Ed25519: 64 bytes.
    ///
    /// RSA: as many bytes as the modulus has. ECDSA: r and s, each as wide as a coordinate.
    package let value: [UInt8]
    /// Present exactly where the algorithm is a security key's.
    package let authenticator: SecurityKeyAuthenticator?

    /// LIMIT: RSA-8192 needs 1,044.
    package static let maximumBytes = 2048

    package init(
        _ algorithm: SignatureAlgorithm,
        value: [UInt8],
        authenticator: SecurityKeyAuthenticator? = nil
    ) throws(WireError) {
        guard (authenticator != nil) == algorithm.isSecurityKey else {
            throw .malformed(
                field: "signature",
                reason: "lacks a security key's flags, or has them without one"
            )
        }
        guard Self.lengths(of: algorithm).contains(value.count) else {
            throw .malformed(field: "signature", reason: "has a length that its algorithm has not")
        }
        if let curve = algorithm.curve {
            let isOutside = [
                value.prefix(curve.coordinateBytes), value.suffix(curve.coordinateBytes),
            ]
            .contains { $0.allSatisfy { $0 == 0 } }
            guard !isOutside else { throw .malformed(field: "signature", reason: "holds a zero") }
        }
        self.algorithm = algorithm
        self.value = value
        self.authenticator = authenticator
    }

    package init(parsing blob: some Collection<UInt8>) throws(WireError) {
        try self.init(parsing: [UInt8](blob)[...])
    }

    package init(parsing blob: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(blob)
        let name = try reader.text(
            "signature algorithm",
            limit: SignatureAlgorithm.maximumNameBytes
        )
        guard let algorithm = SignatureAlgorithm(rawValue: name) else {
            throw .unsupported(field: "signature algorithm", name: name)
        }
        let inner = try reader.string("signature", limit: Self.maximumBytes)
        var authenticator: SecurityKeyAuthenticator?
        if algorithm.isSecurityKey {
            let flags = try reader.byte("flags")
            let counter = try reader.uint32("counter")
            authenticator = SecurityKeyAuthenticator(flags: flags, counter: counter)
        }
        try reader.end()
        let value =
            if let curve = algorithm.curve {
                try Self.ecdsaValue(inner, curve)
            } else {
                [UInt8](inner)
            }
        try self.init(algorithm, value: value, authenticator: authenticator)
    }

    /// The bytes that `init(parsing:)` reads.
    package var bytes: [UInt8] {
        var writer = WireWriter(reserving: 64 + value.count)
        writer.text(algorithm.rawValue)
        if let curve = algorithm.curve {
            var inner = WireWriter(reserving: 2 * curve.coordinateBytes + 16)
            inner.positiveInteger(value.prefix(curve.coordinateBytes))
            inner.positiveInteger(value.suffix(curve.coordinateBytes))
            writer.string(inner.bytes)
        } else {
            writer.string(value)
        }
        if let authenticator {
            writer.byte(authenticator.flags)
            writer.uint32(authenticator.counter)
        }
        return writer.bytes
    }

    private static func lengths(of algorithm: SignatureAlgorithm) -> ClosedRange<Int> {
        switch algorithm {
        case .ed25519, .securityKeyEd25519:
            64...64
        case .ecdsaP256, .securityKeyECDSAP256:
            64...64
        case .ecdsaP384:
            96...96
        case .ecdsaP521:
            132...132
        case .rsaSHA256, .rsaSHA512:
            PublicKey.modulusBits.lowerBound / 8...PublicKey.modulusBits.upperBound / 8
        }
    }

    /// Reads the two integers of RFC 5656 §3.1.2 and widens both to the curve's coordinates.
    private static func ecdsaValue(
        _ inner: ArraySlice<UInt8>,
        _ curve: EllipticCurve
    ) throws(WireError) -> [UInt8] {
        var reader = WireReader(inner)
        var value: [UInt8] = []
        value.reserveCapacity(2 * curve.coordinateBytes)
        for field in ["r", "s"] {
            let half = try reader.positiveInteger(field, maximumBits: 8 * curve.coordinateBytes)
            value.append(contentsOf: repeatElement(0, count: curve.coordinateBytes - half.count))
            value.append(contentsOf: half)
        }
        try reader.end()
        return value
    }
}
