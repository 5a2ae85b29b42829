import Foundation
import Glibc
import MessageSockets
import SessionProtocol
import TestSupport
import Testing

@testable import Authority

@Suite struct `the program of a session process` {
    private func limit(_ name: String, of process: pid_t) throws -> [Substring] {
        let text = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name) })
        return Array(line.dropFirst(name.count).split(separator: " ").prefix(2))
    }

    @Test(arguments: [1, 100] as [UInt32])
    func `has memory and descriptors for its sessions, and no more`(sessions: UInt32) throws {
        let page = try LimitsDocument().limits(under: "## Session process")
        #expect(page["SessionMain.memoryBytes"] == "128 MiB")
        #expect(page["SessionMain.memoryBytesOfSession"] == "6 MiB")
        #expect(page["SessionMain.descriptors"] == "16")
        #expect(page["SessionMain.descriptorsOfSession"] == "5")
        let reactor = try Reactor()
        let process = try ChildProcess(
            program: "\(Bastion.programs)/sallyport-session",
            as: .ofTests,
            on: reactor,
            logger: .silent
        )
        var isReady = false
        process.received = { _ in isReady = true }
        while !isReady { try reactor.turn(atMost: .seconds(30)) }
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        try #require(unsafe socketpair(AF_UNIX, type, 0, &ends) == 0)
        let (client, theirs) = (Descriptor(adopting: ends[0]), Descriptor(adopting: ends[1]))
        try theirs.setNonBlocking()
        let order = ServeOrder(
            connection: "c-000000000000",
            hostKey: [UInt8](repeating: 1, count: 32),
            loginGraceSeconds: 60,
            signInTries: 6,
            sessionsAtOnce: sessions,
            keepaliveSeconds: 30,
            idleSeconds: 0,
            sessionIdleSeconds: 0,
            rekeyBytes: 0,
            rekeySeconds: 0
        )
        try process.send(SessionOrder.serve(order).encoded(), [theirs])
        // It limits itself before it greets its client.
        var byte: UInt8 = 0
        try #require(unsafe recv(client.raw, &byte, 1, 0) == 1)

        let bytes = "\((128 + Int(sessions) * 6) << 20)"
        let id = process.processID
        #expect(try limit("Max address space", of: id) == [bytes[...], bytes[...]])
        let descriptors = "\(16 + Int(sessions) * 5)"
        #expect(try limit("Max open files", of: id) == [descriptors[...], descriptors[...]])
        for nothing in ["Max core file size", "Max processes", "Max locked memory"] {
            #expect(try limit(nothing, of: id) == ["0", "0"], "\(nothing)")
        }
        // Until there is a recording, no file may grow.
        #expect(try limit("Max file size", of: id).first == "0")

        process.kill()
        while process.end == nil { try reactor.turn(atMost: .seconds(30)) }
    }
}
