/// A version of a Debian package: `[epoch:]upstream[-revision]`, in the order of dpkg
/// (deb-version(7)).
struct DebianVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// LIMIT: the longest version of any package has some 60 characters.
    static let maximumBytes = 256

    private let epoch: UInt32
    private let upstream: [UInt8]
    private let revision: [UInt8]
    let description: String

    /// Nil where the text is no version.
    init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Self.maximumBytes).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else {
            return nil
        }
        description = text
        var rest = Array(bytes)[...]
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            guard let epoch = UInt32(String(decoding: rest[..<colon], as: UTF8.self)) else {
                return nil
            }
            self.epoch = epoch
            rest = rest[(colon + 1)...]
        } else {
            epoch = 0
        }
        if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
            revision = Array(rest[(hyphen + 1)...])
            rest = rest[..<hyphen]
        } else {
            revision = []
        }
        guard let first = rest.first, Self.isDigit(first) else { return nil }
        upstream = Array(rest)
    }

    static func < (left: DebianVersion, right: DebianVersion) -> Bool {
        if left.epoch != right.epoch { return left.epoch < right.epoch }
        let upstream = order(left.upstream, right.upstream)
        if upstream != 0 { return upstream < 0 }
        return order(left.revision, right.revision) < 0
    }

    static func == (left: DebianVersion, right: DebianVersion) -> Bool {
        !(left < right) && !(right < left)
    }

    func hash(into hasher: inout Hasher) {
        // Different spellings may be equal (`1.0` and `1.00`), so nothing but the epoch is sure.
        hasher.combine(epoch)
    }

    /// Alternately what is no digit, in an order of its own, and numbers.
    private static func order(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var (left, right) = (left[...], right[...])
        while !left.isEmpty || !right.isEmpty {
            while let weights = nextWeights(left, right) {
                if weights.left != weights.right { return weights.left - weights.right }
                left = left.dropFirst()
                right = right.dropFirst()
            }
            let numbers = (number(&left), number(&right))
            if numbers.0.count != numbers.1.count { return numbers.0.count - numbers.1.count }
            for (first, second) in zip(numbers.0, numbers.1) where first != second {
                return Int(first) - Int(second)
            }
        }
        return 0
    }

    /// Nil where both sides are at a number, or at their end.
    private static func nextWeights(
        _ left: ArraySlice<UInt8>,
        _ right: ArraySlice<UInt8>
    ) -> (left: Int, right: Int)? {
        let isText = { (side: ArraySlice<UInt8>) in side.first.map { !isDigit($0) } ?? false }
        guard isText(left) || isText(right) else { return nil }
        return (weight(left.first), weight(right.first))
    }

    /// A tilde before everything, even the end; letters before other characters.
    private static func weight(_ byte: UInt8?) -> Int {
        guard let byte, !isDigit(byte) else { return 0 }
        if byte == UInt8(ascii: "~") { return -1 }
        return isLetter(byte) ? Int(byte) : Int(byte) + 256
    }

    /// The digits at the front without leading zeros, which are taken away.
    private static func number(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = bytes.prefix(while: isDigit)
        bytes = bytes.dropFirst(digits.count)
        return digits.drop { $0 == UInt8(ascii: "0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || ".+-~:".utf8.contains(byte)
    }
}
