/// A piece of the source as it stands there: UTF-8, never empty of meaning, compared byte for byte.
///
/// `String` compares by canonical equivalence, which a shell does not: to it `é` in one and in two
/// scalars are two names. This type cannot be compared the wrong way.
package struct ShellText: Hashable, Sendable, CustomStringConvertible,
    ExpressibleByStringInterpolation
{
    @usableFromInline package let description: String

    @inlinable
    package init(_ text: String) { description = text }

    @inlinable
    package init(stringLiteral value: String) { description = value }

    package init(_ bytes: some Collection<UInt8>) {
        description = String(decoding: bytes, as: UTF8.self)
    }

    @inlinable package var utf8: String.UTF8View { description.utf8 }

    @inlinable package var isEmpty: Bool { description.isEmpty }

    @inlinable
    package static func == (left: ShellText, right: ShellText) -> Bool {
        // Most texts that differ do so in their length.
        left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
    }

    /// What `switch` asks for each of its cases, where the general one would not be inlined.
    @inlinable
    package static func ~= (pattern: ShellText, text: ShellText) -> Bool { pattern == text }

    package func hash(into hasher: inout Hasher) {
        // Eight bytes at a time: what the hasher is given takes longer than what it is made of.
        var word: UInt64 = 0
        var count = 0
        for byte in utf8 {
            word = word << 8 | UInt64(byte)
            count += 1
            if count & 7 == 0 {
                hasher.combine(word)
                word = 0
            }
        }
        hasher.combine(word)
        hasher.combine(count)
    }
}
