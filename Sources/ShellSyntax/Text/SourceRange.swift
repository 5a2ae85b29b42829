/// Where a node stands: the bytes from `lowerBound` up to, not including, `upperBound`.
///
/// Offsets count from the first byte of the text that was given to the parser. What came out of an
/// alias stands where the alias name stands; what came out of a back-quoted substitution stands
/// where the substitution does.
public struct SourceRange: Hashable, Sendable {
    public let lowerBound: Int32
    public let upperBound: Int32

    public init(_ lowerBound: Int, _ upperBound: Int) {
        self.lowerBound = Int32(lowerBound)
        self.upperBound = Int32(upperBound)
    }

    public var bytes: Range<Int> { Int(lowerBound)..<Int(upperBound) }

    /// From the first byte of this range to the last one of another.
    public func through(_ other: SourceRange) -> SourceRange {
        SourceRange(Int(lowerBound), Int(other.upperBound))
    }
}
