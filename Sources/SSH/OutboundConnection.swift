import CLibSSH
import SSHWire

/// The SSH transport with a target: we are the client.
@safe
package final class OutboundConnection {
    package enum Progress: Hashable, Sendable {
        case done
        case again
    }

    package enum Authentication: Hashable, Sendable {
        case accepted
        case refused
        case again
    }

    let raw: OpaquePointer
    private let loop: EventLoop
    private let keepalives: Keepalives
    private var isInLoop = false
    private var key: OpaquePointer?
    private var channel: Channel?
    private var unopenedChannel: OpaquePointer?
    private let seam: CryptoSeam
    private let callbacks: UnsafeMutablePointer<ssh_callbacks_struct>
    private let traffic: Traffic
    private let requests: RefusedRequests

    /// The target's signature over the exchange hash of the first key exchange.
    package private(set) var hostKeySignature: VerifiedSignature?

    /// Takes over a connected socket.
    package init(
        adopting descriptor: CInt,
        login: String,
        hostKeyAlgorithms: [String],
        rekeyBytes: UInt64,
        rekeySeconds: UInt32,
        behind seam: CryptoSeam,
        in loop: EventLoop
    ) throws(SSHError) {
        guard let raw = unsafe ssh_new() else {
            throw .unavailable(reason: "no memory for a connection")
        }
        unsafe self.raw = raw
        self.loop = loop
        self.seam = seam
        unsafe traffic = Traffic(of: raw)
        unsafe keepalives = Keepalives(on: raw, counting: traffic)
        unsafe requests = RefusedRequests(of: raw)
        unsafe callbacks = .allocate(capacity: 1)
        unsafe callbacks.initialize(to: ssh_callbacks_struct())
        try configure(descriptor, login, hostKeyAlgorithms)
        watchKeyExchange()
        unsafe ssh_set_blocking(raw, 0)
        unsafe setRekeying(of: raw, bytes: rekeyBytes, seconds: rekeySeconds)
    }

    deinit {
        // A channel that was never opened goes with its connection.
        channel?.free()
        if isInLoop { unsafe loop.remove(raw) }
        unsafe ssh_free(raw)
        unsafe callbacks.deallocate()
        if let key = unsafe key { unsafe ssh_key_free(key) }
    }

    private func configure(
        _ descriptor: CInt,
        _ login: String,
        _ hostKeyAlgorithms: [String]
    ) throws(SSHError) {
        let options: [(CInt, String)] = unsafe [
            (sp_options_set_int(raw, SSH_OPTIONS_PROCESS_CONFIG, 0), "configuration"),
            // Never dialled: the socket is connected. libssh wants a name for its messages.
            (sp_options_set_text(raw, SSH_OPTIONS_HOST, "target"), "host"),
            (sp_options_set_text(raw, SSH_OPTIONS_USER, login), "login"),
            (sp_options_set_text(raw, SSH_OPTIONS_SSH_DIR, "/nonexistent"), "directory"),
            (sp_options_set_text(raw, SSH_OPTIONS_KNOWNHOSTS, "/dev/null"), "known hosts"),
            (
                sp_options_set_text(raw, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null"),
                "global known hosts"
            ),
            (
                sp_options_set_text(
                    raw,
                    SSH_OPTIONS_HOSTKEYS,
                    hostKeyAlgorithms.joined(separator: ",")
                ),
                "host key algorithms"
            ),
            (
                sp_options_set_text(raw, SSH_OPTIONS_KEY_EXCHANGE, Algorithms.outboundKeyExchange),
                "key exchange"
            ),
            (
                sp_options_set_text(raw, SSH_OPTIONS_CIPHERS_C_S, Algorithms.outboundCiphers),
                "ciphers"
            ),
            (
                sp_options_set_text(raw, SSH_OPTIONS_CIPHERS_S_C, Algorithms.outboundCiphers),
                "ciphers"
            ),
            (
                sp_options_set_text(raw, SSH_OPTIONS_HMAC_C_S, Algorithms.outboundAuthentication),
                "message authentication"
            ),
            (
                sp_options_set_text(raw, SSH_OPTIONS_HMAC_S_C, Algorithms.outboundAuthentication),
                "message authentication"
            ),
            (
                sp_options_set_text(raw, SSH_OPTIONS_COMPRESSION, Algorithms.compression),
                "compression"
            ),
            (
                sp_options_set_text(
                    raw,
                    SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES,
                    Algorithms.ownCertificate
                ),
                "own key type"
            ),
            (sp_options_set_int(raw, SSH_OPTIONS_FD, descriptor), "socket"),
        ]
        for (result, name) in options where result != SSH_OK {
            throw unsafe .failed(call: "ssh_options_set", reason: "\(name): \(reason(of: raw))")
        }
    }

    /// Keeps the target's signature apart as soon as libssh verified it.
    ///
    /// Status 1.0 is reported from the end of each key exchange, right after that verification, so the
    /// last signature that the seam saw is this transport's.
    private func watchKeyExchange() {
        unsafe sp_callbacks_init(callbacks)
        // SAFETY: the session, which calls back, is freed before `self` is.
        unsafe callbacks.pointee.userdata = Unmanaged.passUnretained(self).toOpaque()
        unsafe callbacks.pointee.connect_status_function = { owner, status in
            guard let owner = unsafe owner, status >= 1 else { return }
            let connection = unsafe Unmanaged<OutboundConnection>.fromOpaque(owner)
                .takeUnretainedValue()
            guard connection.hostKeySignature == nil else { return }
            connection.hostKeySignature = connection.seam.lastVerified
        }
        unsafe _ = ssh_set_callbacks(raw, callbacks)
    }

    package var isConnected: Bool { unsafe isAlive(raw) }

    package var endReason: String { unsafe reason(of: raw) }

    /// Whether the target ended the connection without saying that it does.
    package var isCutOff: Bool { !isConnected && !endReason.contains("SSH_MSG_DISCONNECT") }

    /// What the target does that no target does; nil while it does nothing of the kind.
    package var misbehaviour: String? {
        if traffic.isStuck { return "it does not read what it is sent" }
        if requests.areTooMany {
            return "it asks for more than \(RefusedRequests.maximum) things, all refused"
        }
        return channel?.isFlooded == true ? "it sends more than the flow window permits" : nil
    }

    /// Goes on with the first key exchange.
    package func connect() throws(SSHError) -> Progress {
        let result = unsafe ssh_connect(raw)
        if !isInLoop, result != SSH_ERROR {
            try unsafe loop.add(raw)
            isInLoop = true
        }
        switch result {
        case SSH_OK: return .done
        case SSH_AGAIN: return .again
        default: throw unsafe .failed(call: "key exchange", reason: reason(of: raw))
        }
    }

    /// The host key that the target proved it has, as RFC 4253 §6.6 encodes it.
    package func hostKey() throws(SSHError) -> [UInt8] {
        var key: OpaquePointer?
        guard unsafe ssh_get_server_publickey(raw, &key) == SSH_OK, let key = unsafe key else {
            throw unsafe .failed(call: "ssh_get_server_publickey", reason: reason(of: raw))
        }
        defer { unsafe ssh_key_free(key) }
        guard let blob = unsafe keyBlob(of: key) else {
            throw .failed(call: "ssh_pki_export_pubkey_base64", reason: "host key")
        }
        return blob
    }

    /// Takes the certificate to sign in with; its private key is elsewhere, behind the seam.
    package func use(certificate: [UInt8], publicKey: [UInt8]) throws(SSHError) {
        let key = unsafe try SeedlessKey.imported(publicKey: publicKey, as: "session key")
        unsafe self.key = key
        var certificateKey: OpaquePointer?
        let result = unsafe ssh_pki_import_cert_base64(
            Base64.encode(certificate),
            ssh_key_type_from_name(Algorithms.ownCertificate),
            &certificateKey
        )
        guard result == SSH_OK, let certificateKey = unsafe certificateKey else {
            throw .failed(call: "ssh_pki_import_cert_base64", reason: "certificate")
        }
        defer { unsafe ssh_key_free(certificateKey) }
        guard unsafe ssh_pki_copy_cert_to_privkey(certificateKey, key) == SSH_OK else {
            throw .failed(call: "ssh_pki_copy_cert_to_privkey", reason: "certificate")
        }
    }

    package func authenticate() throws(SSHError) -> Authentication {
        guard let key = unsafe key else {
            preconditionFailure("a certificate is handed over before authentication")
        }
        switch unsafe ssh_userauth_publickey(raw, nil, key) {
        case Int32(SSH_AUTH_SUCCESS.rawValue): return .accepted
        case Int32(SSH_AUTH_AGAIN.rawValue): return .again
        case Int32(SSH_AUTH_ERROR.rawValue):
            throw unsafe .failed(call: "authentication", reason: reason(of: raw))
        default: return .refused
        }
    }

    /// Opens the one session channel of this transport.
    package func openChannel() throws(SSHError) -> Channel? {
        if let channel { return channel }
        if unsafe unopenedChannel == nil {
            unsafe unopenedChannel = ssh_channel_new(raw)
        }
        guard let opening = unsafe unopenedChannel else {
            throw .unavailable(reason: "no memory for a channel")
        }
        switch unsafe ssh_channel_open_session(opening) {
        case SSH_OK:
            unsafe unopenedChannel = nil
            let adopted = unsafe Channel(adopting: opening, of: raw)
            channel = adopted
            return adopted
        case SSH_AGAIN: return nil
        default: throw unsafe .failed(call: "channel", reason: reason(of: raw))
        }
    }

    package func requestTerminal(
        type: String,
        columns: UInt32,
        rows: UInt32
    ) throws(SSHError) -> Progress {
        try request("pty-req") { channel in
            unsafe ssh_channel_request_pty_size(channel.raw, type, CInt(columns), CInt(rows))
        }
    }

    package func requestExec(_ commandLine: String) throws(SSHError) -> Progress {
        try request("exec") { channel in
            unsafe ssh_channel_request_exec(channel.raw, commandLine)
        }
    }

    package func requestShell() throws(SSHError) -> Progress {
        try request("shell") { channel in unsafe ssh_channel_request_shell(channel.raw) }
    }

    package func requestSubsystem(_ name: String) throws(SSHError) -> Progress {
        try request("subsystem") { channel in
            unsafe ssh_channel_request_subsystem(channel.raw, name)
        }
    }

    /// One request at a time, called again until it is answered.
    private func request(
        _ name: String,
        _ call: (Channel) -> CInt
    ) throws(SSHError) -> Progress {
        guard let channel else { preconditionFailure("a channel is open before its requests") }
        switch call(channel) {
        case SSH_OK: return .done
        case SSH_AGAIN: return .again
        default: throw unsafe .failed(call: name, reason: reason(of: raw))
        }
    }

    /// How many packets came from the target.
    package var receivedPackets: UInt64 { traffic.receivedPackets }

    package func sendKeepalive() { keepalives.send() }

    package func disconnect() {
        // libssh frees the channels of a connection with it, callbacks and all.
        channel?.free()
        unsafe ssh_disconnect(raw)
    }
}
