import AuditTrail
import Foundation
import Glibc
import PolicyEngine
import Testing

@testable import Authority
@testable import MessageSockets

@Suite struct `records told to syslog` {
    private static func settings(
        _ destination: SyslogSettings.Destination,
        messageBytes: Int = 8000
    ) -> SyslogSettings {
        SyslogSettings(
            destination: destination,
            format: .rfc5424,
            facility: .authpriv,
            messageBytes: messageBytes
        )
    }

    private func exporter(
        _ trail: TrailOfTests,
        _ destination: SyslogSettings.Destination,
        messageBytes: Int = 8000
    ) throws -> Exporter {
        let sink = SyslogSink(Self.settings(destination, messageBytes: messageBytes))
        return try trail.exporter(.syslog, sink, destination.description)
    }

    private func numbers(_ messages: [String]) throws -> [Int64] {
        try messages.map { message in
            let start = try #require(message.firstIndex(of: "{"))
            return try ExportPosition(line: Array(message[start...].utf8)).sequence
        }
    }

    // MARK: A socket of this machine

    @Test func `arrive in order at a socket of this machine`() throws {
        let trail = try TrailOfTests(records: 40)
        let path = "\(trail.folder.path)/log"
        let receiver = try DatagramReceiver(at: path)
        let exporter = try exporter(trail, .socket(path: path))
        exporter.start(committed: 40)
        let messages = try receiver.take(40)
        try trail.turns.await { $0.position == 40 }
        exporter.stop()
        #expect(try numbers(messages) == Array(1...40))
        #expect(messages[0].hasPrefix("<85>1 20"), "\(messages[0])")

        // And from there on after a restart, not from the beginning.
        let last = try trail.record(2)
        let next = try self.exporter(trail, .socket(path: path))
        next.start(committed: last)
        #expect(try numbers(receiver.take(2)) == [41, 42])
        try trail.turns.await { $0.position == 42 }
        next.stop()
        #expect(receiver.isEmpty)
    }

    @Test func `are shortened where the socket takes none that is so long`() throws {
        let trail = try TrailOfTests()
        // Six bytes each in JSON, and more than the kernel lets a datagram have.
        let last = try trail.record(detail: String(repeating: "\u{1}", count: 42_000))
        let path = "\(trail.folder.path)/log"
        let receiver = try DatagramReceiver(at: path)
        let most = Int(ExportSettingsReader.messageBytes.upperBound)
        let exporter = try exporter(trail, .socket(path: path), messageBytes: most)
        exporter.start(committed: last)
        let message = try receiver.take(1)[0]
        try trail.turns.await { $0.position == last }
        exporter.stop()
        #expect(message.contains("\"cut\":{\"bytes\":25"), "\(message.prefix(200))")
    }

    @Test func `wait for a receiver that is not there yet, and none is lost`() throws {
        let trail = try TrailOfTests(records: 3)
        let path = "\(trail.folder.path)/log"
        let exporter = try exporter(trail, .socket(path: path))
        exporter.start(committed: 3)
        try trail.turns.await { $0.failures > 0 }
        #expect(exporter.progress.failure?.description.contains("No such file") == true)
        #expect(exporter.progress.lagRecords == 3)

        let receiver = try DatagramReceiver(at: path)
        exporter.reopen()
        #expect(try numbers(receiver.take(3)) == [1, 2, 3])
        try trail.turns.await { $0.position == 3 && $0.failure == nil }
        exporter.stop()
    }

    @Test func `are told again where the receiver died before it had read them`() throws {
        let trail = try TrailOfTests(records: 3)
        let path = "\(trail.folder.path)/log"
        var receiver: DatagramReceiver? = try DatagramReceiver(at: path)
        let exporter = try exporter(trail, .socket(path: path))
        exporter.start(committed: 3)
        // They are in its socket, and it never reads them.
        try receiver?.awaitMessage()
        #expect(exporter.progress.position == 0)
        receiver = nil
        let second = try DatagramReceiver(at: path)
        try trail.turns.await { $0.failures > 0 }
        exporter.reopen()
        #expect(try numbers(second.take(3)) == [1, 2, 3])
        try trail.turns.await { $0.position == 3 }
        exporter.stop()
    }

    // MARK: TCP

    @Test func `arrive on a connection, each with its length before it`() throws {
        let trail = try TrailOfTests(records: 20)
        let receiver = try StreamReceiver()
        let exporter = try exporter(trail, .tcp(receiver.address))
        exporter.start(committed: 20)
        let connection = try receiver.accept()
        #expect(try numbers(connection.take(20)) == Array(1...20))
        try trail.turns.await { $0.position == 20 }
        exporter.stop()
    }

    @Test func `are told again where the connection ended before they were acknowledged`() throws {
        let trail = try TrailOfTests(records: 5)
        let receiver = try StreamReceiver()
        let exporter = try exporter(trail, .tcp(receiver.address))
        exporter.start(committed: 5)
        let first = try receiver.accept()
        #expect(try numbers(first.take(5)) == Array(1...5))
        try trail.turns.await { $0.position == 5 }
        // It is gone without a word, as a receiver that is restarted.
        first.close()
        let last = try trail.record(5)
        exporter.committed(last)
        try trail.turns.await { $0.failures > 0 }
        exporter.reopen()
        let second = try receiver.accept()
        #expect(try numbers(second.take(5)) == Array(6...10))
        try trail.turns.await { $0.position == 10 }
        exporter.stop()
    }

    @Test func `never hold up who records them, however long a receiver takes`() throws {
        let trail = try TrailOfTests()
        let receiver = try StreamReceiver()
        let exporter = try exporter(trail, .tcp(receiver.address))
        exporter.start(committed: 0)
        var last: Int64 = 0
        // More than the buffers of both sides hold, and it reads nothing.
        for _ in 0..<40 {
            last = try trail.record(50)
            exporter.committed(last)
        }
        let connection = try receiver.accept()
        #expect(exporter.progress.committed == last)
        #expect(exporter.progress.position < last)
        let read = try numbers(connection.take(Int(last)))
        #expect(read == Array(1...last))
        try trail.turns.await { $0.position == last }
        exporter.stop()
    }
}
