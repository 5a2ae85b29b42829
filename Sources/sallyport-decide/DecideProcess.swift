import CSystem
import Glibc
import MessageSockets
import PolicyEngine
import Sandbox
import SessionProtocol
import StrictYAML

/// The life of a decider: close the sandbox, load a snapshot, then answer one question after the
/// other until the authority closes the socket.
///
/// It reads what clients wrote, so it has no key, opens nothing, and dies over what costs too much:
/// a trap or a limit is a denial, and the authority starts a fresh one.
enum DecideProcess {
    /// Where the authority left the socket.
    private static let socketNumber: CInt = 3
    /// LIMIT: bytes of address space, programs and libraries included.
    static let memoryBytes = 256 * 1024 * 1024
    /// LIMIT: processor time of one question.
    static let questionMilliseconds: CUnsignedInt = 200
    /// LIMIT: processor time of loading a snapshot.
    static let loadMilliseconds: CUnsignedInt = 10_000

    /// LIMIT: its streams, its socket, and the snapshot while it is read.
    static let descriptors = 8

    static func run() -> Never {
        signal(SIGPIPE, SIG_IGN)
        let socket = MessageSocket(adopting: Descriptor(adopting: socketNumber))
        do throws(ConfinementError) {
            try Confinement.begin(.decider)
            try Confinement.limitDescriptors(to: descriptors)
            guard sp_limit_memory(memoryBytes) == 0 else {
                end(EX_OSERR, "the memory cannot be limited")
            }
            // Before the snapshot, which other people write.
            try Confinement.close(.decider)
        } catch {
            send(.loadFailed(reason: error.description), to: socket)
            end(EX_OSERR, error.description)
        }
        arm(loadMilliseconds)
        let decider = load(from: socket)
        arm(0)
        while true {
            let message = receive(from: socket)
            guard case .decide(let question) = decoded(message) else {
                end(EX_PROTOCOL, "an order came out of turn")
            }
            arm(questionMilliseconds)
            let decision = Answering.decision(on: question, by: decider)
            let answer = Answering.answer(question, by: decision)
            arm(0)
            // Giving up what the decision was made of can wait.
            withExtendedLifetime(decision) { send(.answer(answer), to: socket) }
        }
    }

    private static func load(from socket: MessageSocket) -> CommandDecider {
        let message = receive(from: socket)
        guard case .load(let version) = decoded(message), message.descriptors.count == 1 else {
            end(EX_PROTOCOL, "the first order is not `load`")
        }
        do {
            let bytes = try SnapshotFile.read(message.descriptors[0])
            let bundle = try SnapshotBundle(decoding: bytes)
            let inventory = try Inventory.read(bundle.sources(of: .inventory)).value
            let book = try RuleBook.read(bundle.sources(of: .rules)).value
            send(.loaded(version: version), to: socket)
            return CommandDecider(
                grants: GrantsDecider(inventory: inventory, snapshotVersion: version),
                book: book
            )
        } catch {
            let reason = String(decoding: "\(error)".utf8.prefix(FieldLimits.prose), as: UTF8.self)
            send(.loadFailed(reason: reason), to: socket)
            end(EX_DATAERR, "the snapshot cannot be read")
        }
    }

    // MARK: The socket

    private static func receive(from socket: MessageSocket) -> MessageSocket.Received {
        do {
            switch try socket.receive(blocking: true) {
            case .message(let message): return message
            // The authority is gone, or done with us.
            case .closed: exit(EX_OK)
            case .wouldBlock: end(EX_OSERR, "a blocking read did not block")
            }
        } catch {
            end(EX_OSERR, "\(error)")
        }
    }

    private static func decoded(_ message: MessageSocket.Received) -> DeciderOrder {
        do {
            return try DeciderOrder(decoding: message.bytes)
        } catch {
            end(EX_PROTOCOL, "\(error)")
        }
    }

    private static func send(_ report: DeciderReport, to socket: MessageSocket) {
        do {
            try socket.send(report.encoded(), blocking: true)
        } catch {
            end(EX_OSERR, "\(error)")
        }
    }

    // MARK: The end

    /// Processor time from now, at whose end the process dies; zero is no end.
    static func arm(_ milliseconds: CUnsignedInt) {
        guard sp_arm_processor_limit(milliseconds) == 0 else {
            end(EX_OSERR, "the processor limit cannot be set")
        }
    }

    /// One line on standard error, which the authority logs.
    private static func end(_ status: CInt, _ reason: String) -> Never {
        let line = Array("sallyport-decide: \(reason)\n".utf8)
        _ = unsafe write(STDERR_FILENO, line, line.count)
        exit(status)
    }
}

extension SnapshotBundle {
    fileprivate func sources(of part: Part) -> [SourceFile] {
        files.filter { $0.part == part }.map { SourceFile(name: $0.path, bytes: $0.bytes) }
    }
}
