import Glibc
import Synchronization

/// Keeps a second authority from a store: it would take the sessions of the first for leftovers of
/// a crash.
///
/// The kernel lets go of it when the process ends, however it ends.
final class InstanceLock: Sendable {
    private let descriptor: Mutex<CInt?>

    init(for database: String) throws(StoreError) {
        let path = database + ".lock"
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe open(path, flags, 0o600)
        guard descriptor >= 0 else { throw DatabaseFile.failure(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure: StoreError =
                errno == EWOULDBLOCK ? .inUse(path: database) : DatabaseFile.failure(path)
            Glibc.close(descriptor)
            throw failure
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// The file stays: to remove it would let two processes lock two files of one name.
    func release() {
        descriptor.withLock { held in
            if let descriptor = held {
                // Closing alone would leave it locked for as long as a child that another thread has
                // just forked, and that has not reached its `exec`, holds the same open file.
                flock(descriptor, LOCK_UN)
                Glibc.close(descriptor)
            }
            held = nil
        }
    }
}
