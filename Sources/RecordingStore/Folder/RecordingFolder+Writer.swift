internal import Glibc

extension RecordingFolder {
    // Constants of <fcntl.h>, which the Swift module of the C library does not bring.
    private static let setSignal: Int32 = 10
    private static let setLease: Int32 = 1024

    /// Whether somebody has a recording open for writing; nil where the file system does not say.
    ///
    /// Whoever cannot open it writes to it never again once nobody has. A descriptor on its way from
    /// one process to another counts as open. Asked is by a read lease (fcntl(2)), which the kernel gives
    /// only where there is no writer, and which goes with the descriptor at once.
    package func hasWriter(_ recording: String) throws(RecordingStoreError) -> Bool? {
        guard let path = try locate(recording) else { return nil }
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
        let file = try OwnedDescriptor.open(path, flags, path: path)
        // Whoever opens the file just now has a signal sent to us, which by default ends us; that one
        // is ignored unless somebody wants it.
        guard fcntl(file.number, Self.setSignal, SIGURG) == 0 else { return nil }
        if fcntl(file.number, Self.setLease, F_RDLCK) == 0 { return false }
        return errno == EAGAIN ? true : nil
    }
}
