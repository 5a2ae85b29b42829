import Recording
import SSHWire

/// Watches both directions of an SFTP session and tells which files were moved, with their digests.
///
/// It holds nothing back, and says what it does not follow: a file of its own, or from some packet on
/// the whole session. Data that is not read or written from front to back has no digest of the file,
/// so it has none here.
final class FileTransferObserver {
    /// LIMIT: requests whose answer has not come.
    ///
    /// OpenSSH's client has 64 under way, but paramiko's asks for a whole file in advance, as far as the
    /// flow windows let it.
    static let maximumRequests = 131_072
    /// LIMIT: files and directories open at once; OpenSSH's server allows fewer.
    static let maximumFiles = 1024
    /// LIMIT: the path of one; Linux has none that is longer.
    static let maximumPathBytes = 4096
    /// LIMIT: the handle of one (draft-ietf-secsh-filexfer-02 §3).
    static let maximumHandleBytes = 256

    /// Packet types (draft-ietf-secsh-filexfer-02 §3).
    private enum PacketType {
        static let initialize: UInt8 = 1
        static let version: UInt8 = 2
        static let open: UInt8 = 3
        static let close: UInt8 = 4
        static let read: UInt8 = 5
        static let write: UInt8 = 6
        static let openDirectory: UInt8 = 11
        static let status: UInt8 = 101
        static let handle: UInt8 = 102
        static let data: UInt8 = 103
    }

    private enum Request {
        /// The path is nil where what is opened is not followed.
        case open(path: [UInt8]?)
        case read(handle: [UInt8], offset: UInt64)
        case close(handle: [UInt8])
        case other
    }

    /// Why the rest of the session is not followed.
    private struct Lost: Error {
        let reason: String
    }

    private var fromClient = SFTPPacketSplitter()
    private var fromTarget = SFTPPacketSplitter()
    private var isFollowing = true
    /// By the number that the client gave it.
    private var requests: [UInt32: Request] = [:]
    /// INVARIANT: how many of `requests` open something.
    private var opening = 0
    private var files: [[UInt8]: OpenFile] = [:]
    private var facts: [Fact] = []

    func clientSent(_ bytes: ArraySlice<UInt8>) {
        follow(bytes, \.fromClient) { packet in try request(packet) }
    }

    func targetSent(_ bytes: ArraySlice<UInt8>) {
        follow(bytes, \.fromTarget) { packet in try answer(packet) }
    }

    private func follow(
        _ bytes: ArraySlice<UInt8>,
        _ direction: ReferenceWritableKeyPath<FileTransferObserver, SFTPPacketSplitter>,
        _ look: (ArraySlice<UInt8>) throws -> Void
    ) {
        guard isFollowing else { return }
        self[keyPath: direction].read(bytes) { packet in
            guard isFollowing else { return }
            do {
                try look(packet)
            } catch let lost as Lost {
                lose(lost.reason)
            } catch {
                lose("a packet is malformed: \(error)")
            }
        }
        if self[keyPath: direction].isBroken { lose("a packet is longer than SFTP's are") }
    }

    /// What is to be recorded since the last call.
    func takeFacts() -> [Fact] {
        guard !facts.isEmpty else { return [] }
        defer { facts.removeAll() }
        return facts
    }

    /// The same, with the files that are still open.
    func takeAll() -> [Fact] {
        for handle in files.keys { close(handle) }
        return takeFacts()
    }

    /// Gives up; what was seen of open files until here is told without a digest.
    private func lose(_ reason: String) {
        guard isFollowing else { return }
        isFollowing = false
        for handle in files.keys {
            files[handle]?.leave()
            close(handle)
        }
        requests.removeAll()
        facts.append(.unfollowed(path: nil, reason: reason))
    }

    // MARK: requests

    private func request(_ packet: ArraySlice<UInt8>) throws {
        var reader = WireReader(packet)
        let type = try reader.byte("type")
        guard type != PacketType.initialize else { return }
        let id = try reader.uint32("id")
        guard requests[id] == nil else { throw Lost(reason: "two requests have one number") }
        guard requests.count < Self.maximumRequests else {
            throw Lost(reason: "\(Self.maximumRequests) requests wait for their answers")
        }
        let request = try request(of: type, &reader)
        requests[id] = request
        if case .open = request { opening += 1 }
    }

    private func request(of type: UInt8, _ reader: inout WireReader) throws -> Request {
        switch type {
        case PacketType.open:
            return .open(path: try path(&reader))
        case PacketType.openDirectory:
            return .open(path: nil)
        case PacketType.read:
            guard let file = try file(&reader) else { return .other }
            return .read(handle: file.handle, offset: try reader.uint64("offset"))
        case PacketType.write:
            guard let file = try file(&reader) else { return .other }
            let offset = try reader.uint64("offset")
            let data = try reader.string("data", limit: SFTPPacketSplitter.maximumPacketBytes)
            files[file.handle]?.moved(.write, data, at: offset)
            return .other
        case PacketType.close:
            guard let file = try file(&reader) else { return .other }
            return .close(handle: file.handle)
        default:
            return .other
        }
    }

    /// Nil where it is too long to be recorded, which is said.
    private func path(_ reader: inout WireReader) throws -> [UInt8]? {
        let path = try reader.string("path", limit: SFTPPacketSplitter.maximumPacketBytes)
        guard path.count > Self.maximumPathBytes else { return [UInt8](path) }
        let beginning = [UInt8](path.prefix(Self.maximumPathBytes))
        let reason = "its path is longer than \(Self.maximumPathBytes) bytes"
        facts.append(.unfollowed(path: beginning, reason: reason))
        return nil
    }

    /// The file of the handle; nil where there is none, which the target will say too.
    private func file(_ reader: inout WireReader) throws -> OpenFile? {
        let limit = SFTPPacketSplitter.maximumPacketBytes
        if let file = files[[UInt8](try reader.string("handle", limit: limit))] { return file }
        // It can be guessed, and be right by the time that the target reads this.
        guard opening == 0 else { throw Lost(reason: "a handle is used before it is given") }
        return nil
    }

    // MARK: answers

    private func answer(_ packet: ArraySlice<UInt8>) throws {
        var reader = WireReader(packet)
        let type = try reader.byte("type")
        guard type != PacketType.version else { return }
        guard let request = requests.removeValue(forKey: try reader.uint32("id")) else {
            throw Lost(reason: "an answer is to no request")
        }
        if case .open = request { opening -= 1 }
        switch (type, request) {
        case (PacketType.handle, .open(let path)):
            try opened(path, [UInt8](try reader.string("handle", limit: Self.maximumHandleBytes)))
        case (PacketType.data, .read(let handle, let offset)):
            let data = try reader.string("data", limit: SFTPPacketSplitter.maximumPacketBytes)
            files[handle]?.moved(.read, data, at: offset)
        case (PacketType.handle, _), (PacketType.data, _):
            throw Lost(reason: "an answer is of another kind than its request")
        case (PacketType.status, .close(let handle)):
            close(handle)
        default:
            break
        }
    }

    private func opened(_ path: [UInt8]?, _ handle: [UInt8]) throws {
        // A target that gives a handle again has closed what had it.
        close(handle)
        guard files.count < Self.maximumFiles else {
            throw Lost(reason: "more than \(Self.maximumFiles) files are open at once")
        }
        files[handle] = OpenFile(handle: handle, path: path)
    }

    private func close(_ handle: [UInt8]) {
        guard let file = files.removeValue(forKey: handle) else { return }
        facts += file.facts
    }
}
