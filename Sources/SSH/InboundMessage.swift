import CLibSSH

/// What a client asked for, pulled from its connection one at a time.
package enum InboundMessage {
    /// `SSH_MSG_SERVICE_REQUEST` (RFC 4253 §10).
    case service(PendingMessage)
    /// `SSH_MSG_USERAUTH_REQUEST` (RFC 4252 §5).
    case signIn(SignInAttempt, PendingMessage)
    /// `SSH_MSG_CHANNEL_OPEN` of type `session`.
    case openSession(PendingMessage)
    /// `SSH_MSG_CHANNEL_OPEN` of another type; the description is for the audit trail.
    case openOther(description: String, PendingMessage)
    /// `SSH_MSG_CHANNEL_REQUEST` (RFC 4254 §6).
    case channel(Channel, ChannelRequest, PendingMessage)
    /// `SSH_MSG_GLOBAL_REQUEST` (RFC 4254 §4).
    case global(description: String, isForward: Bool, PendingMessage)
    /// Anything else, which is refused.
    case unknown(PendingMessage)
}

/// One try to sign in.
package struct SignInAttempt: Hashable, Sendable {
    package enum Method: Hashable, Sendable {
        /// Without a signature: may this key sign in?
        case keyOffer(blob: [UInt8])
        /// With a signature that libssh found good.
        case signedKey(blob: [UInt8])
        case other
    }

    /// Nil where it is no text.
    package let user: String?
    package let method: Method

    package init(user: String?, method: Method) {
        self.user = user
        self.method = method
    }
}

/// A request on a session channel.
package enum ChannelRequest: Hashable, Sendable {
    case terminal(type: String, columns: UInt32, rows: UInt32)
    case exec(commandLine: [UInt8])
    case shell
    case subsystem(name: String)
    case environment(name: String, value: [UInt8])
    case windowChange(columns: UInt32, rows: UInt32)
    case x11
    case unknown
}

/// A message of libssh that waits for its answer and is freed exactly once.
@safe
package final class PendingMessage {
    fileprivate let raw: OpaquePointer

    init(adopting raw: OpaquePointer) { unsafe self.raw = raw }

    deinit { unsafe ssh_message_free(raw) }

    /// Refuses in the way that fits the kind of message.
    package func refuse() {
        unsafe _ = ssh_message_reply_default(raw)
    }

    /// Refuses a channel and says why, as clients show it.
    func refuseChannel(because description: String) {
        precondition(description.utf8.count <= Int(SP_REFUSAL_BYTES), "a refusal is one sentence")
        // SAFETY: libssh copies the text into the packet before the call is over.
        unsafe _ = sp_refuse_channel(raw, description)
    }

    package func acceptService() {
        unsafe _ = ssh_message_service_reply_success(raw)
    }

    package func acceptKeyOffer() {
        unsafe _ = ssh_message_auth_reply_pk_ok_simple(raw)
    }

    package func acceptSignIn() {
        unsafe _ = ssh_message_auth_reply_success(raw, 0)
    }

    /// Refuses a try to sign in and says that a public key is the way.
    package func refuseSignIn() {
        unsafe _ = ssh_message_auth_set_methods(raw, CInt(SSH_AUTH_METHOD_PUBLICKEY))
        unsafe _ = ssh_message_reply_default(raw)
    }

    package func acceptChannelRequest() {
        unsafe _ = ssh_message_channel_request_reply_success(raw)
    }

    func acceptChannel() -> OpaquePointer? {
        unsafe ssh_message_channel_request_open_reply_accept(raw)
    }
}

/// The C getters of a message, turned into values.
extension PendingMessage {
    var kind: CInt { unsafe ssh_message_type(raw) }

    var subkind: CInt { unsafe ssh_message_subtype(raw) }

    var requestChannel: OpaquePointer? {
        unsafe ssh_message_channel_request_channel(raw)
    }

    var signInAttempt: SignInAttempt {
        let user = unsafe text(ssh_message_auth_user(raw))
        guard subkind == CInt(SSH_AUTH_METHOD_PUBLICKEY),
            let key = unsafe ssh_message_auth_pubkey(raw), let blob = unsafe keyBlob(of: key)
        else { return SignInAttempt(user: user, method: .other) }
        return switch unsafe ssh_message_auth_publickey_state(raw) {
        case SSH_PUBLICKEY_STATE_NONE: SignInAttempt(user: user, method: .keyOffer(blob: blob))
        case SSH_PUBLICKEY_STATE_VALID: SignInAttempt(user: user, method: .signedKey(blob: blob))
        default: SignInAttempt(user: user, method: .other)
        }
    }

    var channelRequest: ChannelRequest {
        switch UInt32(bitPattern: subkind) {
        case SSH_CHANNEL_REQUEST_PTY.rawValue:
            .terminal(
                type: unsafe text(ssh_message_channel_request_pty_term(raw)) ?? "",
                columns: unsafe cells(ssh_message_channel_request_pty_width(raw)),
                rows: unsafe cells(ssh_message_channel_request_pty_height(raw))
            )
        case SSH_CHANNEL_REQUEST_EXEC.rawValue:
            .exec(commandLine: unsafe bytes(ssh_message_channel_request_command(raw)))
        case SSH_CHANNEL_REQUEST_SHELL.rawValue:
            .shell
        case SSH_CHANNEL_REQUEST_ENV.rawValue:
            .environment(
                name: unsafe text(ssh_message_channel_request_env_name(raw)) ?? "",
                value: unsafe bytes(ssh_message_channel_request_env_value(raw))
            )
        case SSH_CHANNEL_REQUEST_SUBSYSTEM.rawValue:
            .subsystem(name: unsafe text(ssh_message_channel_request_subsystem(raw)) ?? "")
        case SSH_CHANNEL_REQUEST_WINDOW_CHANGE.rawValue:
            .windowChange(
                columns: unsafe cells(ssh_message_channel_request_pty_width(raw)),
                rows: unsafe cells(ssh_message_channel_request_pty_height(raw))
            )
        case SSH_CHANNEL_REQUEST_X11.rawValue:
            .x11
        default:
            .unknown
        }
    }

    /// What a channel that is not a session would lead to.
    var openDescription: String {
        switch UInt32(bitPattern: subkind) {
        case SSH_CHANNEL_DIRECT_TCPIP.rawValue:
            destination("direct-tcpip to")
        case SSH_CHANNEL_FORWARDED_TCPIP.rawValue:
            destination("forwarded-tcpip to")
        case SSH_CHANNEL_X11.rawValue: "x11"
        default: "unknown channel type"
        }
    }

    private func destination(_ kind: String) -> String {
        let host = unsafe bytes(ssh_message_channel_request_open_destination(raw))
        let port = unsafe ssh_message_channel_request_open_destination_port(raw)
        return "\(kind) \(String(decoding: host, as: UTF8.self)):\(port)"
    }

    var globalDescription: (text: String, isForward: Bool) {
        switch UInt32(bitPattern: subkind) {
        case SSH_GLOBAL_REQUEST_TCPIP_FORWARD.rawValue:
            let address = unsafe text(ssh_message_global_request_address(raw)) ?? ""
            let port = unsafe ssh_message_global_request_port(raw)
            return ("tcpip-forward from \(address):\(port)", true)
        case SSH_GLOBAL_REQUEST_CANCEL_TCPIP_FORWARD.rawValue:
            return ("cancel-tcpip-forward", true)
        default: return ("global request", false)
        }
    }

    private func text(_ raw: UnsafePointer<CChar>?) -> String? {
        guard let raw = unsafe raw else { return nil }
        return unsafe String(validatingCString: raw)
    }

    private func bytes(_ raw: UnsafePointer<CChar>?) -> [UInt8] {
        guard let raw = unsafe raw else { return [] }
        var bytes: [UInt8] = []
        var position = 0
        while true {
            let byte = unsafe UInt8(bitPattern: raw[position])
            guard byte != 0 else { return bytes }
            bytes.append(byte)
            position += 1
        }
    }

    private func cells(_ count: CInt) -> UInt32 {
        UInt32(clamping: min(count, 65_535))
    }
}
