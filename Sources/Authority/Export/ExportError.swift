package import AuditTrail

/// Why records are not copied.
package enum ExportError: Error, Hashable, Sendable, CustomStringConvertible {
    case file(path: String, reason: String)
    /// What is there is no copy of an audit trail, or not of this one.
    case foreign(path: String, reason: String)
    case position(path: String, reason: String)
    case syslog(destination: String, reason: String)
    case store(StoreError)

    package var description: String {
        switch self {
        case .file(let path, let reason): "cannot export to `\(path)`: \(reason)"
        case .foreign(let path, let reason): "`\(path)` \(reason): move it away"
        case .position(let path, let reason): "the position in `\(path)`: \(reason)"
        case .syslog(let destination, let reason): "syslog at `\(destination)`: \(reason)"
        case .store(let error): error.description
        }
    }
}
