/// Where in the folder a recording is: the UTC day of its start, and its session.
struct RecordingPlace {
    let year: String
    let month: String
    let day: String
    let fileName: String

    var folders: [String] { [year, month, day] }

    var relativePath: String { "\(year)/\(month)/\(day)/\(fileName)" }

    init(session: String, secondsSince1970 seconds: Int64) throws(RecordingStoreError) {
        fileName = try Self.fileName(session: session)
        (year, month, day) = Self.date(of: seconds)
    }

    /// The place that was written down as a relative path.
    init(relativePath: String) throws(RecordingStoreError) {
        let parts = relativePath.split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 4, Self.isDatePart(parts[0], digits: 4),
            Self.isDatePart(parts[1], digits: 2), Self.isDatePart(parts[2], digits: 2),
            parts[3].hasSuffix(".cast")
        else { throw .invalidPlace(relativePath) }
        (year, month, day) = (parts[0], parts[1], parts[2])
        fileName = try Self.fileName(session: String(parts[3].dropLast(5)))
    }

    /// LIMIT: ids are made by the authority with just this length.
    static let idCharacters = 12

    /// The file of a session; whatever is no session id is refused, so that none leads elsewhere.
    static func fileName(session: String) throws(RecordingStoreError) -> String {
        let bytes = Array(session.utf8)
        guard bytes.count == 2 + idCharacters, bytes.starts(with: "s-".utf8),
            bytes.dropFirst(2).allSatisfy(isCrockfordDigit)
        else { throw .invalidSession(session) }
        return session + ".cast"
    }

    private static func isCrockfordDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "o"), UInt8(ascii: "u"): false
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }

    /// Whether a name is a year, or a month or day.
    private static func isDatePart(_ name: String, digits: Int) -> Bool {
        name.utf8.count == digits && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The proleptic Gregorian date in UTC: days are counted from 1 March of year 0, so that the
    /// leap day is the last of a year.
    private static func date(
        of seconds: Int64
    ) -> (year: String, month: String, day: String) {
        let days = max(seconds, 0) / 86_400 + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (padded(min(year, 9999), 4), padded(month, 2), padded(day, 2))
    }

    private static func padded(_ number: Int64, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(digits - text.count, 0)) + text
    }
}
