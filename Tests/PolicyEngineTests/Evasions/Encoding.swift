import Foundation

/// Texts in another form, as programs of every host decode them.
enum Encoding {
    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    static func hexadecimal(_ text: String) -> String {
        text.utf8.map { EvasionGenerator.digits($0, base: 16, count: 2) }.joined()
    }

    /// For the format of `printf`.
    static func octal(_ text: String) -> String {
        text.utf8.map { "\\" + EvasionGenerator.digits($0, base: 8, count: 3) }.joined()
    }

    /// Letters by thirteen places.
    static func rotated(_ text: String) -> String {
        let bytes = text.utf8.map { byte -> UInt8 in
            switch byte {
            case 0x41...0x5A: (byte - 0x41 + 13) % 26 + 0x41
            case 0x61...0x7A: (byte - 0x61 + 13) % 26 + 0x61
            default: byte
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
