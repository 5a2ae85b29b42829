import Glibc
import SessionProtocol

/// Messages that were seen, each kind in a file of its own.
struct Memory {
    let folder: String

    private func path(_ kind: SessionRequestKind) -> String { "\(folder)/remembered-\(kind)" }

    /// Keeps the first of its kind.
    func keep(_ request: SessionRequest) throws {
        guard try recall(request.kind) == nil else { return }
        let descriptor = unsafe open(path(request.kind), O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw MemoryError.unwritable(errno) }
        defer { close(descriptor) }
        let bytes = request.encoded()
        let written = unsafe bytes.withUnsafeBytes {
            unsafe write(descriptor, $0.baseAddress, $0.count)
        }
        guard written == bytes.count else { throw MemoryError.unwritable(errno) }
    }

    func recall(_ kind: SessionRequestKind) throws -> SessionRequest? {
        guard let bytes = Self.contents(path(kind)) else { return nil }
        return try SessionRequest(decoding: bytes)
    }

    /// A file's bytes; nil where there is none.
    static func contents(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: FieldLimits.message)
        let count = unsafe bytes.withUnsafeMutableBytes {
            unsafe read(descriptor, $0.baseAddress, $0.count)
        }
        return count < 0 ? nil : Array(bytes.prefix(count))
    }
}

enum MemoryError: Error {
    case unwritable(CInt)
}
