import Foundation

/// Bytes that a client sent, kept exactly, and a text of them to read.
///
/// JSON has no bytes. What is UTF-8 is written as `{"text":…}`; what is not is written as
/// `{"base64":…,"text":…}`, where `base64` counts and `text` is only for reading.
package struct RecordedBytes: Hashable, Sendable {
    package let bytes: [UInt8]

    /// LIMIT: the text beside base64 is a help, and U+FFFD would make it three times the bytes.
    static let maximumDisplayBytes = 4096

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The bytes as text where they are one.
    package var text: String? { String(validating: bytes, as: UTF8.self) }

    /// Always a text; bytes that are no UTF-8 become U+FFFD, and what is long is cut there.
    package var displayText: String {
        text ?? String(decoding: bytes.prefix(Self.maximumDisplayBytes), as: UTF8.self)
    }

    /// The first bytes, cut between characters where the bytes are text.
    func prefix(_ limit: Int) -> RecordedBytes {
        guard bytes.count > limit else { return self }
        var end = limit
        // A character of UTF-8 has at most three continuation bytes.
        while end > limit - 3, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let isText = bytes[end] & 0xC0 != 0x80
        return RecordedBytes(Array(bytes[..<(isText ? end : limit)]))
    }
}

extension RecordedBytes: Codable {
    private enum CodingKeys: String, CodingKey {
        case base64
        case text
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let encoded = try container.decodeIfPresent(String.self, forKey: .base64) else {
            self.init(Array(try container.decode(String.self, forKey: .text).utf8))
            return
        }
        guard let data = Data(base64Encoded: encoded) else {
            throw DecodingError.dataCorruptedError(
                forKey: .base64,
                in: container,
                debugDescription: "is no base64"
            )
        }
        self.init(Array(data))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        guard let text else {
            try container.encode(Data(bytes).base64EncodedString(), forKey: .base64)
            return try container.encode(displayText, forKey: .text)
        }
        try container.encode(text, forKey: .text)
    }
}
