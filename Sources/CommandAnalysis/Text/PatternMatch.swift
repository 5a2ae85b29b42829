/// Whether what is known of a text or path lies in a pattern's set.
///
/// In the order in which one weighs more: of several patterns the greatest counts.
package enum PatternMatch: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    /// Nothing that it can be is in the set.
    case no
    /// It begins with text that is not known, so nothing can be told.
    case unknown
    /// Some of what it can be is in the set.
    case perhaps
    /// All that it can be is in the set.
    case yes

    /// Not the one that comes by itself, which is called where this is inlined.
    @inlinable
    package static func == (left: PatternMatch, right: PatternMatch) -> Bool {
        left.rawValue == right.rawValue
    }

    @inlinable
    package static func < (left: PatternMatch, right: PatternMatch) -> Bool {
        left.rawValue < right.rawValue
    }

    @inlinable
    package static prefix func ! (match: PatternMatch) -> PatternMatch {
        switch match {
        case .no: .yes
        case .yes: .no
        case .unknown, .perhaps: match
        }
    }
}
