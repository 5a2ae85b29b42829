import Recording
import SSH
import SSHWire

/// Watches both directions of an SFTP session and tells which files were moved, with their digests.
///
/// It only watches: what it cannot follow it reports as such, and nothing is held back. Data that is
/// not read or written from front to back has no digest of the file, so it has none here.
final class FileTransferObserver {
    /// LIMIT: requests whose answer has not come.
    ///
    /// OpenSSH's client has at most 64 under way.
    static let maximumRequests = 4096
    /// LIMIT: files open at once.
    ///
    /// OpenSSH's server allows fewer.
    static let maximumFiles = 1024
    /// LIMIT: `PATH_MAX`; no target opens what is longer.
    static let maximumPath = 4096

    /// Packet types (draft-ietf-secsh-filexfer-02 §3).
    private enum PacketType {
        static let open: UInt8 = 3
        static let close: UInt8 = 4
        static let read: UInt8 = 5
        static let write: UInt8 = 6
        static let handle: UInt8 = 102
        static let data: UInt8 = 103
        static let status: UInt8 = 101
    }

    private enum Request {
        case open(path: [UInt8])
        case read(handle: [UInt8], offset: UInt64)
        case close(handle: [UInt8])
    }

    /// One direction of one open file.
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

    private struct OpenFile {
        let path: [UInt8]
        var read: Flow?
        var written: Flow?
    }

    private var fromClient = SFTPPacketSplitter()
    private var fromTarget = SFTPPacketSplitter()
    private var requests: [UInt32: Request] = [:]
    private var files: [[UInt8]: OpenFile] = [:]
    private var finished: [Fact.MovedFile] = []

    func clientSent(_ bytes: ArraySlice<UInt8>) {
        fromClient.read(bytes) { packet in
            do throws(WireError) {
                try request(packet)
            } catch {
                // A malformed request is the target's to refuse.
            }
        }
    }

    func targetSent(_ bytes: ArraySlice<UInt8>) {
        fromTarget.read(bytes) { packet in
            do throws(WireError) {
                try answer(packet)
            } catch {
                // A malformed answer is the client's to refuse.
            }
        }
    }

    /// Files that were closed since the last call.
    func takeFinished() -> [Fact.MovedFile] {
        guard !finished.isEmpty else { return [] }
        defer { finished.removeAll() }
        return finished
    }

    /// The same, with those that are still open.
    func takeAll() -> [Fact.MovedFile] {
        for handle in files.keys { close(handle) }
        return takeFinished()
    }

    private func request(_ packet: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(packet)
        let type = try reader.byte("type")
        switch type {
        case PacketType.open:
            let id = try reader.uint32("id")
            note(id, .open(path: [UInt8](try reader.string("path", limit: Self.maximumPath))))
        case PacketType.read:
            let id = try reader.uint32("id")
            let handle = [UInt8](try reader.string("handle", limit: 256))
            note(id, .read(handle: handle, offset: try reader.uint64("offset")))
        case PacketType.write:
            _ = try reader.uint32("id")
            let handle = [UInt8](try reader.string("handle", limit: 256))
            let offset = try reader.uint64("offset")
            let data = try reader.string("data", limit: SFTPPacketSplitter.maximumPacketBytes)
            var flow = files[handle]?.written ?? Flow()
            flow.moved(data, at: offset)
            files[handle]?.written = flow
        case PacketType.close:
            let id = try reader.uint32("id")
            note(id, .close(handle: [UInt8](try reader.string("handle", limit: 256))))
        default: break
        }
    }

    private func note(_ id: UInt32, _ request: Request) {
        guard requests.count < Self.maximumRequests else { return }
        requests[id] = request
    }

    private func answer(_ packet: ArraySlice<UInt8>) throws(WireError) {
        var reader = WireReader(packet)
        let type = try reader.byte("type")
        guard [PacketType.handle, PacketType.data, PacketType.status].contains(type) else { return }
        guard let request = requests.removeValue(forKey: try reader.uint32("id")) else { return }
        switch (type, request) {
        case (PacketType.handle, .open(let path)):
            guard files.count < Self.maximumFiles else { return }
            let handle = [UInt8](try reader.string("handle", limit: 256))
            files[handle] = OpenFile(path: path)
        case (PacketType.data, .read(let handle, let offset)):
            let data = try reader.string("data", limit: SFTPPacketSplitter.maximumPacketBytes)
            var flow = files[handle]?.read ?? Flow()
            flow.moved(data, at: offset)
            files[handle]?.read = flow
        case (PacketType.status, .close(let handle)):
            close(handle)
        default: break
        }
    }

    private func close(_ handle: [UInt8]) {
        guard let file = files.removeValue(forKey: handle) else { return }
        note(file.path, .read, file.read)
        note(file.path, .write, file.written)
    }

    private func note(_ path: [UInt8], _ direction: Fact.MovedFile.Direction, _ flow: Flow?) {
        guard let flow else { return }
        finished.append(
            Fact.MovedFile(
                path: path,
                direction: direction,
                bytes: flow.bytes,
                sha256: flow.hash?.finish().hex
            )
        )
    }
}
