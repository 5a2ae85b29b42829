import StrictYAML

/// How much of a disk stays free.
package struct DiskReserveSettings: Hashable, Sendable {
    /// Of a file system and of its files; new sessions are refused below it, or below `bytes`.
    package var percent: UInt64 = 5
    package var bytes: UInt64 = 1 << 30
    /// Below it those sessions end that write the most.
    package var endPercent: UInt64 = 1

    package init() {}

    /// What new sessions need to be free: the greater of both.
    package func neededBytes(of total: UInt64) -> UInt64 { max(bytes, total / 100 * percent) }

    /// How many files can still have to be made: a session makes one, and a folder once a day.
    package func neededFiles(of total: UInt64) -> UInt64 {
        total / 100 * percent + (total % 100 * percent + 99) / 100
    }

    /// What those that run need.
    package func endBytes(of total: UInt64) -> UInt64 { total / 100 * endPercent }
}

/// Reads `disk-reserve`.
enum DiskReserveReader {
    static let keys = ["percent", "bytes", "end-percent"]

    static func read(_ field: YAMLField) -> DiskReserveSettings? {
        guard let entry = field.mapping(keys) else { return nil }
        var settings = DiskReserveSettings()
        settings.percent = entry.optional("percent")?.integer(in: 0...90) ?? settings.percent
        settings.bytes = entry.optional("bytes")?.byteSize(in: 0...1 << 50) ?? settings.bytes
        settings.endPercent =
            entry.optional("end-percent")?.integer(in: 0...90)
            ?? min(settings.endPercent, settings.percent)
        if settings.endPercent > settings.percent {
            entry.optional("end-percent")?.refuse("must not exceed `percent`")
        }
        return settings
    }
}
