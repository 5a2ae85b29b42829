import Glibc
package import MessageSockets

/// One run of somebody else's program: no shell, no input, bounded output, bounded time.
///
/// It blocks, so only commands and helper threads call it.
package struct BoundedProgram: Hashable, Sendable {
    /// What it left behind.
    package struct Output: Hashable, Sendable {
        package let standardOutput: [UInt8]
        package let standardError: [UInt8]
        /// Nil where a signal ended it.
        package let exitStatus: CInt?
    }

    package let path: String
    package let arguments: [String]
    /// Then it is killed, with all that it started.
    package let timeout: Duration
    /// Of standard output and of standard error each; more ends it.
    package let maximumBytes: Int

    package init(path: String, arguments: [String], timeout: Duration, maximumBytes: Int) {
        self.path = path
        self.arguments = arguments
        self.timeout = timeout
        self.maximumBytes = maximumBytes
    }

    /// It reads `input` from its beginning, or nothing.
    package func run(reading input: Descriptor? = nil) throws(ProgramError) -> Output {
        let outputEnds = try Self.pipe(path)
        let errorEnds = try Self.pipe(path)
        let process = try ProgramSpawn.start(
            path,
            arguments,
            input: input,
            output: outputEnds.write,
            error: errorEnds.write
        )
        // Ours must go, or the end of the program's would never be seen.
        outputEnds.write.close()
        errorEnds.write.close()
        var capture = ProgramCapture(
            output: outputEnds.read.descriptor,
            error: errorEnds.read.descriptor,
            maximumBytes: maximumBytes
        )
        let deadline = Reactor.monotonicNanoseconds() &+ timeout.wholeNanoseconds
        var failure = capture.collect(until: deadline)
        // It may have closed both streams and go on.
        if failure == nil, !ProgramSpawn.hasEnded(process, by: deadline) { failure = .late }
        if failure != nil { kill(-process, SIGKILL) }
        let status = ProgramSpawn.wait(process)
        switch failure {
        case .late: throw .timedOut(program: path, seconds: timeout.components.seconds)
        case .long: throw .saidTooMuch(program: path, limit: maximumBytes)
        case .broken(let error): throw .failed(program: path, reason: error.description)
        case nil: break
        }
        return Output(
            standardOutput: capture.standardOutput,
            standardError: capture.standardError,
            exitStatus: status & 0x7f == 0 ? (status >> 8) & 0xff : nil
        )
    }

    private static func pipe(
        _ program: String
    ) throws(ProgramError) -> (read: PipeEnd, write: PipeEnd) {
        do throws(SocketError) {
            let ends = try ChildLog.pipe()
            return (PipeEnd(ends.read), PipeEnd(ends.write))
        } catch {
            throw .failed(program: program, reason: error.description)
        }
    }
}

/// Why a program gave no answer.
package enum ProgramError: Error, Hashable, Sendable, CustomStringConvertible {
    case notFound(name: String, path: String)
    case failed(program: String, reason: String)
    case timedOut(program: String, seconds: Int64)
    case saidTooMuch(program: String, limit: Int)

    package var description: String {
        switch self {
        case .notFound(let name, let path): "`\(name)` is not in PATH (`\(path)`): install it"
        case .failed(let program, let reason): "`\(program)` cannot be run: \(reason)"
        case .timedOut(let program, let seconds):
            "`\(program)` was ended after \(seconds) s without an answer"
        case .saidTooMuch(let program, let limit):
            "`\(program)` was ended: its output exceeds the limit of \(limit) bytes"
        }
    }
}

/// One end of a pipe, which can be closed before its owner goes.
final class PipeEnd {
    private(set) var held: Descriptor?

    init(_ descriptor: Descriptor) { held = descriptor }

    var descriptor: Descriptor {
        guard let held else { preconditionFailure("a pipe's end is not used after it was closed") }
        return held
    }

    func close() { held = nil }
}
