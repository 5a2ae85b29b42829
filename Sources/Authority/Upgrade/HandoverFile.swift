import AuditTrail
import CSystem
import Foundation
import Glibc
import MessageSockets
import SessionProtocol

/// A handover as a file in memory that nobody can change, and back.
enum HandoverFile {
    /// LIMIT: bytes of one; a connection with a session needs a kilobyte and its command line.
    static let maximumBytes = 256 * 1024 * 1024

    static func write(_ handover: Handover) throws(HandoverError) -> Descriptor {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try CanonicalJSON.line(handover).utf8)
        } catch {
            throw .unwritable("\(error)")
        }
        guard bytes.count <= maximumBytes else {
            throw .unwritable("it exceeds \(maximumBytes) bytes")
        }
        let raw = unsafe bytes.withUnsafeBytes { bytes in
            unsafe sp_sealed_file("sallyport-handover", bytes.baseAddress, bytes.count)
        }
        guard raw >= 0 else { throw .unwritable(SocketError(call: "memfd_create").description) }
        // Whoever reads it begins at its beginning.
        lseek(raw, 0, SEEK_SET)
        return Descriptor(adopting: raw)
    }

    /// Reads from the beginning, wherever another reader of the same file is.
    static func read(_ file: Descriptor) throws(HandoverError) -> Handover {
        let text = String(decoding: try bytes(of: file), as: UTF8.self)
        let header: Header
        do {
            header = try CanonicalJSON.value(Header.self, from: text)
        } catch {
            throw .unreadable("\(error)")
        }
        // Said before what may have another form is read.
        guard header.format == Handover.format else { throw .otherFormat(header.format) }
        guard header.protocolVersion == ProtocolTable.version else {
            throw .otherProtocol(header.protocolVersion)
        }
        do {
            return try CanonicalJSON.value(Handover.self, from: text)
        } catch {
            throw .unreadable("\(error)")
        }
    }

    private struct Header: Decodable {
        let format: Int
        let protocolVersion: UInt32
    }

    private static func bytes(of file: Descriptor) throws(HandoverError) -> [UInt8] {
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else {
            throw .unreadable(SocketError(call: "fstat").description)
        }
        guard (1...maximumBytes).contains(status.st_size) else {
            throw .unreadable("it has \(status.st_size) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: status.st_size)
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { room in
                unsafe pread(
                    file.raw,
                    room.baseAddress?.advanced(by: done),
                    room.count - done,
                    off_t(done)
                )
            }
            guard count > 0 else { throw .unreadable(SocketError(call: "pread").description) }
            done += count
        }
        return bytes
    }
}

/// Why a release does not take the place of another one.
package enum HandoverError: Error, Hashable, Sendable, CustomStringConvertible {
    case unwritable(String)
    case unreadable(String)
    case otherFormat(Int)
    case otherProtocol(UInt32)
    case otherHostKey
    case otherPlace(String)
    case newerAuditTrail(String)
    /// What goes on has no place in the files as they are now.
    case withoutPlace(String)
    case refused(String)

    package var description: String {
        switch self {
        case .unwritable(let reason): "the handover cannot be written: \(reason)"
        case .unreadable(let reason): "the handover cannot be read: \(reason)"
        case .otherFormat(let format):
            "the handover has format \(format), not \(Handover.format): stop the one and start the "
                + "other"
        case .otherProtocol(let version):
            "the session processes that go on speak version \(version), not \(ProtocolTable.version)"
                + ": stop the one and start the other"
        case .otherHostKey:
            "the host key is another one, which clients that are here would refuse: stop the one and "
                + "start the other"
        case .otherPlace(let what):
            "`\(what)` is another place now, and what goes on is recorded in the one before: stop the one "
                + "and start the other"
        case .newerAuditTrail(let step): "the audit trail has a newer shape (`\(step)`)"
        case .withoutPlace(let what): "\(what): reload first"
        case .refused(let reason): reason
        }
    }
}
