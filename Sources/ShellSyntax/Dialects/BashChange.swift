/// A row of the table of what differs between the versions of bash.
///
/// What `bash -c` prints in each version for an example is in
/// `Tests/Fixtures/syntax/bash-versions.json`.
public struct BashChange: Hashable, Sendable {
    /// What an older bash does with a text that has the construct.
    public enum Outcome: Hashable, Sendable {
        /// It is a syntax error: nothing of the complete command runs.
        case refused
        /// It is read, and an error or without effect where it is run.
        case fails
        /// It is run, and means something else.
        case differs
    }

    /// The first version that reads it as it is read today.
    public let since: BashVersion
    public let before: Outcome
    /// What the versions before do, or have not.
    public let older: String
    /// Whether it is since then that it is a syntax error.
    public let isRefused: Bool
    /// `BASH_COMPAT`, at this version or a lower one, brings back what was before.
    public let undoneBy: BashVersion?
    /// Where the authors of bash say so.
    public let source: String

    init(
        since: BashVersion,
        before: Outcome,
        older: String,
        isRefused: Bool = false,
        undoneBy: BashVersion? = nil,
        source: String
    ) {
        self.since = since
        self.before = before
        self.older = older
        self.isRefused = isRefused
        self.undoneBy = undoneBy
        self.source = source
    }
}

extension BashFeature {
    /// The row of the table.
    public var change: BashChange {
        guard let change = BashChange.table[self] else {
            preconditionFailure("the table has no row for `\(rawValue)`")
        }
        return change
    }
}

extension BashChange {
    /// INVARIANT: has every feature once.
    fileprivate static let table = [grammar, substitutions, expansions, arrays]
        .reduce(into: [:]) { table, rows in
            table.merge(rows) { _, _ in preconditionFailure("two rows for one feature") }
        }
}
