import AuditTrail
import CSystem
import Glibc
import Logging
import MessageSockets

/// What a process writes to its standard error, as lines of our log.
///
/// Each is a text that somebody else chose, so it is bounded and never more than metadata.
final class ChildLog {
    /// LIMIT: bytes of one line; the rest of it is dropped.
    static let maximumLineBytes = 1024
    /// LIMIT: lines of one process; the rest is read and dropped, so that it never blocks.
    static let maximumLines = 64
    /// LIMIT: chunks in a row, so that a process that writes without end does not hold the loop.
    static let chunksInARow = 8

    private let descriptor: Descriptor
    private let reactor: Reactor
    private let logger: Logger
    private var watch: Reactor.Watch?
    /// What is read of the line that goes on.
    private(set) var line: [UInt8] = []
    /// Lines that were logged.
    private(set) var lines = 0

    /// For another release, which goes on with it.
    var handed: HandedLog {
        HandedLog(descriptor: descriptor.raw, lines: lines, line: RecordedBytes(line))
    }

    static func pipe() throws(SocketError) -> (read: Descriptor, write: Descriptor) {
        var ends: [CInt] = [-1, -1]
        guard unsafe sp_pipe(&ends) == 0 else { throw SocketError(call: "pipe") }
        let read = Descriptor(adopting: ends[0])
        let write = Descriptor(adopting: ends[1])
        try read.setNonBlocking()
        return (read, write)
    }

    init(reading descriptor: Descriptor, on reactor: Reactor, logger: Logger) {
        self.descriptor = descriptor
        self.reactor = reactor
        self.logger = logger
    }

    /// Goes on with what another release has begun to read.
    init(adopting handed: HandedLog, on reactor: Reactor, logger: Logger) {
        descriptor = Descriptor(adopting: handed.descriptor)
        lines = handed.lines
        line = handed.line.bytes
        self.reactor = reactor
        self.logger = logger
    }

    deinit {
        if let watch { reactor.forget(watch) }
    }

    func start() throws(SocketError) {
        watch = try reactor.watch(descriptor.raw, for: .readable) { [weak self] _ in self?.read() }
    }

    /// Takes what is left; nobody writes any more.
    func finish() {
        read()
        endLine()
        if let watch { reactor.forget(watch) }
        watch = nil
    }

    private func read() {
        var chunk = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<Self.chunksInARow {
            let count = unsafe Glibc.read(descriptor.raw, &chunk, chunk.count)
            guard count > 0 else {
                if count == 0, let watch {
                    reactor.forget(watch)
                    self.watch = nil
                }
                return
            }
            take(chunk.prefix(count))
        }
    }

    private func take(_ bytes: ArraySlice<UInt8>) {
        guard lines < Self.maximumLines else { return }
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                endLine()
            } else if line.count < Self.maximumLineBytes {
                line.append(byte)
            }
        }
    }

    private func endLine() {
        guard !line.isEmpty, lines < Self.maximumLines else { return }
        lines += 1
        let text = PrintableText.escaped(String(decoding: line, as: UTF8.self))
        logger.notice("a process wrote to its standard error", metadata: ["line": "\(text)"])
        line = []
    }
}
