import Glibc
import MessageSockets
import SessionProtocol

/// Stands between the authority and an honest session process, and lies for it.
///
/// It is started in place of `sallyport-session`. What it does stands in `lie` beside it: the name of
/// the lie in the first line, the path of the honest program in the second.
enum Liar {
    private static let authorityNumber: CInt = 3

    static func run() throws -> Never {
        let folder = try programFolder()
        guard let honest = orders(in: folder)?.honestProgram else { exit(EX_CONFIG) }
        let memory = Memory(folder: folder)
        let authority = MessageSocket(adopting: Descriptor(adopting: authorityNumber))
        let process = try start(honest)
        // As long as this process lives: the first one that it was handed.
        var recording: Descriptor?
        while true {
            try awaitReadable([authority.raw, process.raw])
            try pass(from: authority, to: process) { message in
                // The target's socket, and the recording.
                let descriptors = message.descriptors
                if descriptors.count == 2 { recording = recording ?? descriptors[1] }
                return [Array(message.bytes)]
            }
            try pass(from: process, to: authority) { message in
                // Read late: this process may have been a spare when the orders were written.
                guard let lie = orders(in: folder)?.lie else { exit(EX_CONFIG) }
                let bytes = Array(message.bytes)
                if lie == .writesBehindEnd, let recording { try write(to: recording, at: bytes) }
                return try lie.told(bytes, memory)
            }
        }
    }

    /// Writes to the recording of a session before when another one is asked for.
    private static func write(to recording: Descriptor, at message: [UInt8]) throws {
        guard try SessionRequest(decoding: message).kind == .openSession else { return }
        let line = Array("[9.0, \"o\", \"it never was\"]\n".utf8)
        let count = unsafe line.withUnsafeBytes {
            unsafe Glibc.write(recording.raw, $0.baseAddress, $0.count)
        }
        guard count == line.count else { throw SocketError(call: "write") }
    }

    /// What the file `lie` beside this program says: a lie, and the path of the honest program.
    private static func orders(in folder: String) -> (lie: Lie, honestProgram: String)? {
        let lines = String(decoding: Memory.contents("\(folder)/lie") ?? [], as: UTF8.self)
            .split(separator: "\n").map(String.init)
        guard lines.count == 2, let lie = Lie(rawValue: lines[0]) else { return nil }
        return (lie, lines[1])
    }

    private static func programFolder() throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(
            decoding: buffer.prefix(max(count, 0)).map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// Starts the honest process with one end of a new pair as its descriptor 3.
    private static func start(_ program: String) throws -> MessageSocket {
        let (ours, theirs) = try MessageSocket.pair()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, theirs.raw, authorityNumber)
        // Descriptor 3 is the authority's here, closed in the child by the duplicate that replaces it.
        // Never freed: this process serves one connection.
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("sallyport-session"), nil]
        // With its own environment: it says whose the process is to be.
        var pid: pid_t = 0
        let result = unsafe posix_spawn(&pid, program, &actions, nil, &arguments, environ)
        guard result == 0 else { throw SocketError(call: "posix_spawn", code: result) }
        return MessageSocket(adopting: ours)
    }

    private static func awaitReadable(_ descriptors: [CInt]) throws {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while unsafe poll(&entries, nfds_t(entries.count), -1) < 0 {
            guard errno == EINTR else { throw SocketError(call: "poll") }
        }
    }

    private static func pass(
        from source: MessageSocket,
        to destination: MessageSocket,
        _ told: (MessageSocket.Received) throws -> [[UInt8]]
    ) throws {
        while true {
            switch try source.receive() {
            case .wouldBlock: return
            case .closed: exit(EX_OK)
            case .message(let message):
                for (index, bytes) in try told(message).enumerated() {
                    try destination.send(
                        bytes,
                        index == 0 ? message.descriptors : [],
                        blocking: true
                    )
                }
            }
        }
    }
}
