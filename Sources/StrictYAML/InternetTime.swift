/// The date and time format of RFC 3339, without fractions of a second.
package enum InternetTime {
    /// Seconds since 1970-01-01T00:00:00Z, or nil where the text is no such time.
    package static func unixSeconds(_ text: String) -> UInt64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 || bytes.count == 25,
            let year = number(bytes[0..<4]), bytes[4] == UInt8(ascii: "-"),
            let month = number(bytes[5..<7]), bytes[7] == UInt8(ascii: "-"),
            let day = number(bytes[8..<10]), bytes[10] == UInt8(ascii: "T"),
            let hour = number(bytes[11..<13]), bytes[13] == UInt8(ascii: ":"),
            let minute = number(bytes[14..<16]), bytes[16] == UInt8(ascii: ":"),
            let second = number(bytes[17..<19]), let offset = offsetSeconds(bytes[19...])
        else { return nil }
        guard year >= 1970, (1...12).contains(month), hour < 24, minute < 60, second < 60,
            (1...days(inMonth: month, of: year)).contains(day)
        else { return nil }
        let time = days(before: year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        return UInt64(exactly: time - offset)
    }

    /// The time in UTC, as it is written in a file; nil after the year 9999.
    package static func text(unixSeconds: UInt64) -> String? {
        guard unixSeconds < 253_402_300_800 else { return nil }
        let second = Int(unixSeconds % 86_400)
        // Days since 0000-03-01, so that a leap day is the last of its year (H. Hinnant, "days").
        let shifted = Int(unixSeconds / 86_400) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let date = "\(year)-\(two(month))-\(two(day))"
        return "\(date)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// `Z`, `+02:00` or `-05:30`, in seconds east of Greenwich.
    private static func offsetSeconds(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.elementsEqual("Z".utf8) { return 0 }
        let start = bytes.startIndex
        guard bytes.count == 6, bytes[start + 3] == UInt8(ascii: ":"),
            let hours = number(bytes[start + 1..<start + 3]), hours < 24,
            let minutes = number(bytes[start + 4..<start + 6]), minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return switch bytes[start] {
        case UInt8(ascii: "+"): seconds
        case UInt8(ascii: "-"): -seconds
        default: nil
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func days(before year: Int, _ month: Int, _ day: Int) -> Int {
        var days = day - 1
        for earlier in 1..<month { days += Self.days(inMonth: earlier, of: year) }
        let past = year - 1
        let leapDays = past / 4 - past / 100 + past / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400)
        return days + (year - 1970) * 365 + leapDays
    }
}
