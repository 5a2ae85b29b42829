import CSystem
import Glibc
import Logging
import MessageSockets
import SessionProtocol
import Synchronization

/// One process that the authority started: its control socket, its log, its end.
final class ChildProcess {
    /// How a process ended.
    enum End: Hashable, Sendable, CustomStringConvertible {
        case exited(status: CInt)
        case killed(signal: CInt)

        /// `status` as `waitpid` gives it: the signal in the low seven bits, the exit status above.
        init(status: CInt) {
            let signal = status & 0x7f
            self = signal == 0 ? .exited(status: (status >> 8) & 0xff) : .killed(signal: signal)
        }

        /// Whether it made a system call that is on no list of its sandbox.
        var isForbiddenCall: Bool { self == .killed(signal: SIGSYS) }

        var description: String {
            switch self {
            case .exited(let status): "exited with status \(status)"
            case .killed(SIGSYS): "made a forbidden system call and was killed by signal \(SIGSYS)"
            case .killed(let signal): "was killed by signal \(signal)"
            }
        }
    }

    let processID: pid_t
    let control: MessageSocket
    private let outgoing: OutgoingMessages
    private let reactor: Reactor
    private let processDescriptor: Descriptor
    private let log: ChildLog
    private var endWatch: Reactor.Watch?
    private var controlWatch: Reactor.Watch?
    private(set) var end: End?

    /// Called once for each message, as long as the process may speak.
    var received: ((MessageSocket.Received) -> Void)?
    /// Called once: the other end of the control socket is closed, or what came could not be read.
    var fellSilent: ((SocketError?) -> Void)?
    /// Called once, when the process is gone and reaped.
    var ended: ((End) -> Void)?

    /// Starts the program.
    ///
    /// Nothing of the authority is inherited: each of its descriptors is closed on exec, and the
    /// environment is the one variable, `NAME=value`, if there is one, and the account that the
    /// program is to take.
    init(
        program: String,
        variable: String? = nil,
        as account: ProcessAccount? = nil,
        on reactor: Reactor,
        logger: Logger
    ) throws(SocketError) {
        let (ours, theirs) = try MessageSocket.pair()
        let logEnds = try ChildLog.pipe()
        var process: pid_t = 0
        let result = unsafe sp_spawn(
            program,
            variable,
            account?.variable,
            theirs.raw,
            logEnds.write.raw,
            &process
        )
        guard result == 0 else { throw SocketError(call: "posix_spawn", code: result) }
        let raw = sp_pidfd_open(process)
        guard raw >= 0 else {
            let error = SocketError(call: "pidfd_open")
            Glibc.kill(process, SIGKILL)
            waitpid(process, nil, 0)
            throw error
        }
        processID = process
        processDescriptor = Descriptor(adopting: raw)
        control = MessageSocket(adopting: ours)
        outgoing = OutgoingMessages(to: control, on: reactor)
        self.reactor = reactor
        log = ChildLog(reading: logEnds.read, on: reactor, logger: logger)
        withExtendedLifetime((theirs, logEnds)) {}
        try watch()
    }

    /// Goes on with a process that another release of the authority started, as a child of this very
    /// process.
    init(
        adopting handed: HandedConnection.Process,
        on reactor: Reactor,
        logger: Logger
    ) throws(SocketError) {
        let raw = sp_pidfd_open(handed.id)
        guard raw >= 0 else { throw SocketError(call: "pidfd_open") }
        processID = handed.id
        processDescriptor = Descriptor(adopting: raw)
        control = MessageSocket(adopting: Descriptor(adopting: handed.control))
        outgoing = OutgoingMessages(to: control, on: reactor)
        self.reactor = reactor
        log = ChildLog(adopting: handed.log, on: reactor, logger: logger)
        try watch()
    }

    private func watch() throws(SocketError) {
        Self.living.withLock { _ = $0.insert(processID) }
        // Strong on purpose: this object lives until its process is reaped, whoever forgot it.
        endWatch = try reactor.watch(processDescriptor.raw, for: .readable) { _ in self.reap() }
        do throws(SocketError) {
            controlWatch = try reactor.watch(control.raw, for: .readable) { [weak self] _ in
                self?.read()
            }
            try log.start()
        } catch {
            kill()
            throw error
        }
    }

    /// Those of this process that are not reaped.
    static let living = Mutex<Set<pid_t>>([])

    // MARK: Handing over

    /// Whether it has every order that it was sent.
    var hasItsOrders: Bool { outgoing.isEmpty }

    /// Ends a process that another release started and that nobody needs any more.
    static func end(orphan process: pid_t, on reactor: Reactor) throws(SocketError) {
        let raw = sp_pidfd_open(process)
        // It was reaped before it could be handed over.
        guard raw >= 0 else { return }
        let descriptor = Descriptor(adopting: raw)
        living.withLock { _ = $0.insert(process) }
        // Not reaped yet, so that the number is still that of this process.
        Glibc.kill(process, SIGKILL)
        var watch: Reactor.Watch?
        watch = try reactor.watch(descriptor.raw, for: .readable) { _ in
            waitpid(process, nil, WNOHANG)
            living.withLock { _ = $0.remove(process) }
            if let watch { reactor.forget(watch) }
            withExtendedLifetime(descriptor) {}
        }
    }

    /// Nil once it has ended.
    var handed: HandedConnection.Process? {
        guard end == nil else { return nil }
        return HandedConnection.Process(id: processID, control: control.raw, log: log.handed)
    }

    /// Sends an order; a process that does not read is ended by whoever catches the error.
    func send(_ bytes: [UInt8], _ descriptors: [Descriptor] = []) throws(SocketError) {
        try outgoing.send(bytes, descriptors)
    }

    func kill() {
        forgetControl()
        guard end == nil else { return }
        // Not reaped yet, so that the number is still that of this process.
        Glibc.kill(processID, SIGKILL)
    }

    /// Ends a process that takes no orders; what it said before counts.
    ///
    /// Most often it has ended by itself just now, and its last words are still to be read.
    func dismiss() {
        outgoing.cancel()
        guard end == nil else { return }
        // Not reaped yet, so that the number is still that of this process.
        Glibc.kill(processID, SIGKILL)
    }

    /// LIMIT: messages of one process handled in a row, so that the others have their turn.
    static let messagesInARow = 16
    /// LIMIT: messages that a dead process left behind; its socket's buffer holds fewer.
    static let lastMessages = 1024

    private func read(atMost count: Int = messagesInARow) {
        for _ in 0..<count {
            guard controlWatch != nil else { return }
            do {
                switch try control.receive() {
                case .message(let message): received?(message)
                case .wouldBlock: return
                case .closed: return silence(nil)
                }
            } catch {
                return silence(error)
            }
        }
    }

    private func silence(_ error: SocketError?) {
        guard controlWatch != nil else { return }
        forgetControl()
        fellSilent?(error)
    }

    private func forgetControl() {
        if let controlWatch { reactor.forget(controlWatch) }
        controlWatch = nil
        outgoing.cancel()
    }

    private func reap() {
        var status: CInt = 0
        guard end == nil, unsafe waitpid(processID, &status, WNOHANG) == processID else { return }
        let end = End(status: status)
        self.end = end
        Self.living.withLock { _ = $0.remove(processID) }
        if let endWatch { reactor.forget(endWatch) }
        endWatch = nil
        // What it said before it died counts: `connectionEnded` and the exit race.
        read(atMost: Self.lastMessages)
        forgetControl()
        log.finish()
        let ended = self.ended
        received = nil
        fellSilent = nil
        self.ended = nil
        ended?(end)
    }
}
