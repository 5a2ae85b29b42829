/// In which circumstances the commands of a `.cases` file are asked about.
package struct CaseSituation: Hashable, Sendable {
    /// The policy files, as the file names them.
    package var policies: [String]
    package var command: CommandSituation

    /// Wednesday, the 7th of January 2026, at noon, UTC: what is asked when no time is given.
    package static let defaultTime: UInt64 = 1_767_787_200
}
