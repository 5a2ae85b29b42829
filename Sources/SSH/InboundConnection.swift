import CLibSSH
import Glibc

/// The SSH transport with a client: we are the server.
@safe
package final class InboundConnection {
    let raw: OpaquePointer
    private let bind: OpaquePointer
    private let loop: EventLoop
    private let keepalives: Keepalives
    private var isInLoop = false
    /// By the address of libssh's own channel, which a message names.
    private var channels: [Int: Channel] = [:]
    private let traffic: Traffic

    /// Takes over a connected socket.
    ///
    /// The host key is the 32 bytes of an Ed25519 public half; whoever installed the seam signs.
    package init(
        adopting descriptor: CInt,
        hostKey: [UInt8],
        rekeyBytes: UInt64,
        rekeySeconds: UInt32,
        in loop: EventLoop
    ) throws(SSHError) {
        guard let bind = unsafe ssh_bind_new(), let raw = unsafe ssh_new() else {
            throw .unavailable(reason: "no memory for a connection")
        }
        unsafe self.raw = raw
        unsafe self.bind = bind
        self.loop = loop
        unsafe traffic = Traffic(of: raw)
        unsafe keepalives = Keepalives(on: raw, counting: traffic)
        try configure(hostKey: hostKey)
        guard unsafe ssh_bind_accept_fd(bind, raw, descriptor) == SSH_OK else {
            throw unsafe .failed(call: "ssh_bind_accept_fd", reason: reason(of: bind))
        }
        // There is no such option of a bind, and libssh's own default offers zlib.
        guard
            unsafe sp_options_set_text(raw, SSH_OPTIONS_COMPRESSION, Algorithms.compression)
                == SSH_OK
        else {
            throw unsafe .failed(call: "ssh_options_set", reason: "compression: \(reason(of: raw))")
        }
        unsafe ssh_set_blocking(raw, 0)
        // For the answers that libssh gives by itself, to GSSAPI.
        unsafe ssh_set_auth_methods(raw, CInt(SSH_AUTH_METHOD_PUBLICKEY))
        unsafe setRekeying(of: raw, bytes: rekeyBytes, seconds: rekeySeconds)
    }

    deinit {
        for channel in channels.values { channel.free() }
        if isInLoop { unsafe loop.remove(raw) }
        unsafe ssh_free(raw)
        unsafe ssh_bind_free(bind)
    }

    private func configure(hostKey: [UInt8]) throws(SSHError) {
        let key = unsafe try SeedlessKey.imported(publicKey: hostKey, as: "host key")
        let options: [(CInt, String)] = unsafe [
            (sp_bind_set_bool(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, 0), "configuration"),
            (
                sp_bind_set_text(
                    bind,
                    SSH_BIND_OPTIONS_KEY_EXCHANGE,
                    Algorithms.inboundKeyExchange
                ), "key exchange"
            ),
            (
                sp_bind_set_text(bind, SSH_BIND_OPTIONS_CIPHERS_C_S, Algorithms.inboundCiphers),
                "ciphers"
            ),
            (
                sp_bind_set_text(bind, SSH_BIND_OPTIONS_CIPHERS_S_C, Algorithms.inboundCiphers),
                "ciphers"
            ),
            (
                sp_bind_set_text(bind, SSH_BIND_OPTIONS_HMAC_C_S, Algorithms.inboundAuthentication),
                "message authentication"
            ),
            (
                sp_bind_set_text(bind, SSH_BIND_OPTIONS_HMAC_S_C, Algorithms.inboundAuthentication),
                "message authentication"
            ),
            (
                sp_bind_set_text(
                    bind,
                    SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES,
                    Algorithms.clientKeys
                ),
                "client key types"
            ),
            (
                sp_bind_set_text(bind, SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519"),
                "host key algorithm"
            ),
            // Takes the key over; frees nothing that was there before.
            (sp_bind_set_key(bind, key), "host key"),
        ]
        for (result, name) in options where result != SSH_OK {
            throw unsafe .failed(call: "ssh_bind_options_set", reason: name)
        }
    }

    /// Goes on with the first key exchange; true once it is done.
    package func exchangeKeys() throws(SSHError) -> Bool {
        let result = unsafe ssh_handle_key_exchange(raw)
        if !isInLoop {
            // Before this first call libssh has no poll context that the loop could take over.
            try unsafe loop.add(raw)
            isInLoop = true
        }
        switch result {
        case SSH_OK: return true
        case SSH_AGAIN: return false
        default: throw unsafe .failed(call: "key exchange", reason: reason(of: raw))
        }
    }

    package var isConnected: Bool { unsafe isAlive(raw) }

    /// Why the connection is gone, as far as libssh knows.
    package var endReason: String { unsafe reason(of: raw) }

    /// The next thing that the client asked for.
    package func nextMessage() -> InboundMessage? {
        while let pulled = unsafe ssh_message_get(raw) {
            if let message = understood(unsafe PendingMessage(adopting: pulled)) { return message }
        }
        return nil
    }

    /// Nil where the message is dropped.
    private func understood(_ message: PendingMessage) -> InboundMessage? {
        switch UInt32(bitPattern: message.kind) {
        case SSH_REQUEST_SERVICE.rawValue:
            return .service(message)
        case SSH_REQUEST_AUTH.rawValue:
            return .signIn(message.signInAttempt, message)
        case SSH_REQUEST_CHANNEL_OPEN.rawValue:
            guard UInt32(bitPattern: message.subkind) == SSH_CHANNEL_SESSION.rawValue else {
                return .openOther(description: message.openDescription, message)
            }
            return .openSession(message)
        case SSH_REQUEST_CHANNEL.rawValue:
            // SAFETY: libssh may have freed a channel that we do not hold, and reads it for an answer;
            // to free the message does not. A channel that is gone needs no answer.
            guard let raw = unsafe message.requestChannel,
                let channel = channels[Int(bitPattern: raw)]
            else { return nil }
            return .channel(channel, message.channelRequest, message)
        case SSH_REQUEST_GLOBAL.rawValue:
            let (text, isForward) = message.globalDescription
            return .global(description: text, isForward: isForward, message)
        default:
            return .unknown(message)
        }
    }

    package func accept(_ message: PendingMessage) -> Channel? {
        guard let channel = unsafe message.acceptChannel() else { return nil }
        let adopted = unsafe Channel(adopting: channel, of: raw)
        channels[Int(bitPattern: channel)] = adopted
        return adopted
    }

    /// Closes a channel that nobody serves any more.
    package func release(_ channel: Channel) {
        channel.abandon()
    }

    /// Channels that the client has not closed, whether they are served or not.
    package var openChannels: Int { channels.values.count { !$0.isClosedByPeer } }

    /// Gives released channels back to libssh that the client closed too.
    ///
    /// To be called when `nextMessage` had nothing: a message that waits may name its channel.
    package func freeReleasedChannels() {
        for (address, channel) in channels where channel.isReleasedByBoth {
            channels[address] = nil
            channel.free()
        }
    }

    /// Packets of every kind, those included of which libssh tells nobody.
    package var receivedPackets: UInt64 { traffic.receivedPackets }

    /// What the client does that no client does; nil while it does nothing of the kind.
    package var misbehaviour: String? {
        if traffic.isStuck { return "it does not read what it is sent" }
        if channels.values.contains(where: \.isFlooded) {
            return "it sends more than the flow window permits"
        }
        return nil
    }

    package func sendKeepalive() { keepalives.send() }

    /// Refuses a channel and says why.
    ///
    /// Where libssh keeps its packets to itself, the text goes ahead as `SSH_MSG_DEBUG`, which a client
    /// shows when it is asked to be verbose.
    package func refuse(_ message: PendingMessage, because description: String) {
        if sp_refusals_are_described() == 0 {
            unsafe _ = ssh_send_debug(raw, description, 1)
        }
        message.refuseChannel(because: description)
    }

    /// `SSH_MSG_DISCONNECT` with a reason, then the end of the socket.
    ///
    /// Who has not said yet which protocol it speaks reads the reason as a line.
    package func disconnect(_ text: String) {
        // libssh frees the channels of a connection with it, callbacks and all.
        for channel in channels.values { channel.free() }
        channels.removeAll()
        guard unsafe ssh_get_clientbanner(raw) != nil else {
            writeLine(text)
            return unsafe ssh_silent_disconnect(raw)
        }
        unsafe _ = ssh_session_set_disconnect_message(raw, text)
        unsafe ssh_disconnect(raw)
    }

    /// Past libssh, behind our own version; where that is possible at once, and else not.
    private func writeLine(_ text: String) {
        guard isConnected, !hasUnsentBytes else { return }
        let bytes = text.utf8.map { $0 < 0x20 ? 0x20 : $0 } + Array("\r\n".utf8)
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
        _ = unsafe send(ssh_get_fd(raw), bytes, bytes.count, flags)
    }

    package var hasUnsentBytes: Bool {
        unsafe ssh_get_poll_flags(raw) & CInt(SSH_WRITE_PENDING) != 0
    }
}
