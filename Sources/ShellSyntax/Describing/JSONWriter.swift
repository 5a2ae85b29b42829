/// Writes JSON (RFC 8259) on one line, keys in the order in which they come.
public struct JSONWriter {
    public private(set) var text: [UInt8] = []
    /// Whether the next key or element is behind another one.
    private var needsComma = false

    public init() {}

    public mutating func beginObject() { begin(0x7B) }

    public mutating func endObject() { end(0x7D) }

    public mutating func beginArray() { begin(0x5B) }

    public mutating func endArray() { end(0x5D) }

    public mutating func key(_ name: String) {
        string(name)
        text.append(0x3A)
        needsComma = false
    }

    /// A string with its quotes.
    public mutating func string(_ value: String) {
        separate()
        text.append(0x22)
        for byte in value.utf8 { append(escaping: byte) }
        text.append(0x22)
    }

    /// A number, `true`, `false`, or any other JSON that is made already.
    public mutating func bare(_ value: some Sequence<UInt8>) {
        separate()
        text.append(contentsOf: value)
    }

    public mutating func bare(_ value: String) { bare(value.utf8) }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        text.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        text.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text.append(0x2C) }
        needsComma = true
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case 0x22, 0x5C: text += [0x5C, byte]
        case 0x0A: text += [0x5C, 0x6E]
        case 0x0D: text += [0x5C, 0x72]
        case 0x09: text += [0x5C, 0x74]
        case 0x00..<0x20, 0x7F:
            text.append(contentsOf: "\\u00".utf8)
            for digit in [byte >> 4, byte & 15] {
                text.append(digit < 10 ? digit + 0x30 : digit + 0x57)
            }
        default: text.append(byte)
        }
    }
}
