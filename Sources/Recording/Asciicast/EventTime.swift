/// The time of an event as it is written: seconds since the start, with six digits.
struct EventTime {
    /// LIMIT: the smallest fraction of a second that is written, in microseconds.
    ///
    /// asciinema 3 turns numbers into text and splits at the point: one release refuses whole
    /// seconds, another anything below ten microseconds.
    static let smallestFraction: UInt64 = 10

    private var last: UInt64 = smallestFraction

    /// Appends the time, or the last one where this one is earlier.
    mutating func append(nanoseconds: UInt64, to buffer: inout [UInt8]) {
        append(microseconds: nanoseconds / 1000, to: &buffer)
    }

    mutating func append(microseconds: UInt64, to buffer: inout [UInt8]) {
        var time = microseconds
        if time % 1_000_000 < Self.smallestFraction {
            time = time / 1_000_000 * 1_000_000 + Self.smallestFraction
        }
        last = max(last, time)
        Self.append(last / 1_000_000, digits: 1, to: &buffer)
        buffer.append(UInt8(ascii: "."))
        Self.append(last % 1_000_000, digits: 6, to: &buffer)
    }

    private static func append(_ number: UInt64, digits: Int, to buffer: inout [UInt8]) {
        var divisor: UInt64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
