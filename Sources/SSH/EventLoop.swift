import CLibSSH
import Glibc

/// The one poll loop of a session process: both legs and the socket to the authority.
@safe
package final class EventLoop {
    private let raw: OpaquePointer
    private var watched: [Watched] = []

    /// A descriptor of ours in libssh's poll set, and whether it had something to read.
    package final class Watched {
        package let descriptor: CInt
        package fileprivate(set) var isReadable = false

        fileprivate init(_ descriptor: CInt) { self.descriptor = descriptor }

        /// Tells whether there was something to read, and forgets it.
        package func takeReadable() -> Bool {
            defer { isReadable = false }
            return isReadable
        }
    }

    package init() throws(SSHError) {
        guard let raw = unsafe ssh_event_new() else {
            throw .unavailable(reason: "no memory for an event loop")
        }
        unsafe self.raw = raw
    }

    deinit { unsafe ssh_event_free(raw) }

    /// Watches a descriptor for something to read.
    package func watch(_ descriptor: CInt) throws(SSHError) -> Watched {
        let entry = Watched(descriptor)
        // SAFETY: `watched` keeps the entry for as long as the loop has the descriptor.
        let result = unsafe ssh_event_add_fd(
            raw,
            descriptor,
            Int16(POLLIN),
            { _, _, owner in
                guard let owner = unsafe owner else { return 0 }
                unsafe Unmanaged<Watched>.fromOpaque(owner).takeUnretainedValue().isReadable = true
                return 0
            },
            Unmanaged.passUnretained(entry).toOpaque()
        )
        guard result == SSH_OK else {
            throw .failed(call: "ssh_event_add_fd", reason: "descriptor \(descriptor)")
        }
        watched.append(entry)
        return entry
    }

    /// Watches it no more: one whose other end is closed would have something to read for ever.
    package func forget(_ entry: Watched) {
        unsafe _ = ssh_event_remove_fd(raw, entry.descriptor)
        watched.removeAll { $0 === entry }
    }

    func add(_ session: OpaquePointer) throws(SSHError) {
        guard unsafe ssh_event_add_session(raw, session) == SSH_OK else {
            throw unsafe .failed(call: "ssh_event_add_session", reason: reason(of: session))
        }
    }

    func remove(_ session: OpaquePointer) {
        // A session whose socket libssh closed is out already, which is all that can go wrong.
        unsafe _ = ssh_event_remove_session(raw, session)
    }

    /// LIMIT: reads of one turn; libssh takes 4 KiB a read, and so many fill an inbox.
    static let readsPerTurn = 64

    /// Waits for something to happen, at most as long as told, and lets libssh work on it.
    ///
    /// What is there already is taken with it, so that a sync of the recording serves more than one
    /// read.
    ///
    /// - Returns: How often something was there.
    @discardableResult
    package func poll(milliseconds: Int32) -> Int {
        // An error is one connection's, and shows in that connection's own state.
        guard unsafe ssh_event_dopoll(raw, milliseconds) == SSH_OK else { return 0 }
        for reads in 1..<Self.readsPerTurn {
            guard !watched.contains(where: \.isReadable),
                unsafe ssh_event_dopoll(raw, 0) == SSH_OK
            else { return reads }
        }
        return Self.readsPerTurn
    }
}
