package import PolicyEngine

/// Where audit records are copied to, beside the audit trail.
package struct ExportSettings: Hashable, Sendable {
    /// JSON lines are appended to it; nil where none are wanted.
    package var filePath: String?
    package var syslog: SyslogSettings?

    package init() {}
}

/// To whom records are told as syslog messages.
package struct SyslogSettings: Hashable, Sendable {
    package enum Destination: Hashable, Sendable, CustomStringConvertible {
        /// A datagram socket, as `/dev/log`.
        case socket(path: String)
        case tcp(NetworkAddress)

        package var description: String {
            switch self {
            case .socket(let path): path
            case .tcp(let address): address.description
            }
        }
    }

    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// With version, time and host name (RFC 5424).
        case rfc5424
        /// What `syslog(3)` writes, without a time: what journald and rsyslog expect at `/dev/log`.
        case local
    }

    /// RFC 5424 §6.2.1.
    package enum Facility: String, Hashable, Sendable, CaseIterable {
        case user
        case daemon
        case auth
        case authpriv
        case local0
        case local1
        case local2
        case local3
        case local4
        case local5
        case local6
        case local7

        var code: Int {
            switch self {
            case .user: 1
            case .daemon: 3
            case .auth: 4
            case .authpriv: 10
            case .local0: 16
            case .local1: 17
            case .local2: 18
            case .local3: 19
            case .local4: 20
            case .local5: 21
            case .local6: 22
            case .local7: 23
            }
        }
    }

    package let destination: Destination
    package let format: Format
    package let facility: Facility
    /// Of one message, what stands before the record included.
    package let messageBytes: Int
}
