/// What administrators did.
extension AuditEvent {
    /// Somebody or something is kept out from now on.
    package struct Locked: Hashable, Sendable, Codable {
        package let subject: LockSubject
        /// Empty: until it is unlocked.
        package let until: Timestamp?
        package let by: String
        package let reason: String

        package init(subject: LockSubject, until: Timestamp? = nil, by: String, reason: String) {
            self.subject = subject
            self.until = until
            self.by = by
            self.reason = reason
        }
    }

    /// A lock is lifted.
    package struct Unlocked: Hashable, Sendable, Codable {
        package let subject: LockSubject
        package let by: String
        package let reason: String?

        package init(subject: LockSubject, by: String, reason: String? = nil) {
            self.subject = subject
            self.by = by
            self.reason = reason
        }
    }

    /// New settings and inventory are in force.
    package struct Reloaded: Hashable, Sendable, Codable {
        /// Counts the loads since the start.
        package let version: UInt64
        /// SHA-256 of what was read, in hexadecimal.
        package let digest: String

        package init(version: UInt64, digest: String) {
            self.version = version
            self.digest = digest
        }
    }

    /// What was to be loaded has mistakes: nothing changed.
    package struct ReloadRefused: Hashable, Sendable, Codable {
        package let reason: String

        package init(reason: String) {
            self.reason = reason
        }
    }

    /// An administrator ended a session or a connection: the record's.
    package struct Terminated: Hashable, Sendable, Codable {
        /// What was ended.
        package enum What: String, Hashable, Sendable, CaseIterable, Codable {
            case session = "session"
            case connection = "connection"
        }

        package let by: String
        package let what: What
        package let reason: String?

        package init(by: String, what: What, reason: String? = nil) {
            self.by = by
            self.what = what
            self.reason = reason
        }
    }

    /// Somebody looked at the recording of the record's session.
    package struct Replayed: Hashable, Sendable, Codable {
        package let by: String

        package init(by: String) {
            self.by = by
        }
    }

    /// The authority began or ceased to serve, or is another release now.
    package struct Served: Hashable, Sendable, Codable {
        package enum State: String, Hashable, Sendable, CaseIterable, Codable {
            case started = "started"
            /// Another release took its place, and what went on goes on.
            case upgraded = "upgraded"
            case stopped = "stopped"
        }

        package let state: State
        package let detail: String?

        package init(state: State, detail: String? = nil) {
            self.state = state
            self.detail = detail
        }
    }
}
