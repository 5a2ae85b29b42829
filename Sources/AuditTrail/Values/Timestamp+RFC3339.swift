/// The text of a moment: `2026-07-01T12:00:00.000000Z`, always in UTC, always six digits, so that
/// texts sort as their moments do.
extension Timestamp: CustomStringConvertible, Codable {
    package var description: String {
        let (second, microsecond) = microsecondsSince1970.quotientAndModulus(
            by: Self.microsecondsPerSecond
        )
        let (day, secondOfDay) = second.quotientAndModulus(by: Self.secondsPerDay)
        let date = CivilDate(daysSince1970: day)
        let clock = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60]
        return date.year.padded(to: 4) + "-" + date.month.padded(to: 2) + "-"
            + date.day.padded(to: 2) + "T" + clock.map { $0.padded(to: 2) }.joined(separator: ":")
            + "." + microsecond.padded(to: 6) + "Z"
    }

    /// Reads a text as RFC 3339 §5.6 says, with up to six digits of a second's fraction.
    package init?(_ text: some StringProtocol) {
        var reader = DigitReader(text.utf8)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
            reader.skip("-"), let day = reader.number(2), reader.skip("T") || reader.skip("t"),
            let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
            reader.skip(":"), let second = reader.number(2),
            let microsecond = reader.fraction(), let offset = reader.offsetSeconds(),
            reader.isAtEnd
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        // A leap second has no place in a count of seconds since 1970: it is refused.
        guard date.isValid, hour < 24, minute < 60, second < 60 else { return nil }
        let seconds =
            date.daysSince1970 * Self.secondsPerDay + hour * 3600 + minute * 60 + second - offset
        self.init(
            microsecondsSince1970: seconds * Self.microsecondsPerSecond + microsecond
        )
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "is no time as RFC 3339 writes it"
            )
        }
        self = moment
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A day of the Gregorian calendar, carried back before its introduction as RFC 3339 does.
private struct CivilDate {
    let year: Int64
    let month: Int64
    let day: Int64

    /// Days from 0000-03-01 to 1970-01-01; a year that begins in March has its leap day last.
    private static let daysToEpoch: Int64 = 719_468
    private static let daysPerEra: Int64 = 146_097

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSince1970 days: Int64) {
        let (era, dayOfEra) = (days + Self.daysToEpoch).quotientAndModulus(by: Self.daysPerEra)
        let leaps = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leaps) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = marchYear.quotientAndModulus(by: 400)
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysPerEra + dayOfEra - Self.daysToEpoch
    }

    var isValid: Bool {
        guard year >= 1, (1...12).contains(month), day >= 1 else { return false }
        let back = CivilDate(daysSince1970: daysSince1970)
        return back.month == month && back.day == day
    }
}

/// Reads the fixed digits and marks of RFC 3339.
private struct DigitReader<Bytes: Collection<UInt8>> {
    private var rest: Bytes.SubSequence

    init(_ bytes: Bytes) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == mark.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Microseconds; zero without a fraction, nil when its digits are none or more than six.
    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        guard var value = digit() else { return nil }
        var digits = 1
        while let next = digit() {
            value = value * 10 + next
            digits += 1
            guard digits <= 6 else { return nil }
        }
        for _ in digits..<6 { value *= 10 }
        return value
    }

    mutating func offsetSeconds() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func digit() -> Int64? {
        guard let first = rest.first, (0x30...0x39).contains(first) else { return nil }
        rest.removeFirst()
        return Int64(first - 0x30)
    }
}

extension Int64 {
    /// Division that rounds down, so that what is left is never negative before 1970 either.
    fileprivate func quotientAndModulus(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    fileprivate func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
