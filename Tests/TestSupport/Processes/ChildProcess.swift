import Foundation
import Glibc
import Synchronization

/// A program that runs beside a test: what it writes is collected as it comes.
///
/// One thread for each moves the bytes, so that a test waits without holding a thread of the pool in
/// which all tests run.
package final class ChildProcess: Sendable {
    /// What is known of it so far.
    package struct Progress: Sendable {
        package fileprivate(set) var output: [UInt8] = []
        package fileprivate(set) var errors: [UInt8] = []
        package fileprivate(set) var end: Outcome.End?
        /// The end, and everything that was written before it.
        package fileprivate(set) var isComplete = false

        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    private struct Waiter {
        let condition: @Sendable (Progress) -> Bool
        let deadline: ContinuousClock.Instant
        let awaited: String
        let continuation: CheckedContinuation<Progress, any Error>
    }

    private struct State {
        var progress = Progress()
        var input: [UInt8] = []
        var closesInput = false
        var waiters: [Waiter] = []
    }

    package let processID: Int32
    private let command: Command
    private let spawned: Spawned
    private let state: Mutex<State>

    init(_ command: Command) throws(SystemFailure) {
        self.command = command
        spawned = try Spawned.start(command)
        processID = spawned.processID
        state = Mutex(State(input: command.input ?? [], closesInput: command.input != nil))
        Thread.detachNewThread { [self] in Pump(spawned, self).run() }
    }

    package func write(_ text: String) { write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) { state.withLock { $0.input += bytes } }

    package func closeInput() { state.withLock { $0.closesInput = true } }

    /// Changes the size of its terminal, which the system tells it by a signal.
    package func resizeTerminal(columns: UInt16, rows: UInt16) {
        Spawned.resize(spawned.output, columns: columns, rows: rows)
    }

    package func signal(_ number: Int32) { kill(processID, number) }

    /// Its process id is that of its group; once reaped and gone, this does nothing.
    func killGroup() { kill(-processID, SIGKILL) }

    package var progress: Progress { state.withLock { $0.progress } }

    /// Waits until its output has a text in it.
    @discardableResult
    package func printed(
        _ text: String,
        within limit: Duration = .seconds(30)
    ) async throws -> Progress {
        try await reached("`\(text)`", within: limit) { $0.text.contains(text) }
    }

    package func finished(within limit: Duration = .seconds(60)) async throws -> Outcome {
        let progress = try await reached("end", within: limit) { $0.isComplete }
        return Outcome(
            end: progress.end ?? .exited(-1),
            output: progress.output,
            errors: progress.errors
        )
    }

    /// Waits for a condition; throws `TimedOut`, or at once where it ended without it.
    @discardableResult
    package func reached(
        _ awaited: String,
        within limit: Duration,
        _ condition: @escaping @Sendable (Progress) -> Bool
    ) async throws -> Progress {
        try await withCheckedThrowingContinuation { continuation in
            let waiter = Waiter(
                condition: condition,
                deadline: .now + limit,
                awaited: awaited,
                continuation: continuation
            )
            state.withLock { $0.waiters.append(waiter) }
            settleWaiters()
        }
    }

    // MARK: for the pump

    fileprivate func takeInput() -> (bytes: [UInt8], closes: Bool) {
        state.withLock { state in
            defer { state.input = [] }
            return (state.input, state.closesInput)
        }
    }

    fileprivate func returnInput(_ bytes: ArraySlice<UInt8>) {
        state.withLock { $0.input.insert(contentsOf: bytes, at: 0) }
    }

    fileprivate func update(_ change: (inout Progress) -> Void) {
        state.withLock { change(&$0.progress) }
    }

    /// Resumes whose condition holds, whose time is over, and all once nothing can change.
    fileprivate func settleWaiters() {
        let now = ContinuousClock.now
        let (progress, settled) = state.withLock { state -> (Progress, [(Waiter, Bool)]) in
            var settled: [(Waiter, Bool)] = []
            state.waiters.removeAll { waiter in
                let holds = waiter.condition(state.progress)
                guard holds || state.progress.isComplete || now >= waiter.deadline else {
                    return false
                }
                settled.append((waiter, holds))
                return true
            }
            return (state.progress, settled)
        }
        for (waiter, holds) in settled {
            guard holds else {
                waiter.continuation.resume(
                    throwing: TimedOut(
                        command: [command.program] + command.arguments,
                        awaited: waiter.awaited,
                        output: progress.text,
                        errors: String(decoding: progress.errors, as: UTF8.self)
                    )
                )
                continue
            }
            waiter.continuation.resume(returning: progress)
        }
    }
}

/// Moves bytes between a child and what is known of it, until the child is gone.
private struct Pump {
    /// LIMIT: how late what a test writes, and the end of a process, are seen.
    private static let tick: Int32 = 10
    /// LIMIT: what a background process that inherited the streams may still add.
    private static let lingerTicks = 30

    private let child: ChildProcess
    private let processID: pid_t
    private var input: Int32?
    private var output: Int32?
    private var errors: Int32?
    /// The one descriptor of a child on a terminal, closed last.
    private let terminal: Int32?
    private var ticksSinceEnd = 0
    private var hasEnded = false

    init(_ spawned: Spawned, _ child: ChildProcess) {
        self.child = child
        processID = spawned.processID
        input = spawned.input
        output = spawned.output
        errors = spawned.errors
        terminal = spawned.errors == nil ? spawned.output : nil
    }

    func run() {
        // Who writes to a program that has ended gets an error, and is not ended by a signal.
        var pipe = sigset_t()
        unsafe sigemptyset(&pipe)
        unsafe sigaddset(&pipe, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &pipe, nil)
        var pump = self
        while pump.turn() {}
        pump.child.update { $0.isComplete = true }
        pump.child.settleWaiters()
        pump.closeAll()
    }

    private mutating func turn() -> Bool {
        feed()
        var polled = [output, errors].compactMap { $0 }.map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        let count = unsafe poll(&polled, nfds_t(polled.count), Self.tick)
        drain(&output) { bytes in child.update { $0.output += bytes } }
        drain(&errors) { bytes in child.update { $0.errors += bytes } }
        reap()
        child.settleWaiters()
        guard hasEnded else { return true }
        if count == 0 { ticksSinceEnd += 1 }
        return (output != nil || errors != nil) && ticksSinceEnd < Self.lingerTicks
    }

    /// Writes what the child takes without waiting.
    private mutating func feed() {
        guard let descriptor = input else { return }
        let (bytes, closes) = child.takeInput()
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress, min(buffer.count, 1 << 16))
            }
            guard count > 0 else {
                // Who does not read any more gets nothing any more.
                if errno != EAGAIN { rest = [] }
                break
            }
            rest = rest.dropFirst(count)
        }
        if !rest.isEmpty { return child.returnInput(rest) }
        guard closes else { return }
        if terminal == nil { close(descriptor) }
        input = nil
    }

    private func drain(_ descriptor: inout Int32?, _ take: ([UInt8]) -> Void) {
        guard let open = descriptor else { return }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe read(open, buffer.baseAddress, buffer.count)
            }
            if count > 0 {
                take(Array(chunk[..<count]))
                continue
            }
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            // The end; of a terminal an error says it.
            if terminal == nil { close(open) }
            descriptor = nil
            return
        }
    }

    private mutating func reap() {
        guard !hasEnded else { return }
        var status: Int32 = 0
        guard unsafe waitpid(processID, &status, WNOHANG) == processID else { return }
        hasEnded = true
        let signal = status & 0x7f
        child.update {
            $0.end = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
        }
    }

    private func closeAll() {
        for descriptor in Set([input, output, errors, terminal].compactMap { $0 }) {
            close(descriptor)
        }
    }
}
