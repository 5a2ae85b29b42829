/// Splits a stream into SFTP packets (draft-ietf-secsh-filexfer-02 §3) as the bytes come.
///
/// A packet that is whole in what came is handed on where it stands; only a cut one is kept.
struct SFTPPacketSplitter {
    /// LIMIT: OpenSSH refuses packets above 256 KiB; what claims more is no SFTP.
    static let maximumPacketBytes = 256 * 1024 + 1024
    private var buffer: [UInt8] = []
    /// The stream is no SFTP, so nothing more is read from it.
    private(set) var isBroken = false

    /// Reads more of the stream and hands every whole packet, without its length, to `body`.
    mutating func read(_ bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
        guard !isBroken else { return }
        var rest = bytes
        while !rest.isEmpty || buffer.count >= 4 {
            if buffer.isEmpty, let packet = Self.whole(rest) {
                body(packet.dropFirst(4))
                rest = rest.dropFirst(packet.count)
                continue
            }
            let taken = rest.prefix(missing())
            buffer.append(contentsOf: taken)
            rest = rest.dropFirst(taken.count)
            guard let length = Self.length(buffer[...]) else {
                if rest.isEmpty { return }
                continue
            }
            guard length <= Self.maximumPacketBytes else {
                isBroken = true
                buffer = []
                return
            }
            guard buffer.count == 4 + length else {
                if rest.isEmpty { return }
                continue
            }
            body(buffer[4...])
            buffer.removeAll(keepingCapacity: true)
        }
    }

    private func missing() -> Int {
        guard let length = Self.length(buffer[...]) else { return 4 - buffer.count }
        return 4 + length - buffer.count
    }

    /// The first packet of the bytes, with its length, if it is all there.
    private static func whole(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let length = length(bytes), length <= maximumPacketBytes, bytes.count >= 4 + length
        else { return nil }
        return bytes.prefix(4 + length)
    }

    private static func length(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
}
