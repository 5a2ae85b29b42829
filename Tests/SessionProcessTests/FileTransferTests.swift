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

    static func status(_ id: UInt32) -> [UInt8] {
        framed { writer in
            writer.byte(101)
            writer.uint32(id)
            writer.uint32(0)
        }
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
        #expect(observer.takeFinished().isEmpty)
        observer.targetSent(Packet.status(4)[...])

        let file = Fact.MovedFile(
            path: Array("/etc/motd".utf8),
            direction: .read,
            bytes: 3,
            sha256: abcDigest
        )
        #expect(observer.takeFinished() == [file])
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
        #expect(observer.takeAll() == [file])
    }

    @Test func `are told even when the session ends before they are closed`() {
        let observer = opened("f")
        observer.clientSent(Packet.write(2, "h", 0, Array("abc".utf8))[...])

        #expect(observer.takeAll().map(\.sha256) == [abcDigest])
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

        #expect(observer.takeFinished().map(\.sha256) == [abcDigest])
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
