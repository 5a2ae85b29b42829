/// What libssh, or the peer behind it, did not do.
package enum SSHError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A call of the library failed; the reason is its own.
    case failed(call: String, reason: String)
    /// The library could not be set up.
    case unavailable(reason: String)
    /// The connection is gone.
    case disconnected(reason: String)

    package var description: String {
        switch self {
        case .failed(let call, let reason): "\(call): \(reason)"
        case .unavailable(let reason): "libssh is not usable: \(reason)"
        case .disconnected(let reason): "disconnected: \(reason)"
        }
    }
}
