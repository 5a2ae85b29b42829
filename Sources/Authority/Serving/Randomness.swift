/// The system's randomness.
enum Randomness {
    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    static func number() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}

/// Names of connections, sessions and requests for approval: a letter, a hyphen and 60 random bits in Crockford's base 32.
enum Identifier {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    static let characters = 12

    static func connection(random: UInt64) -> String { "c-" + text(random) }

    static func session(random: UInt64) -> String { "s-" + text(random) }

    static func approvalRequest(random: UInt64) -> String { "r-" + text(random) }

    private static func text(_ random: UInt64) -> String {
        String((0..<characters).map { alphabet[Int(random >> UInt64(5 * $0) & 31)] })
    }
}
