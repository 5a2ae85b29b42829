/// How fast a recording is shown.
package struct ReplayPace: Hashable, Sendable {
    /// LIMIT: keeps every product of times inside 64 bits.
    package static let speeds = 0.001...1000.0
    /// LIMIT: a day.
    package static let maximumSeconds = 86_400.0

    /// 2 is twice as fast.
    package let speed: Double
    /// No pause is longer than this; in microseconds of the recording.
    package let idleLimitMicroseconds: Int64?
    /// Everything before this is shown at once; in microseconds of the recording.
    package let startMicroseconds: Int64

    /// A pace; what is out of range is brought into it.
    package init(
        speed: Double = 1,
        idleLimitSeconds: Double? = nil,
        startSeconds: Double = 0
    ) {
        self.speed = Self.clamp(speed, to: Self.speeds)
        idleLimitMicroseconds = idleLimitSeconds.map(Self.microseconds)
        startMicroseconds = Self.microseconds(startSeconds)
    }

    private static func microseconds(_ seconds: Double) -> Int64 {
        Int64(clamp(seconds, to: 0...maximumSeconds) * 1_000_000)
    }

    private static func clamp(_ value: Double, to range: ClosedRange<Double>) -> Double {
        value.isNaN ? range.lowerBound : min(max(value, range.lowerBound), range.upperBound)
    }

    /// How long to wait between two moments of the recording, in nanoseconds.
    func nanoseconds(from earlier: Int64, to later: Int64) -> UInt64 {
        let shown = max(earlier, startMicroseconds)
        guard later > shown else { return 0 }
        var gap = later - shown
        if let limit = idleLimitMicroseconds { gap = min(gap, limit) }
        return UInt64(min(Double(gap) * 1000 / speed, Double(Int64.max / 4)))
    }
}
