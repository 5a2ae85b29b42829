internal import ArgumentParser
internal import AuditTrail

/// A length of time as people write it: `90s`, `10m`, `2h`, `7d`.
struct TimeSpan: ExpressibleByArgument {
    /// LIMIT: ten years; longer is a slip of the finger.
    static let maximumSeconds: UInt64 = 10 * 366 * 86_400

    let seconds: UInt64

    init(seconds: UInt64) { self.seconds = seconds }

    init?(argument: String) {
        let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }),
            let count = UInt64(argument.dropLast()), count > 0,
            count <= Self.maximumSeconds / unit
        else { return nil }
        seconds = count * unit
    }
}

/// A moment: RFC 3339, or a length of time before now.
struct Moment: ExpressibleByArgument {
    let timestamp: Timestamp

    init?(argument: String) {
        if let timestamp = Timestamp(argument) {
            self.timestamp = timestamp
            return
        }
        guard let span = TimeSpan(argument: argument) else { return nil }
        let now = Timestamp.now().microsecondsSince1970
        timestamp = Timestamp(microsecondsSince1970: now - Int64(span.seconds) * 1_000_000)
    }
}
