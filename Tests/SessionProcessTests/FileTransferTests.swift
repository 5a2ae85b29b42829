import Recording
import SSH
import SSHWire
import TestSupport
import Testing

@testable import SessionProcess

/// SFTP packets as both sides send them.
private enum Packet {
    static func framed(_ write: (inout WireWriter) -> Void) -> [UInt8] {
        var body = WireWriter()
        write(&body)
        var frame = WireWriter()
        frame.string(body.bytes)
        return frame.bytes
    }

    static func open(_ id: UInt32, _ path: String) -> [UInt8] {
        framed { writer in
            writer.byte(3)
            writer.uint32(id)
            writer.text(path)
            writer.uint32(1)
            writer.uint32(0)
        }
    }

    static func handle(_ id: UInt32, _ handle: String) -> [UInt8] {
        framed { writer in
            writer.byte(102)
            writer.uint32(id)
            writer.text(handle)
        }
    }

    static func read(_ id: UInt32, _ handle: String, _ offset: UInt64) -> [UInt8] {
        framed { writer in
            writer.byte(5)
            writer.uint32(id)
            writer.text(handle)
            writer.uint64(offset)
            writer.uint32(32768)
        }
    }

    static func data(_ id: UInt32, _ data: [UInt8]) -> [UInt8] {
        framed { writer in
            writer.byte(103)
            writer.uint32(id)
            writer.string(data)
        }
    }

    static func write(_ id: UInt32, _ handle: String, _ offset: UInt64, _ data: [UInt8]) -> [UInt8]
    {
        framed { writer in
            writer.byte(6)
            writer.uint32(id)
            writer.text(handle)
            writer.uint64(offset)
            writer.string(data)
        }
    }

    static func close(_ id: UInt32, _ handle: String) -> [UInt8] {
        framed { writer in
            writer.byte(4)
            writer.uint32(id)
            writer.text(handle)
        }
    }

    static func openDirectory(_ id: UInt32) -> [UInt8] {
        framed { writer in
            writer.byte(11)
            writer.uint32(id)
            writer.text("/")
        }
    }

    static func status(_ id: UInt32) -> [UInt8] {
        framed { writer in
            writer.byte(101)
            writer.uint32(id)
            writer.uint32(0)
        }
    }
}

extension Fact {
    fileprivate var digest: String? {
        if case .file(let file) = self { file.sha256 } else { nil }
    }

    /// Whether it says of all files from here on that they are not followed.
    fileprivate var saysLost: Bool {
        if case .unfollowed(nil, _) = self { true } else { false }
    }
}

private let abcDigest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

@Suite struct `files moved over SFTP` {
    private func opened(_ path: String) -> FileTransferObserver {
        let observer = FileTransferObserver()
        observer.clientSent(Packet.open(1, path)[...])
        observer.targetSent(Packet.handle(1, "h")[...])
        return observer
    }

    @Test func `are told by name, size and digest when they are closed`() {
        let observer = opened("/etc/motd")
        observer.clientSent(Packet.read(2, "h", 0)[...])
        observer.clientSent(Packet.read(3, "h", 2)[...])
        observer.targetSent(Packet.data(2, Array("ab".utf8))[...])
        observer.targetSent(Packet.data(3, Array("c".utf8))[...])
        observer.clientSent(Packet.close(4, "h")[...])
        #expect(observer.takeFacts().isEmpty)
        observer.targetSent(Packet.status(4)[...])

        let file = Fact.MovedFile(
            path: Array("/etc/motd".utf8),
            direction: .read,
            bytes: 3,
            sha256: abcDigest
        )
        #expect(observer.takeFacts() == [.file(file)])
    }

    @Test func `have no digest where the order of the data was left`() {
        let observer = opened("f")
        observer.clientSent(Packet.write(2, "h", 2, Array("c".utf8))[...])
        observer.clientSent(Packet.write(3, "h", 0, Array("ab".utf8))[...])

        let file = Fact.MovedFile(
            path: Array("f".utf8),
            direction: .write,
            bytes: 3,
            sha256: nil
        )
        #expect(observer.takeAll() == [.file(file)])
    }

    @Test func `are told even when the session ends before they are closed`() {
        let observer = opened("f")
        observer.clientSent(Packet.write(2, "h", 0, Array("abc".utf8))[...])

        #expect(observer.takeAll().map(\.digest) == [abcDigest])
    }

    @Test(arguments: [1, 2, 3, 7, 64])
    func `are told the same however the stream is cut`(_ size: Int) {
        let observer = opened("f")
        let stream =
            Packet.write(2, "h", 0, Array("ab".utf8))
            + Packet.write(3, "h", 2, Array("c".utf8)) + Packet.close(4, "h")
        for start in stride(from: 0, to: stream.count, by: size) {
            observer.clientSent(stream[start..<min(start + size, stream.count)])
        }
        observer.targetSent(Packet.status(4)[...])

        #expect(observer.takeFacts().map(\.digest) == [abcDigest])
    }

    /// Each is said once, with what was seen of open files before it, which has no digest.
    @Test(
        arguments: [
            ("two requests have one number", [Packet.open(2, "g"), Packet.read(2, "h", 0)], []),
            (
                "a handle is used before it is given",
                [Packet.open(2, "g"), Packet.write(3, "i", 0, [1])], []
            ),
            ("a packet is longer than SFTP's are", [[255, 255, 255, 255]], []),
            ("a packet is malformed: `handle` is cut short", [[0, 0, 0, 5, 5, 0, 0, 0, 2]], []),
            ("an answer is to no request", [], [Packet.data(9, [1])]),
            (
                "an answer is of another kind than its request", [Packet.openDirectory(2)],
                [Packet.data(2, [1])]
            ),
            (
                "a packet is malformed: `handle` exceeds the limit of 256 bytes",
                [Packet.open(2, "g")],
                [Packet.handle(2, String(repeating: "h", count: 257))]
            ),
        ]
    )
    func `are not followed any further, which is said`(
        _ reason: String,
        _ requests: [[UInt8]],
        _ answers: [[UInt8]]
    ) {
        let observer = opened("f")
        observer.clientSent(Packet.write(100, "h", 0, Array("abc".utf8))[...])
        for packet in requests { observer.clientSent(packet[...]) }
        for packet in answers { observer.targetSent(packet[...]) }

        let seen = Fact.MovedFile(
            path: Array("f".utf8),
            direction: .write,
            bytes: 3,
            sha256: nil
        )
        #expect(observer.takeFacts() == [.file(seen), .unfollowed(path: nil, reason: reason)])

        observer.clientSent(Packet.write(101, "h", 3, Array("d".utf8))[...])
        #expect(observer.takeAll().isEmpty)
    }

    @Test func `are followed while a directory is listed and closed beside them`() {
        let observer = opened("f")
        observer.clientSent(Packet.openDirectory(2)[...])
        observer.targetSent(Packet.handle(2, "d")[...])
        observer.clientSent(Packet.write(3, "h", 0, Array("abc".utf8))[...])
        observer.clientSent(Packet.open(4, "g")[...])
        observer.clientSent(Packet.close(5, "d")[...])
        observer.clientSent(Packet.close(6, "h")[...])
        for id in [3, 4, 5, 6] { observer.targetSent(Packet.status(UInt32(id))[...]) }

        #expect(observer.takeAll().map(\.digest) == [abcDigest])
    }

    @Test func `are followed under a handle that is given again`() {
        let observer = opened("f")
        observer.clientSent(Packet.write(2, "h", 0, Array("abc".utf8))[...])
        observer.targetSent(Packet.status(2)[...])
        observer.clientSent(Packet.open(3, "g")[...])
        observer.targetSent(Packet.handle(3, "h")[...])
        observer.clientSent(Packet.write(4, "h", 0, Array("abc".utf8))[...])

        #expect(observer.takeAll().map(\.digest) == [abcDigest, abcDigest])
    }

    @Test func `are not followed where the path is too long for a recording, which is said`() {
        let longest = String(repeating: "p", count: FileTransferObserver.maximumPathBytes)
        let observer = opened(longest)
        observer.clientSent(Packet.open(2, longest + "p")[...])
        observer.targetSent(Packet.handle(2, "i")[...])
        for (id, handle) in [(3, "h"), (4, "i")] {
            observer.clientSent(Packet.write(UInt32(id), handle, 0, Array("abc".utf8))[...])
        }

        let reason = "its path is longer than 4096 bytes"
        let facts = observer.takeAll()
        #expect(facts.first == .unfollowed(path: Array(longest.utf8), reason: reason))
        #expect(facts.dropFirst().map(\.digest) == [abcDigest])
    }

    @Test func `are followed up to the limits of what is under way, and no further`() {
        let observer = FileTransferObserver()
        for id in 0..<UInt32(FileTransferObserver.maximumFiles) {
            observer.clientSent(Packet.open(id, "f")[...])
            observer.targetSent(Packet.handle(id, "\(id)")[...])
        }
        #expect(observer.takeFacts().isEmpty)
        observer.clientSent(Packet.open(0, "f")[...])
        observer.targetSent(Packet.handle(0, "one more")[...])
        #expect(observer.takeFacts().map(\.saysLost) == [true])

        let other = opened("f")
        for id in 0..<UInt32(FileTransferObserver.maximumRequests) {
            other.clientSent(Packet.read(id, "h", 0)[...])
        }
        #expect(other.takeFacts().isEmpty)
        other.clientSent(Packet.read(.max, "h", 0)[...])
        #expect(other.takeFacts().map(\.saysLost) == [true])
    }

    @Test func `stay unknown in a stream that is no SFTP, and nothing traps`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let observer = opened("f")
            let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            observer.clientSent(bytes[...])
            observer.targetSent(bytes[...])
            _ = observer.takeAll()
        }
    }
}

@Suite struct `the splitter of SFTP packets` {
    @Test func `gives up at a packet above its limit, not at one of the limit`() {
        func frame(_ count: Int) -> [UInt8] {
            var writer = WireWriter()
            writer.string([UInt8](repeating: 0, count: count))
            return writer.bytes
        }
        var splitter = SFTPPacketSplitter()
        var packets = 0
        splitter.read(frame(SFTPPacketSplitter.maximumPacketBytes)[...]) { _ in packets += 1 }
        #expect(packets == 1)
        splitter.read(frame(SFTPPacketSplitter.maximumPacketBytes + 1)[...]) { _ in packets += 1 }
        #expect(packets == 1)
        #expect(splitter.isBroken)
    }
}
