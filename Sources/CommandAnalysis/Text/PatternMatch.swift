/// Whether what is known of a text or path lies in a pattern's set.
///
/// In the order in which one weighs more: of several patterns the greatest counts.
public enum PatternMatch: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    /// Nothing that it can be is in the set.
    case no
    /// It begins with text that is not known, so nothing can be told.
    case unknown
    /// Some of what it can be is in the set.
    case perhaps
    /// All that it can be is in the set.
    case yes

    // Not those that come by themselves: what another module calls of these goes through a table, and is
    // not inlined.

    @inlinable
    public static func == (left: PatternMatch, right: PatternMatch) -> Bool {
        left.rawValue == right.rawValue
    }

    @inlinable
    public static func != (left: PatternMatch, right: PatternMatch) -> Bool {
        left.rawValue != right.rawValue
    }

    @inlinable
    public static func < (left: PatternMatch, right: PatternMatch) -> Bool {
        left.rawValue < right.rawValue
    }

    /// What is in both sets, as far as that is known.
    @inlinable
    public func and(_ other: PatternMatch) -> PatternMatch { other < self ? other : self }

    /// What is in one of the sets at least.
    @inlinable
    public func or(_ other: PatternMatch) -> PatternMatch { self < other ? other : self }

    @inlinable
    public static prefix func ! (match: PatternMatch) -> PatternMatch {
        switch match {
        case .no: .yes
        case .yes: .no
        case .unknown, .perhaps: match
        }
    }
}
