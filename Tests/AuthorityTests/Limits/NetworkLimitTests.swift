import Foundation
import Glibc
import MessageSockets
import Testing

@testable import Authority

@Suite struct `a limit of accepting` {
    private let clock = ManualClock()
    private let reactor: Reactor
    private let any: SocketAddress

    init() throws {
        reactor = try clock.reactor()
        any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
    }

    @Test func `is how many connections are accepted in a row`() throws {
        var accepted: [Descriptor] = []
        let listener = try Listener(at: any, on: reactor, logger: .silent) { socket, _ in
            accepted.append(socket)
        }
        try listener.start()
        let clients = try (0...Listener.acceptedInARow).map { _ in
            try TCPSocket.connecting(to: listener.address)
        }
        for client in clients { try awaitWritable(client) }

        try reactor.turn(atMost: .zero)
        #expect(accepted.count == Listener.acceptedInARow)
        try reactor.turn(atMost: .zero)
        #expect(accepted.count == Listener.acceptedInARow + 1)
        listener.stop()
    }

    private func awaitWritable(_ socket: Descriptor) throws {
        var entry = pollfd(fd: socket.raw, events: Int16(POLLOUT), revents: 0)
        try #require(unsafe poll(&entry, 1, 10_000) == 1)
    }

    @Test func `is the pause where there are no descriptors, and then it goes on`() throws {
        var tries = 0
        let accept = { (_: Descriptor) throws(SocketError) -> Descriptor? in
            tries += 1
            throw SocketError(call: "accept", code: EMFILE)
        }
        let listener = try Listener(at: any, on: reactor, logger: .silent, accept: accept) { _, _ in
        }
        try listener.start()
        let client = try TCPSocket.connecting(to: listener.address)
        try awaitWritable(client)
        try reactor.turn(atMost: .zero)
        #expect(tries == 1)

        try clock.pass(Listener.pause, on: reactor) { tries == 2 }
        listener.stop()
    }

    @Test func `is how many connections the kernel keeps, as far as it may keep so many`() throws {
        let socket = try TCPSocket.listening(at: any)
        // Of a socket that listens, `tcpi_sacked` is how many may wait (tcp_get_info of Linux).
        var information = [UInt32](repeating: 0, count: 26)
        var size = socklen_t(information.count * 4)
        let result = unsafe getsockopt(
            socket.raw,
            CInt(IPPROTO_TCP),
            TCP_INFO,
            &information,
            &size
        )
        try #require(result == 0)
        let most = try #require(
            try String(contentsOfFile: "/proc/sys/net/core/somaxconn", encoding: .utf8)
                .split(separator: "\n").first.flatMap { UInt32($0) }
        )
        #expect(information[7] == min(UInt32(TCPSocket.backlog), most))
    }

    @Test func `is how many addresses of a target are tried, each once`() throws {
        let addresses = try (1...9).map {
            try #require(SocketAddress(host: "192.0.2.\($0)", port: 22))
        }
        let most = NameLookup.maximumAddresses
        #expect(most == 8)
        #expect(NameLookup.outcome(addresses) == .addresses(Array(addresses.prefix(most))))
        // The same one again takes nobody's place.
        let twice = Array(addresses.prefix(1)) + addresses.prefix(most)
        #expect(NameLookup.outcome(twice) == .addresses(Array(addresses.prefix(most))))
        #expect(
            NameLookup.outcome([]) == .failed(reason: "the name of the target has no address")
        )
    }
}

@Suite struct `a limit of one turn of the loop` {
    @Test func `is how many events are taken at once`() throws {
        let reactor = try Reactor()
        let (ours, theirs) = try MessageSocket.pair()
        try MessageSocket(adopting: theirs).send([1])
        // Each is readable for as long as nobody reads.
        let all = try (0...Reactor.eventsAtOnce).map { _ in try Descriptor(duplicating: ours.raw) }
        var seen: Set<CInt> = []
        var watches: [Reactor.Watch] = []
        for descriptor in all {
            var watch: Reactor.Watch?
            watch = try reactor.watch(descriptor.raw, for: .readable) { _ in
                seen.insert(descriptor.raw)
                if let watch { reactor.forget(watch) }
            }
            if let watch { watches.append(watch) }
        }
        #expect(watches.count == Int(Reactor.eventsAtOnce) + 1)

        try reactor.turn(atMost: .zero)
        #expect(seen.count == Int(Reactor.eventsAtOnce))
        try reactor.turn(atMost: .zero)
        #expect(seen.count == Int(Reactor.eventsAtOnce) + 1)
    }

    @Test func `is how many messages of one process are handled in a row`() throws {
        let reactor = try Reactor()
        let folder = try Folder()
        let count = ChildProcess.messagesInARow + 1
        try #require(unsafe mkfifo("\(folder.path)/program.sent", 0o600) == 0)
        try folder.makeScript(
            """
            i=0; while [ $i -lt \(count) ]; do printf x >&3; i=$((i+1)); done
            echo sent > "$0.sent"; exec sleep 1000
            """,
            named: "program"
        )
        let process = try ChildProcess(
            program: "\(folder.path)/program",
            on: reactor,
            logger: .silent
        )
        var received = 0
        process.received = { _ in received += 1 }
        // It opens the other end when it has written the last of them.
        let raw = unsafe open("\(folder.path)/program.sent", O_RDONLY | O_CLOEXEC)
        try #require(raw >= 0)
        close(raw)

        try reactor.turn(atMost: .zero)
        #expect(received == ChildProcess.messagesInARow)
        try reactor.turn(atMost: .zero)
        #expect(received == count)
        process.kill()
        while process.end == nil { try reactor.turn() }
    }

    @Test func `is more than any process can leave behind, all of which is heard`() throws {
        let reactor = try Reactor()
        let folder = try Folder()
        // Until the socket takes no more; without waiting, which would be for ever.
        let script = """
            exec /usr/bin/python3 -c '
            import socket
            control, sent = socket.socket(fileno=3), 0
            try:
                while True:
                    control.send(b"x", socket.MSG_DONTWAIT)
                    sent += 1
            except BlockingIOError:
                open("\(folder.path)/sent", "w").write(str(sent))
            '
            """
        try folder.makeScript(script, named: "program")
        let process = try ChildProcess(
            program: "\(folder.path)/program",
            on: reactor,
            logger: .silent
        )
        var (received, hasEnded) = (0, false)
        process.received = { _ in received += 1 }
        process.ended = { _ in hasEnded = true }
        // Its end is seen before what it said is read.
        var status = unsafe siginfo_t()
        let id = id_t(process.processID)
        try #require(unsafe waitid(P_PID, id, &status, WEXITED | WNOWAIT) == 0)
        while !hasEnded { try reactor.turn() }

        let sent = try String(contentsOfFile: "\(folder.path)/sent", encoding: .utf8)
        #expect(Int(sent) == received)
        #expect(received > ChildProcess.messagesInARow && received < ChildProcess.lastMessages)
    }
}
