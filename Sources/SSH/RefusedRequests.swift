import CLibSSH

/// Refuses whatever a target asks for, and counts it.
///
/// Without this libssh keeps every request until somebody takes it.
@safe
final class RefusedRequests {
    /// LIMIT: what a target asks for in vain; an honest one asks for nothing.
    static let maximum = 1000

    private var count = 0

    /// Starts to refuse; must be kept for as long as the session.
    init(of session: OpaquePointer) {
        // SAFETY: whoever owns the session frees it before this object goes.
        unsafe ssh_set_message_callback(
            session,
            { _, message, owner in
                if let owner = unsafe owner, unsafe !RefusedRequests.mayBeKeepalive(message) {
                    unsafe Unmanaged<RefusedRequests>.fromOpaque(owner).takeUnretainedValue()
                        .count += 1
                }
                // Not taken: libssh refuses and frees it.
                return 1
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Servers may ask for an answer again and again by a request that nobody knows.
    private static func mayBeKeepalive(_ message: OpaquePointer?) -> Bool {
        unsafe ssh_message_type(message) == CInt(SSH_REQUEST_CHANNEL.rawValue)
            && ssh_message_subtype(message) == CInt(SSH_CHANNEL_REQUEST_UNKNOWN.rawValue)
    }

    var areTooMany: Bool { count > Self.maximum }
}
