/// A piece of the source as it stands there: UTF-8, never empty of meaning, compared byte for byte.
///
/// `String` compares by canonical equivalence, which a shell does not: to it `é` in one and in two
/// scalars are two names. This type cannot be compared the wrong way.
public struct ShellText: Hashable, Sendable, CustomStringConvertible,
    ExpressibleByStringInterpolation
{
    public let description: String

    @inlinable
    public init(_ text: String) { description = text }

    @inlinable
    public init(stringLiteral value: String) { description = value }

    public init(_ bytes: some Collection<UInt8>) {
        description = String(decoding: bytes, as: UTF8.self)
    }

    @inlinable @inline(__always) public var utf8: String.UTF8View { description.utf8 }

    @inlinable public var isEmpty: Bool { description.isEmpty }

    /// Some of the bytes, which must not begin or end inside of a character.
    public subscript(offsets: Range<Int>) -> ShellText {
        let utf8 = utf8
        let start = utf8.index(utf8.startIndex, offsetBy: offsets.lowerBound)
        let end = utf8.index(start, offsetBy: offsets.count)
        return ShellText(String(Substring(utf8[start..<end])))
    }

    /// Whether one of the bytes is this one.
    public func contains(_ byte: UInt8) -> Bool {
        let utf8 = utf8
        let bytes = utf8.span
        for index in bytes.indices where bytes[index] == byte { return true }
        return false
    }

    /// Whether it begins with these bytes.
    @inlinable
    public func begins(with start: [UInt8]) -> Bool {
        let utf8 = utf8
        let bytes = utf8.span
        guard bytes.count >= start.count else { return false }
        for index in start.indices where bytes[index] != start[index] { return false }
        return true
    }

    /// Whether it begins with another text.
    @inlinable
    public func begins(with start: ShellText) -> Bool {
        let (utf8, other) = (utf8, start.utf8)
        let (bytes, others) = (utf8.span, other.span)
        guard bytes.count >= others.count else { return false }
        for index in others.indices where bytes[index] != others[index] { return false }
        return true
    }

    /// Whether it ends with these bytes.
    @inlinable
    public func ends(with end: [UInt8]) -> Bool {
        let utf8 = utf8
        let bytes = utf8.span
        guard bytes.count >= end.count else { return false }
        let first = bytes.count - end.count
        for index in end.indices where bytes[first + index] != end[index] { return false }
        return true
    }

    /// Whether one of the bytes is one that is meant.
    @inlinable
    public func contains(where isMeant: (UInt8) -> Bool) -> Bool {
        let utf8 = utf8
        let bytes = utf8.span
        for index in bytes.indices where isMeant(bytes[index]) { return true }
        return false
    }

    @inlinable
    public static func == (left: ShellText, right: ShellText) -> Bool {
        // Most texts that are the same have the same bits: they stand in the value itself, or in the same
        // place. Most others differ in their length.
        if left.bits == right.bits { return true }
        guard left.utf8.count == right.utf8.count else { return false }
        let (left, right) = (left.utf8, right.utf8)
        // Going through `utf8` itself takes a dozen instructions for each byte.
        let (bytes, others) = (left.span, right.span)
        for index in bytes.indices where bytes[index] != others[index] { return false }
        return true
    }

    @inlinable @inline(__always) var bits: SIMD2<UInt64> {
        unsafe unsafeBitCast(description, to: SIMD2<UInt64>.self)
    }

    /// What `switch` asks for each of its cases, where the general one would not be inlined.
    @inlinable
    public static func ~= (pattern: ShellText, text: ShellText) -> Bool { pattern == text }

    public func hash(into hasher: inout Hasher) {
        // Eight bytes at a time: what the hasher is given takes longer than what it is made of.
        let utf8 = utf8
        let bytes = utf8.span
        var word: UInt64 = 0
        for index in bytes.indices {
            word = word << 8 | UInt64(bytes[index])
            if index & 7 == 7 {
                hasher.combine(word)
                word = 0
            }
        }
        // The last of eight bytes is free here for how many there are.
        hasher.combine(word | UInt64(truncatingIfNeeded: bytes.count) << 56)
    }
}
