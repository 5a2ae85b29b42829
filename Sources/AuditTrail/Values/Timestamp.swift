import Glibc

/// A moment in UTC, to the microsecond.
///
/// The years 1 to 9999 can be told; what lies outside is moved to the nearest moment inside, so that
/// a certificate without end is valid until the last microsecond of 9999 and every moment has a
/// text.
package struct Timestamp: Hashable, Sendable, Comparable {
    package let microsecondsSince1970: Int64

    static let microsecondsPerSecond: Int64 = 1_000_000
    static let secondsPerDay: Int64 = 86_400
    /// 0001-01-01T00:00:00Z.
    private static let earliestSecond: Int64 = -62_135_596_800
    /// 9999-12-31T23:59:59Z.
    private static let latestSecond: Int64 = 253_402_300_799

    package init(microsecondsSince1970 microseconds: Int64) {
        let earliest = Self.earliestSecond * Self.microsecondsPerSecond
        let latest = Self.latestSecond * Self.microsecondsPerSecond + 999_999
        microsecondsSince1970 = min(max(microseconds, earliest), latest)
    }

    /// The moment that a certificate's `validAfter` or `validBefore` says.
    package init(secondsSince1970 seconds: UInt64) {
        let second = min(seconds, UInt64(Self.latestSecond) + 1)
        self.init(microsecondsSince1970: Int64(second) * Self.microsecondsPerSecond)
    }

    /// What the machine's clock says now.
    package static func now() -> Timestamp {
        var time = timespec()
        let result = unsafe clock_gettime(CLOCK_REALTIME, &time)
        precondition(result == 0, "the real-time clock is always there")
        let seconds = Int64(time.tv_sec) * microsecondsPerSecond
        return Timestamp(microsecondsSince1970: seconds + Int64(time.tv_nsec) / 1000)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }
}
