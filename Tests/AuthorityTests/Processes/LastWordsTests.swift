import Glibc
import Logging
import MessageSockets
import Testing

@testable import Authority

@Suite struct `a process that has just ended` {
    @Test func `is heard to its last word by whoever cannot tell it anything more`() throws {
        let folder = try Folder()
        try folder.makeScript("printf farewell >&3", named: "speaker")
        let reactor = try Reactor()
        let process = try ChildProcess(
            program: "\(folder.path)/speaker",
            on: reactor,
            logger: .silent
        )
        var heard: [String] = []
        var end: ChildProcess.End?
        process.received = { heard.append(String(decoding: $0.bytes, as: UTF8.self)) }
        process.ended = { end = $0 }
        // It is dead, and nobody has looked yet.
        var status = unsafe siginfo_t()
        let flags = WEXITED | WNOWAIT
        try #require(unsafe waitid(P_PID, id_t(process.processID), &status, flags) == 0)

        #expect(throws: SocketError(call: "sendmsg", code: EPIPE)) { try process.send([1]) }
        process.dismiss()
        let deadline = ContinuousClock.now + .seconds(30)
        while end == nil, .now < deadline { try reactor.turn(atMost: .milliseconds(20)) }

        #expect(heard == ["farewell"])
        #expect(end == .exited(status: 0))
    }
}
