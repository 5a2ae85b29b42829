/// A version of bash, by the two numbers that tell its language: 5.2 of 5.2.15.
public struct BashVersion: Hashable, Sendable {
    public let major: UInt8
    public let minor: UInt8

    public init(_ major: UInt8, _ minor: UInt8) {
        self.major = major
        self.minor = minor
    }

    /// The one whose language `Dialect.bash` is.
    public static let read = BashVersion(5, 2)

    /// Those that `BashFeature` tells apart, from the oldest.
    public static let known = [
        BashVersion(3, 2), BashVersion(4, 0), BashVersion(4, 1), BashVersion(4, 2),
        BashVersion(4, 3), BashVersion(4, 4), BashVersion(5, 0), BashVersion(5, 1),
        BashVersion(5, 2), BashVersion(5, 3),
    ]

    /// Whether a construct means in this version what it means in the newest.
    ///
    /// - Parameters:
    ///   - feature: The construct.
    ///   - level: What `BASH_COMPAT` is set to, where it is.
    /// - Returns: False where the version does what `BashFeature.change` tells of those before.
    public func has(_ feature: BashFeature, compatibility level: BashVersion? = nil) -> Bool {
        let change = feature.change
        if let level, let undoneBy = change.undoneBy, level <= undoneBy { return false }
        return change.since <= self
    }

    /// What means something else in the other version, or nothing in one of the two: what whoever
    /// reads a text for one and runs it in the other has to look for.
    public func differences(from other: BashVersion) -> [BashFeature] {
        BashFeature.allCases.filter { has($0) != other.has($0) }
    }
}

extension BashVersion: Comparable {
    public static func < (left: BashVersion, right: BashVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }
}

extension BashVersion: CustomStringConvertible {
    public var description: String { "\(major).\(minor)" }
}
