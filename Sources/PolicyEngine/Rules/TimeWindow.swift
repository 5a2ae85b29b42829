internal import StrictYAML

/// Hours of some days of the week: `mon-fri 08:00-18:00 +02:00`.
///
/// One that ends before it begins ends on the next day.
struct TimeWindow: Hashable, Sendable, CustomStringConvertible {
    static let expected = "a time like `mon-fri 08:00-18:00`, `22:00-06:00` or `sat,sun +02:00`"
    private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let minutesOfDay = 24 * 60

    /// Monday is 0.
    private let days: Set<Int>
    /// Minutes of the day, the second not included.
    private let from: Int
    private let to: Int
    private let minutesEastOfUTC: Int

    /// Nil where the text is no such window.
    init?(_ text: String) {
        var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
        guard !words.isEmpty else { return nil }
        var days: Set<Int>?
        if let first = words.first, let named = Self.days(first) {
            days = named
            words.removeFirst()
        }
        var hours: (Int, Int)?
        if let first = words.first, let range = Self.hours(first) {
            hours = range
            words.removeFirst()
        }
        var offset = 0
        if let first = words.first {
            guard let minutes = Self.offset(first) else { return nil }
            offset = minutes
            words.removeFirst()
        }
        guard words.isEmpty, days != nil || hours != nil else { return nil }
        self.days = days ?? Set(0..<7)
        (from, to) = hours ?? (0, Self.minutesOfDay)
        minutesEastOfUTC = offset
    }

    /// As a policy file writes it, every day by its name.
    var description: String {
        func clock(_ minutes: Int) -> String {
            [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
                .joined(separator: ":")
        }
        var words: [String] = []
        if days.count < Self.dayNames.count {
            words.append(days.sorted().map { Self.dayNames[$0] }.joined(separator: ","))
        }
        words.append("\(clock(from))-\(clock(to))")
        if minutesEastOfUTC != 0 {
            let sign = minutesEastOfUTC < 0 ? "-" : "+"
            words.append(sign + clock(abs(minutesEastOfUTC)))
        }
        return words.joined(separator: " ")
    }

    func contains(_ unixSeconds: UInt64) -> Bool {
        let minutes = Int(clamping: unixSeconds / 60) + minutesEastOfUTC
        // The first of January 1970 was a Thursday.
        let day = (minutes / Self.minutesOfDay + 3) % 7
        let minute = minutes % Self.minutesOfDay
        if from < to { return days.contains(day) && (from..<to).contains(minute) }
        if minute >= from { return days.contains(day) }
        return minute < to && days.contains((day + 6) % 7)
    }

    /// `mon-fri`, `sat,sun`, `fri-mon`.
    private static func days(_ text: Substring) -> Set<Int>? {
        var days: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            let numbers = ends.compactMap { dayNames.firstIndex(of: String($0)) }
            guard (1...2).contains(ends.count), numbers.count == ends.count,
                let first = numbers.first, let last = numbers.last
            else { return nil }
            for step in 0...(last - first + 7) % 7 { days.insert((first + step) % 7) }
        }
        return days
    }

    private static func hours(_ text: Substring) -> (Int, Int)? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = minute(ends[0]), let to = minute(ends[1]), from != to,
            from < minutesOfDay
        else { return nil }
        return (from, to)
    }

    /// `08:30`; also `24:00`.
    private static func minute(_ text: Substring) -> Int? {
        let bytes = Array(text.utf8)
        let digits = [0, 1, 3, 4].map { bytes.indices.contains($0) ? Int(bytes[$0]) - 48 : -1 }
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            digits.allSatisfy((0...9).contains)
        else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard minute < 60, hour < 24 || (hour == 24 && minute == 0) else { return nil }
        return hour * 60 + minute
    }

    /// `+02:00`, `-05:30`.
    private static func offset(_ text: Substring) -> Int? {
        guard let sign = text.first, sign == "+" || sign == "-",
            let minutes = minute(text.dropFirst()), minutes <= 14 * 60
        else { return nil }
        return sign == "-" ? -minutes : minutes
    }
}
