import AuditTrail
import Foundation
import Glibc
import MessageSockets
import SSHKeys
import Testing

@testable import Authority

@Suite struct `a limit of an ssh-agent` {
    /// One that takes connections and never answers, until it is let go of.
    private final class HangingAgent {
        private let folder: Folder
        private let socket: Descriptor
        private(set) var clients: [Descriptor] = []
        let path: String

        init() throws {
            folder = try Folder()
            path = "\(folder.path)/agent"
            socket = try UnixSocket.made()
            try UnixSocket.bind(socket, to: path)
            try #require(listen(socket.raw, 64) == 0)
        }

        func takeClients(_ count: Int) throws {
            for _ in 0..<count {
                let raw = accept(socket.raw, nil, nil)
                try #require(raw >= 0)
                clients.append(Descriptor(adopting: raw))
            }
        }

        /// Lets all go, who wait for an answer and who come later.
        func stop() {
            _ = shutdown(socket.raw, CInt(SHUT_RDWR))
            for client in clients { _ = shutdown(client.raw, CInt(SHUT_RDWR)) }
        }

        var hasMoreClients: Bool {
            var entry = pollfd(fd: socket.raw, events: Int16(POLLIN), revents: 0)
            return unsafe poll(&entry, 1, 0) == 1
        }
    }

    private let key = Ed25519SigningKey.generate().publicKey

    @Test func `is how long its answer may take, for its list and for a signature`() throws {
        let agent = try HangingAgent()
        var client = AgentClient(path: agent.path)
        #expect(client.timeout == AgentClient.timeout)
        // Whoever has no time left does not wait.
        client.timeout = .zero
        guard case .failure(let error) = client.publicKey(sha256: []) else {
            Issue.record("it answers")
            return
        }
        #expect("\(error)".contains("waiting failed"))

        let reactor = try Reactor()
        var failure: SigningError?
        Signer(client, publicKey: key).sign([1], on: reactor) {
            if case .failure(let error) = $0 { failure = error }
        }
        while failure == nil { try reactor.turn() }
        #expect(failure.map { "\($0)" }?.contains("waiting failed") == true)
        agent.stop()
    }

    @Test func `is how many signatures are waited for at once, and how many wait for that`() throws
    {
        let agent = try HangingAgent()
        let reactor = try Reactor()
        let signer = Signer(AgentClient(path: agent.path), publicKey: key)
        var (failed, busy) = (0, 0)
        func sign(_ count: Int) {
            for _ in 0..<count {
                signer.sign([1], on: reactor) { result in
                    guard case .failure(let error) = result else { return }
                    if error == .busy { busy += 1 } else { failed += 1 }
                }
            }
        }
        sign(Signer.agentThreads)
        try agent.takeClients(Signer.agentThreads)

        sign(Signer.agentJobs)
        try reactor.turn(atMost: .zero)
        #expect(busy == 0 && !agent.hasMoreClients)
        sign(1)
        try reactor.turn(atMost: .zero)
        #expect(busy == 1)

        agent.stop()
        while failed < Signer.agentThreads + Signer.agentJobs { try reactor.turn() }
        #expect(busy == 1)
    }

    @Test func `is how many helpers there are`() throws {
        let reactor = try Reactor()
        let work = BlockingWork(label: "test", atOnce: Services.helperThreads, limit: 100)
        let gate = DispatchSemaphore(value: 0)
        let hasBegun = DispatchSemaphore(value: 0)
        var done = 0
        for _ in 0...Services.helperThreads {
            work.run(
                {
                    hasBegun.signal()
                    gate.wait()
                    return true
                },
                fulfilling: reactor.expect { (_: Bool?) in done += 1 }
            )
        }
        #expect(work.threads == Services.helperThreads)
        for _ in 0..<Services.helperThreads { hasBegun.wait() }
        for _ in 0...Services.helperThreads { gate.signal() }
        while done <= Services.helperThreads { try reactor.turn() }
    }
}

@Suite struct `a limit of ends that are not written yet` {
    private func end(_ name: String, command: Int) -> NewAuditRecord {
        NewAuditRecord(
            time: .now(),
            attribution: Attribution(connection: name, session: name),
            event: .sessionOpened(
                AuditEvent.SessionOpened(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes([UInt8](repeating: 0x61, count: command)),
                    hasTerminal: false,
                    environment: []
                )
            )
        )
    }

    @Test func `is how many are submitted at once`() {
        var ends = UnwrittenEnds()
        for number in 0...UnwrittenEnds.submissionsAtOnce {
            _ = ends.append([end("s-\(number)", command: 0)])
        }
        let tried = ends.beginTry()
        #expect(tried.count == UnwrittenEnds.submissionsAtOnce)
        for index in tried.indices { _ = ends.answered(index, isDone: true) }
        let rest = ends.beginTry()
        #expect(rest.count == 1)
    }

    @Test func `is how many bytes they have to the byte`() {
        func takes(_ more: Int) -> Bool {
            var ends = UnwrittenEnds()
            let frame = end("s-1", command: 0).weightBytes
            var left = UnwrittenEnds.maximumBytes
            while left > 1 << 20 {
                let record = end("s-1", command: 512 * 1024)
                guard ends.append([record]) else { return false }
                left -= record.weightBytes
            }
            return ends.append([end("s-1", command: left - frame + more)])
        }
        #expect(takes(0))
        #expect(!takes(1))
    }
}
