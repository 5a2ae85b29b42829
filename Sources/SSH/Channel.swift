import CLibSSH

/// One session channel of a connection, on either leg.
///
/// Callbacks only append to a buffer of fixed capacity or note what happened; whoever owns the
/// channel looks at it between two turns of the loop. A channel must be closed by `free` before its
/// connection goes.
@safe
package final class Channel {
    /// LIMIT: what one turn of the loop takes from libssh; the rest stays in its flow window.
    package static let inboxCapacity = 256 * 1024
    /// LIMIT: signals that wait to be looked at; a client that sends more is not listened to.
    static let waitingSignals = 16
    /// LIMIT: what libssh holds back of one channel.
    ///
    /// Its flow window is 1.25 MiB, but it takes what comes beyond, and opens the window anew while one
    /// of the two streams has little waiting.
    static let maximumHeldBytes = 32 << 20

    /// What the peer said of its program's end (RFC 4254 §6.10).
    package enum Exit: Hashable, Sendable {
        case status(UInt32)
        case signal(name: String, coreDumped: Bool, message: String)
    }

    let raw: OpaquePointer
    private let session: OpaquePointer
    private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>
    private var isFreed = false

    /// What came and was not taken yet.
    package var inbox = StreamBuffer()
    /// libssh keeps bytes that did not fit the inbox.
    private var isHeld = false
    /// How many those are, of each stream.
    private var heldBytes = 0
    private var heldErrorBytes = 0
    /// How many of them came before the peer said that nothing more comes.
    private var heldAtEnd = 0
    private var heldErrorsAtEnd = 0
    /// Nobody will take what comes.
    private var isAbandoned = false
    package private(set) var hasEnded = false
    package private(set) var isClosedByPeer = false
    package private(set) var exit: Exit?
    private var signals: [String] = []

    /// Takes over a channel of libssh's, and with it what libssh says of it from now on.
    init(adopting raw: OpaquePointer, of session: OpaquePointer) {
        unsafe self.raw = raw
        unsafe self.session = session
        unsafe callbacks = .allocate(capacity: 1)
        unsafe callbacks.initialize(to: ssh_channel_callbacks_struct())
        unsafe sp_channel_callbacks_init(callbacks)
        // SAFETY: `free` takes the callbacks out before this object goes.
        unsafe callbacks.pointee.userdata = Unmanaged.passUnretained(self).toOpaque()
        setCallbacks()
        unsafe ssh_set_channel_callbacks(raw, callbacks)
        // What came together with the channel itself was kept before there were callbacks.
        heldBytes = unsafe max(0, Int(ssh_channel_poll(raw, 0)))
        heldErrorBytes = unsafe max(0, Int(ssh_channel_poll(raw, 1)))
        isHeld = heldBytes + heldErrorBytes > 0
    }

    deinit {
        precondition(isFreed, "a channel is freed before its connection is")
        unsafe callbacks.deallocate()
    }

    private func setCallbacks() {
        unsafe callbacks.pointee.channel_data_function = { _, _, data, count, isError, owner in
            guard let owner = unsafe owner, let data = unsafe data else { return 0 }
            let channel = unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue()
            return unsafe channel.received(
                UnsafeRawBufferPointer(start: data, count: Int(count)),
                isError: isError != 0
            )
        }
        unsafe callbacks.pointee.channel_eof_function = { _, _, owner in
            guard let owner = unsafe owner else { return }
            unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue().ended()
        }
        unsafe callbacks.pointee.channel_close_function = { _, _, owner in
            guard let owner = unsafe owner else { return }
            unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue().isClosedByPeer = true
        }
        unsafe callbacks.pointee.channel_signal_function = { _, _, name, owner in
            guard let owner = unsafe owner, let name = unsafe name else { return }
            let channel = unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue()
            unsafe channel.signalled(String(cString: name))
        }
        unsafe callbacks.pointee.channel_exit_status_function = { _, _, status, owner in
            guard let owner = unsafe owner else { return }
            let channel = unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue()
            channel.exit = .status(UInt32(bitPattern: status))
        }
        unsafe callbacks.pointee.channel_exit_signal_function = {
            _,
            _,
            name,
            coreDumped,
            message,
            _,
            owner in
            guard let owner = unsafe owner, let name = unsafe name else { return }
            let channel = unsafe Unmanaged<Channel>.fromOpaque(owner).takeUnretainedValue()
            channel.exit = unsafe .signal(
                name: String(cString: name),
                coreDumped: coreDumped != 0,
                message: message.map { unsafe String(cString: $0) } ?? ""
            )
        }
        // None for `auth-agent-req@openssh.com`: that there is one grants it.
    }

    /// The peer says that nothing more comes (RFC 4254 §5.3).
    func ended() {
        guard !hasEnded else { return }
        hasEnded = true
        (heldAtEnd, heldErrorsAtEnd) = (heldBytes, heldErrorBytes)
    }

    /// libssh hands over what came of one stream; takes all of it or nothing.
    ///
    /// What comes behind the end is nobody's, and is thrown away, as OpenSSH does: the other side was
    /// told of the end already, and libssh writes nothing after it.
    func received(_ bytes: UnsafeRawBufferPointer, isError: Bool) -> CInt {
        if hasEnded, (isError ? heldErrorsAtEnd : heldAtEnd) == 0 { return CInt(bytes.count) }
        // All or nothing: what libssh keeps, it keeps in its flow window, in order.
        // It is told again of what it kept, whole.
        guard !isHeld, !isAbandoned, inbox.count + bytes.count <= Self.inboxCapacity else {
            isHeld = true
            if isError { heldErrorBytes = bytes.count } else { heldBytes = bytes.count }
            return 0
        }
        unsafe inbox.append(bytes, isError: isError)
        return CInt(bytes.count)
    }

    func signalled(_ name: String) {
        if signals.count < Self.waitingSignals { signals.append(name) }
    }

    /// The client's `signal` requests since the last call.
    package func takeSignals() -> [String] {
        defer { signals.removeAll() }
        return signals
    }

    /// Takes what libssh kept back, once the inbox is empty: everything in one read.
    ///
    /// Reading in small pieces would let the flow window grow without end.
    package func resume() {
        guard !isFreed, !isAbandoned, isHeld, inbox.isEmpty else { return }
        isHeld = false
        for isError in [false, true] {
            let waiting = unsafe ssh_channel_poll(raw, isError ? 1 : 0)
            let wanted = takeHeldCount(isError: isError)
            guard waiting > 0 else { continue }
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(waiting)) { space, count in
                let read = unsafe ssh_channel_read_nonblocking(
                    raw,
                    space.baseAddress,
                    UInt32(waiting),
                    isError ? 1 : 0
                )
                count = max(0, Int(read))
            }
            inbox.append(bytes.prefix(wanted), isError: isError)
        }
    }

    /// How much of what libssh kept of a stream is to be taken; from here on it keeps nothing.
    private func takeHeldCount(isError: Bool) -> Int {
        let wanted = hasEnded ? (isError ? heldErrorsAtEnd : heldAtEnd) : .max
        if isError {
            (heldErrorBytes, heldErrorsAtEnd) = (0, 0)
        } else {
            (heldBytes, heldAtEnd) = (0, 0)
        }
        return wanted
    }

    /// Whether the peer sent far more than was taken.
    var isFlooded: Bool { heldBytes + heldErrorBytes > Self.maximumHeldBytes }

    /// Whether everything that the peer will ever send has been taken.
    package var isDrained: Bool { inbox.isEmpty && !isHeld }

    package var isOpen: Bool { unsafe !isFreed && ssh_channel_is_open(raw) != 0 }

    /// Writes as much as the flow window and the socket take now, and tells how much that was.
    package func write(_ bytes: ArraySlice<UInt8>, isError: Bool = false) -> Int {
        guard !bytes.isEmpty, isOpen,
            unsafe ssh_get_poll_flags(session) & CInt(SSH_WRITE_PENDING) == 0
        else { return 0 }
        let room = min(bytes.count, Int(unsafe ssh_channel_window_size(raw)))
        guard room > 0 else { return 0 }
        let written = unsafe bytes.withUnsafeBytes { bytes in
            isError
                ? unsafe ssh_channel_write_stderr(raw, bytes.baseAddress, UInt32(room))
                : unsafe ssh_channel_write(raw, bytes.baseAddress, UInt32(room))
        }
        return max(0, Int(written))
    }

    private var hasSentEnd = false

    /// `SSH_MSG_CHANNEL_EOF`: nothing more is written.
    ///
    /// Said once, however often it is called.
    package func sendEnd() {
        guard isOpen, !hasSentEnd else { return }
        hasSentEnd = true
        unsafe _ = ssh_channel_send_eof(raw)
    }

    /// Says how the program ended; a peer that closed the channel already still takes it.
    package func send(_ exit: Exit) {
        guard !isFreed, unsafe ssh_is_connected(session) != 0 else { return }
        switch exit {
        case .status(let status):
            unsafe _ = ssh_channel_request_send_exit_status(raw, CInt(bitPattern: status))
        case .signal(let name, let coreDumped, let message):
            unsafe _ = ssh_channel_request_send_exit_signal(
                raw,
                name,
                coreDumped ? 1 : 0,
                message,
                ""
            )
        }
    }

    /// Says that nothing more comes and that nothing more is read.
    ///
    /// libssh says the first, and leaves it at that where the socket takes no more just then: the second
    /// call says the rest, or nothing where all is said.
    package func close() {
        guard !isFreed else { return }
        if unsafe ssh_channel_close(raw) == SSH_AGAIN { unsafe _ = ssh_channel_close(raw) }
    }

    /// Closes the channel and lets nobody hear of it any more.
    ///
    /// It stays until the peer has closed it too: libssh keeps it that long, with what still comes,
    /// and would take another one at its address for it.
    func abandon() {
        close()
        isAbandoned = true
        inbox.removeAll()
    }

    var isReleasedByBoth: Bool { isAbandoned && isClosedByPeer }

    package func changeTerminal(columns: UInt32, rows: UInt32) {
        guard isOpen else { return }
        unsafe _ = ssh_channel_change_pty_size(raw, CInt(columns), CInt(rows))
    }

    /// Gives the channel back to libssh.
    ///
    /// Nothing else may be called afterwards.
    package func free() {
        guard !isFreed else { return }
        isFreed = true
        unsafe _ = ssh_remove_channel_callbacks(raw, callbacks)
        unsafe ssh_channel_free(raw)
    }
}
