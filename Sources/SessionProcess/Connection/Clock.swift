import Glibc

/// The monotonic clock of the machine, in nanoseconds.
///
/// Every machine gets the time as an argument; only the loop reads it.
enum Clock {
    static func nanoseconds() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func seconds(_ count: UInt32) -> UInt64 {
        UInt64(count) * 1_000_000_000
    }
}
