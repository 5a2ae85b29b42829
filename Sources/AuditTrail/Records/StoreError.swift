/// Why a store did not do what it was asked to.
///
/// Whoever cannot record a thing must not let it happen.
package enum StoreError: Error, Hashable, Sendable {
    /// No room: on the disk, in a quota, or by the configured size of the store.
    case full(reason: String)
    /// Reading, writing or syncing failed.
    case ioFailed(code: Int, reason: String)
    /// Somebody else held the store for longer than we wait.
    case busy(reason: String)
    /// What is stored is damaged, or is no store at all.
    case corrupt(reason: String)
    /// A newer program has changed the shape of the store; steps that this one does not know.
    case newerSchema(unknownSteps: [String])
    /// A database, but not an audit trail.
    case foreign(path: String)
    /// Another authority serves from this store.
    case inUse(path: String)
    /// Others than the owner could read or change it.
    case exposed(path: String, mode: UInt32)
    case cannotOpen(path: String, reason: String)
    /// The record contradicts the trail or a limit; another record may do.
    case refused(RecordRefusal)
    /// All 48-bit numbers are used; none is ever used twice.
    case certificateNumbersExhausted
    /// More wait for their commit than may wait.
    case queueFull(records: Int, bytes: Int)
    /// It is closed.
    case closed
    /// What is stored cannot be understood.
    case unreadable(what: String, reason: String)
    case unexpected(code: Int, reason: String)

    /// Whether the same record may be taken later: the store has no room, no time or no disk now.
    package var mayPass: Bool {
        switch self {
        case .full, .ioFailed, .busy, .queueFull, .unexpected: true
        case .corrupt, .newerSchema, .foreign, .inUse, .exposed, .cannotOpen, .refused,
            .certificateNumbersExhausted, .closed, .unreadable:
            false
        }
    }

    /// Whether a commit of several submissions may have failed because of one of them.
    var mayBeOfOneRecord: Bool {
        switch self {
        case .refused, .certificateNumbersExhausted, .full: true
        case .ioFailed, .busy, .corrupt, .newerSchema, .foreign, .inUse, .exposed, .cannotOpen,
            .queueFull, .closed, .unreadable, .unexpected:
            false
        }
    }
}

/// What is wrong with one record.
package enum RecordRefusal: Error, Hashable, Sendable {
    case nothingSubmitted
    case tooManyRecords(limit: Int)
    case missing(part: String, kind: AuditKind)
    case tooLong(part: String, limitBytes: Int)
    /// Empty, or with control characters in it.
    case notAName(part: String)
    /// Only the store numbers certificates.
    case alreadyNumbered
    case unknownConnection(String)
    case connectionAlreadyOpened(String)
    case connectionNotOpen(String)
    case sessionAlreadyOpened(String)
    case sessionNotOpen(String)
    case notLocked(LockSubject)
    case contradiction(reason: String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .full(let reason): "the audit trail has no room left: \(reason)"
        case .ioFailed(let code, let reason):
            "the audit trail cannot be read or written (\(code)): \(reason)"
        case .busy(let reason): "the audit trail is held by somebody else: \(reason)"
        case .corrupt(let reason):
            "the audit trail is damaged: \(reason); keep the file and restore a copy"
        case .newerSchema(let steps):
            "the audit trail was written by a newer sallyport (\(steps.joined(separator: ", "))); "
                + "use that version or a newer one"
        case .foreign(let path): "`\(path)` is a database, but no audit trail"
        case .inUse(let path): "another authority serves from `\(path)`"
        case .exposed(let path, let mode):
            "`\(path)` has mode \(String(mode, radix: 8)) or another owner; "
                + "only its owner may have rights"
        case .cannotOpen(let path, let reason): "cannot open `\(path)`: \(reason)"
        case .refused(let refusal): "the audit trail refuses the record: \(refusal)"
        case .certificateNumbersExhausted: "all certificate numbers of this authority are used"
        case .queueFull(let records, let bytes):
            "\(records) records of about \(bytes) bytes wait for the audit trail; no more may wait"
        case .closed: "the audit trail is closed"
        case .unreadable(let what, let reason): "cannot understand \(what): \(reason)"
        case .unexpected(let code, let reason): "the audit trail failed (\(code)): \(reason)"
        }
    }
}

extension StoreError {
    /// The same for whoever starts a program: with the file, and what to do about it.
    package func description(of path: String) -> String {
        let remedy: String
        switch self {
        case .foreign, .inUse, .exposed, .cannotOpen: return description
        case .full: remedy = "; make room on its disk"
        case .ioFailed: remedy = "; look at its disk, and at the rights of its folder"
        case .busy: remedy = "; `fuser -v` on it says by whom"
        case .corrupt, .newerSchema, .refused, .certificateNumbersExhausted, .queueFull, .closed,
            .unreadable, .unexpected:
            remedy = ""
        }
        return "`\(path)`: \(description)\(remedy)"
    }
}

extension RecordRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .nothingSubmitted: "there is none"
        case .tooManyRecords(let limit): "more than \(limit) at once"
        case .missing(let part, let kind): "`\(kind.rawValue)` needs a \(part)"
        case .tooLong(let part, let limit): "its \(part) exceeds \(limit) bytes"
        case .notAName(let part): "its \(part) is empty or has control characters"
        case .alreadyNumbered: "only the store numbers certificates"
        case .unknownConnection(let id): "connection `\(id)` was never opened"
        case .connectionAlreadyOpened(let id): "connection `\(id)` was opened before"
        case .connectionNotOpen(let id): "connection `\(id)` is not open"
        case .sessionAlreadyOpened(let id): "session `\(id)` was opened before"
        case .sessionNotOpen(let id): "session `\(id)` is not open"
        case .notLocked(let subject): "\(subject) is not locked"
        case .contradiction(let reason): "it contradicts the trail: \(reason)"
        }
    }
}
