import PlainText

/// How much room a file system has.
struct DiskSpace: Hashable, Sendable {
    /// How many files it has room for.
    struct Files: Hashable, Sendable {
        let total: UInt64
        let free: UInt64
    }

    let total: UInt64
    /// For whoever is not root, as root's share is not for recordings.
    let free: UInt64
    /// Nil where it counts none: they need bytes, and nothing else.
    var files: Files?
}

/// Whether there is room for another session, and which ones end when there is none for any.
///
/// Below the reserve, which is `percent` of the file system or `bytes`, whichever is more, and `percent`
/// of its files, new sessions are refused and those that run go on: they have their files. Below `end-percent` of the recordings' file system those end
/// that write the most, a part of them at each look, until there is room or nobody writes. What is not
/// known is taken for too little.
///
/// Instants are milliseconds of a clock that never falls.
struct DiskReserve: Sendable {
    /// What needs room.
    enum Place: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
        case recordings = "recordings"
        case auditTrail = "the audit trail"

        var description: String { rawValue }
    }

    /// A session that is recorded.
    struct Writer: Hashable, Sendable {
        let session: String
        let bytes: UInt64
    }

    /// What came of a look.
    struct Outcome: Hashable, Sendable {
        /// What is to be told, where it is another thing than before.
        var news: String?
        /// Those of the sessions that are to end, the greatest writer first.
        var ending: [String] = []
    }

    /// LIMIT: what was seen counts for so long; a file system that does not answer has no room.
    static let maximumAgeMilliseconds: Int64 = 30_000
    /// LIMIT: of those that write, so great a part ends at one look, a quarter, and one at least.
    static let part = 4

    /// The settings in force.
    var settings: DiskReserveSettings
    private var lack: String?
    private var lookedAt = Int64.min / 2
    /// How large each recording was at the last look.
    private var sizes: [String: UInt64] = [:]

    init(_ settings: DiskReserveSettings) { self.settings = settings }

    /// Why there is no room for another session; nil where there is.
    func lack(at now: Int64) -> String? {
        guard now - lookedAt <= Self.maximumAgeMilliseconds else {
            return "how much is free is not known: the file system does not answer"
        }
        return lack
    }

    /// A look at the file systems; a place is missing where it could not be examined.
    mutating func looked(
        _ spaces: [Place: DiskSpace],
        _ writers: [Writer],
        at now: Int64
    ) -> Outcome {
        var outcome = Outcome()
        let lack = Self.lack(spaces, settings)
        if (lack == nil) != (self.lack == nil) {
            outcome.news = lack ?? "there is room for new sessions again"
        }
        self.lack = lack
        lookedAt = now
        if let space = spaces[.recordings], space.free < settings.endBytes(of: space.total) {
            outcome.ending = greatest(of: writers)
        }
        sizes = Dictionary(
            writers.map { ($0.session, $0.bytes) },
            uniquingKeysWith: { $1 }
        )
        return outcome
    }

    /// Why there is no room for another session, by what was found of each place.
    static func lack(
        _ spaces: [Place: DiskSpace],
        _ settings: DiskReserveSettings
    ) -> String? {
        for place in Place.allCases {
            guard let space = spaces[place] else {
                return "how much is free for \(place) is not known"
            }
            let needed = settings.neededBytes(of: space.total)
            guard space.free >= needed else {
                return "\(space.free >> 20) MiB are free for \(place), fewer than "
                    + "\(needed >> 20) MiB"
            }
            guard let files = space.files else { continue }
            let neededFiles = settings.neededFiles(of: files.total)
            guard files.free >= neededFiles else {
                return "\(files.free.counted("more file")) can be made for \(place), fewer than "
                    + "\(neededFiles)"
            }
        }
        return nil
    }

    /// Of those that grew since the last look, the quarter that grew most.
    private func greatest(of writers: [Writer]) -> [String] {
        let growing = writers.compactMap { writer -> (session: String, growth: UInt64)? in
            let before = sizes[writer.session] ?? 0
            return writer.bytes > before ? (writer.session, writer.bytes - before) : nil
        }
        let sorted = growing.sorted { ($1.growth, $0.session) < ($0.growth, $1.session) }
        return sorted.prefix((growing.count + Self.part - 1) / Self.part).map(\.session)
    }
}
