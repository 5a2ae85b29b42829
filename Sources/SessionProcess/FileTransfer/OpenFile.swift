import Recording
import SSH

/// A file or directory that an SFTP client has open, and what was moved of it.
struct OpenFile {
    /// One direction.
    private struct Flow {
        var bytes: UInt64 = 0
        var next: UInt64 = 0
        /// Nil once the order was left.
        var hash: SHA256Hash? = SHA256Hash()

        mutating func moved(_ data: ArraySlice<UInt8>, at offset: UInt64) {
            bytes += UInt64(data.count)
            guard offset == next else {
                hash = nil
                return
            }
            next = offset &+ UInt64(data.count)
            hash?.update(data)
        }
    }

    let handle: [UInt8]
    /// Nil where nothing is told of it: a directory, or a file whose path is too long.
    private let path: [UInt8]?
    private var read: Flow?
    private var written: Flow?

    init(handle: [UInt8], path: [UInt8]?) {
        self.handle = handle
        self.path = path
    }

    mutating func moved(
        _ direction: Fact.MovedFile.Direction,
        _ data: ArraySlice<UInt8>,
        at offset: UInt64
    ) {
        guard path != nil else { return }
        switch direction {
        case .read:
            if read == nil { read = Flow() }
            read?.moved(data, at: offset)
        case .write:
            if written == nil { written = Flow() }
            written?.moved(data, at: offset)
        }
    }

    /// Whatever follows is not seen, so that there is no digest of the whole.
    mutating func leave() {
        read?.hash = nil
        written?.hash = nil
    }

    /// What is to be recorded of it.
    var facts: [Fact] {
        [(Fact.MovedFile.Direction.read, read), (.write, written)].compactMap { direction, flow in
            guard let path, let flow else { return nil }
            return .file(
                Fact.MovedFile(
                    path: path,
                    direction: direction,
                    bytes: flow.bytes,
                    sha256: flow.hash?.finish().hex
                )
            )
        }
    }
}
