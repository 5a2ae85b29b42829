import GRDB

extension StoreError {
    /// Runs what GRDB or SQLite may fail in, and says in our words how it did.
    static func catching<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as RecordRefusal {
            throw .refused(error)
        } catch let error as DatabaseError {
            throw StoreError(error)
        } catch {
            throw .unexpected(code: 0, reason: "\(error)")
        }
    }

    /// The message of a `DatabaseError` has no values of ours in it.
    init(_ error: DatabaseError) {
        let reason = error.message ?? error.resultCode.description
        let code = Int(error.extendedResultCode.rawValue)
        switch error.resultCode {
        case .SQLITE_FULL:
            self = .full(reason: reason)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE:
            // The index of the write-ahead log could not grow: that is a full disk too.
            self = .full(reason: reason)
        case .SQLITE_IOERR:
            self = .ioFailed(code: code, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .busy(reason: reason)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self = .corrupt(reason: reason)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
            self = .ioFailed(code: code, reason: reason)
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG:
            self = .refused(.contradiction(reason: reason))
        case .SQLITE_MISUSE:
            // GRDB's word for a connection that was closed.
            self = .closed
        default:
            self = .unexpected(code: code, reason: reason)
        }
    }
}
