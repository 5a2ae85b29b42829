import AuditTrail
import Foundation
import Glibc
import MessageSockets

/// The position of an export on disk: one JSON object with the place that it is about.
///
/// Another one is written beside it, synced, and put in its place, so that a crash leaves one of
/// the two.
struct PositionFile: Hashable, Sendable {
    private struct Content: Codable {
        let to: String
        let sequence: Int64
        let time: Timestamp
    }

    /// LIMIT: bytes; a path and two numbers need less.
    static let maximumBytes = 64 * 1024

    let path: String
    /// The file or the receiver of the records: the position of another one does not count.
    let destination: String

    /// Nil where there is none for this destination.
    func read() throws(ExportError) -> ExportPosition? {
        let raw = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard raw >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(SocketError(call: "open"))
        }
        let file = Descriptor(adopting: raw)
        var bytes = [UInt8](repeating: 0, count: Self.maximumBytes)
        let count = unsafe Glibc.read(file.raw, &bytes, bytes.count)
        guard count >= 0 else { throw failure(SocketError(call: "read")) }
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(bytes.prefix(count)))
        } catch {
            throw .position(path: path, reason: "it cannot be read")
        }
        guard content.to == destination else { return nil }
        return ExportPosition(sequence: content.sequence, time: content.time)
    }

    func write(_ position: ExportPosition) throws(ExportError) {
        let content = Content(to: destination, sequence: position.sequence, time: position.time)
        let line: [UInt8]
        do {
            line = [UInt8](try CanonicalJSON.line(content).utf8) + [UInt8(ascii: "\n")]
        } catch {
            throw .position(path: path, reason: "\(error)")
        }
        do throws(SocketError) {
            try ReplacedFile.write(line, to: path, mode: 0o600)
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: SocketError) -> ExportError {
        .position(path: path, reason: error.description)
    }
}
