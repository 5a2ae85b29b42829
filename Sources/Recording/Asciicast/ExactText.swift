/// Bytes that are shown as text, and kept exactly beside it where the text cannot hold them.
struct ExactText {
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(text: String, base64: String?) {
        bytes = base64.flatMap { Base64Text.decode($0.utf8) } ?? Array(text.utf8)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Only where the text is not the bytes.
    var base64: String? {
        String(validating: bytes, as: UTF8.self) == nil ? Base64Text.encode(bytes) : nil
    }
}
