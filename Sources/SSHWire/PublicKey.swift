/// A public key as its blob says it (RFC 4253 §6.6).
///
/// Sizes and encodings are checked; whether a point lies on its curve is for cryptography to say.
package enum PublicKey: Hashable, Sendable {
    /// 32 bytes.
    case ed25519([UInt8])
    /// `point` is uncompressed: 4 and the two coordinates.
    case ecdsa(EllipticCurve, point: [UInt8])
    /// Magnitudes, big-endian, without leading zeros.
    case rsa(exponent: [UInt8], modulus: [UInt8])
    /// `application` is what the security key was registered for, `ssh:` as a rule.
    case securityKeyEd25519([UInt8], application: String)
    case securityKeyECDSAP256(point: [UInt8], application: String)

    /// LIMIT: below 2048 bits RSA is breakable soon; above 8192 the library that verifies refuses.
    package static let modulusBits = 2048...8192
    /// LIMIT: the same library refuses longer exponents; everybody uses 65537.
    package static let maximumExponentBits = 33
    /// LIMIT: OpenSSH's clients write `ssh:` and a few letters.
    package static let maximumApplicationBytes = 255
    /// LIMIT: RSA-8192 needs 1,047.
    package static let maximumBlobBytes = 2048

    package init(parsing blob: some Collection<UInt8>) throws(WireError) {
        try self.init(parsing: [UInt8](blob)[...])
    }

    package init(parsing blob: ArraySlice<UInt8>) throws(WireError) {
        guard blob.count <= Self.maximumBlobBytes else {
            throw .tooLong(field: "public key", limit: Self.maximumBlobBytes)
        }
        var reader = WireReader(blob)
        let name = try reader.text("key type", limit: SignatureAlgorithm.maximumNameBytes)
        guard let type = PublicKeyType(rawValue: name) else {
            throw .unsupported(field: "key type", name: name)
        }
        try self.init(type, fieldsFrom: &reader)
        try reader.end()
    }

    /// Reads what follows the name in a key blob, and the nonce in a certificate.
    init(_ type: PublicKeyType, fieldsFrom reader: inout WireReader) throws(WireError) {
        switch type {
        case .ed25519:
            self = .ed25519(try Self.edwardsPoint(&reader))
        case .ecdsaP256:
            self = .ecdsa(.p256, point: try Self.point(on: .p256, &reader))
        case .ecdsaP384:
            self = .ecdsa(.p384, point: try Self.point(on: .p384, &reader))
        case .ecdsaP521:
            self = .ecdsa(.p521, point: try Self.point(on: .p521, &reader))
        case .rsa:
            self = try Self.rsa(&reader)
        case .securityKeyEd25519:
            let key = try Self.edwardsPoint(&reader)
            self = .securityKeyEd25519(key, application: try Self.application(&reader))
        case .securityKeyECDSAP256:
            let point = try Self.point(on: .p256, &reader)
            self = .securityKeyECDSAP256(point: point, application: try Self.application(&reader))
        }
    }

    package var type: PublicKeyType {
        switch self {
        case .ed25519: .ed25519
        case .ecdsa(.p256, _): .ecdsaP256
        case .ecdsa(.p384, _): .ecdsaP384
        case .ecdsa(.p521, _): .ecdsaP521
        case .rsa: .rsa
        case .securityKeyEd25519: .securityKeyEd25519
        case .securityKeyECDSAP256: .securityKeyECDSAP256
        }
    }

    /// The bytes that `init(parsing:)` reads: there is one encoding of each key.
    package var blob: [UInt8] {
        var writer = WireWriter(reserving: 128)
        writer.text(type.rawValue)
        write(fieldsTo: &writer)
        return writer.bytes
    }

    func write(fieldsTo writer: inout WireWriter) {
        switch self {
        case .ed25519(let key):
            writer.string(key)
        case .ecdsa(let curve, let point):
            writer.text(curve.rawValue)
            writer.string(point)
        case .rsa(let exponent, let modulus):
            writer.positiveInteger(exponent)
            writer.positiveInteger(modulus)
        case .securityKeyEd25519(let key, let application):
            writer.string(key)
            writer.text(application)
        case .securityKeyECDSAP256(let point, let application):
            writer.text(EllipticCurve.p256.rawValue)
            writer.string(point)
            writer.text(application)
        }
    }
}

extension PublicKey {
    private static func edwardsPoint(_ reader: inout WireReader) throws(WireError) -> [UInt8] {
        let key = try reader.string("ed25519 key", limit: 32)
        guard key.count == 32 else {
            throw .malformed(field: "ed25519 key", reason: "is not 32 bytes long")
        }
        return [UInt8](key)
    }

    private static func point(
        on curve: EllipticCurve,
        _ reader: inout WireReader
    ) throws(WireError) -> [UInt8] {
        guard try reader.text("curve", limit: 16) == curve.rawValue else {
            throw .malformed(field: "curve", reason: "is not the one that the key type names")
        }
        let point = try reader.string("point", limit: curve.pointBytes)
        guard point.count == curve.pointBytes, point.first == 4 else {
            throw .malformed(field: "point", reason: "is not an uncompressed point of its curve")
        }
        return [UInt8](point)
    }

    private static func rsa(_ reader: inout WireReader) throws(WireError) -> PublicKey {
        let exponent = try reader.positiveInteger("exponent", maximumBits: maximumExponentBits)
        guard let last = exponent.last, last & 1 == 1, exponent.count > 1 || last > 1 else {
            throw .malformed(field: "exponent", reason: "is even or one")
        }
        let modulus = try reader.positiveInteger("modulus", maximumBits: modulusBits.upperBound)
        guard modulus.bitWidthOfInteger >= modulusBits.lowerBound else {
            throw .malformed(
                field: "modulus",
                reason: "has fewer than \(modulusBits.lowerBound) bits"
            )
        }
        guard let low = modulus.last, low & 1 == 1 else {
            throw .malformed(field: "modulus", reason: "is even")
        }
        return .rsa(exponent: [UInt8](exponent), modulus: [UInt8](modulus))
    }

    private static func application(_ reader: inout WireReader) throws(WireError) -> String {
        let application = try reader.printableText("application", limit: maximumApplicationBytes)
        guard !application.isEmpty else {
            throw .malformed(field: "application", reason: "is empty")
        }
        return application
    }
}
