package import AuditTrail

/// What the authority answers an administrator, one JSON object on one line.
package struct AdminAnswer: Hashable, Sendable, Codable {
    /// What a running authority says of itself.
    package struct Status: Hashable, Sendable, Codable {
        package let connections: Int
        package let sessions: Int
        /// How many sessions are being ended on their targets, waiting for these included.
        package let endings: Int
        /// How many ended since the start and may still run on their targets.
        package let failedEndings: Int
        package let snapshotVersion: UInt64
        package let listening: [String]
        /// Why the audit trail does not take records; nil where it does.
        package let auditFailure: String?
        /// Ends that are not in the audit trail yet.
        package let unwrittenRecords: Int
    }

    /// What was done.
    package struct Done: Hashable, Sendable, Codable {
        /// One line for people.
        package let text: String
        /// How many sessions end by it.
        package let endedSessions: Int
    }

    /// Why nothing was done; nil where it was.
    package var error: String?
    package var done: Done?
    package var sessions: [SessionEntry]?
    package var connections: [ConnectionEntry]?
    package var records: [AuditRecord]?
    package var locks: [LockEntry]?
    package var status: Status?
    package var report: HealthReport?
    package var health: BastionHealth?
    /// Lines of numbers.
    package var metrics: String?
    /// Where the next page begins; nil at the end.
    package var next: Int64?

    package init(error: String? = nil) { self.error = error }

    /// With one of these fields.
    init<Value>(_ field: WritableKeyPath<AdminAnswer, Value?>, _ value: Value) {
        self[keyPath: field] = value
    }

    /// With a page of one of these fields.
    init<Entry>(_ field: WritableKeyPath<AdminAnswer, [Entry]?>, page: AuditPage<Entry>) {
        self.init(field, page.entries)
        next = page.next
    }

    init(_ deed: Deed, endedSessions: Int = 0) {
        done = Done(text: deed.text(ending: endedSessions), endedSessions: endedSessions)
    }
}
