internal import PlainText

/// The line of a command in which something is, made fit for a terminal, with that part underlined.
struct ShownLine: Hashable {
    /// LIMIT: columns of a command line that are shown; the part in question stands among them.
    static let maximumColumns = 100

    let text: String
    let underline: String

    /// - Parameters:
    ///   - range: In bytes; what is out of bounds is cut off.
    ///   - commandLine: Need not be UTF-8.
    init(of range: Range<Int>, in commandLine: [UInt8]) {
        let range = range.clamped(to: commandLine.indices)
        let newline = UInt8(ascii: "\n")
        let before = commandLine[..<range.lowerBound]
        let start = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
        let behind = commandLine[range.lowerBound...]
        let end = behind.firstIndex(of: newline) ?? commandLine.endIndex
        let marked = range.lowerBound..<min(max(range.upperBound, range.lowerBound), end)
        let shown = [start..<marked.lowerBound, marked, marked.upperBound..<end].map { part in
            Array(
                String(decoding: commandLine[part], as: UTF8.self).escapingControls().unicodeScalars
            )
        }
        let width = shown[1].count
        // Half of what is left goes in front.
        let room = max(0, Self.maximumColumns - width)
        let front = Self.tail(of: shown[0], atMost: max(room / 2, room - shown[2].count))
        let middle = Self.head(of: shown[1], atMost: Self.maximumColumns)
        let back = Self.head(of: shown[2], atMost: max(0, room - front.count))
        text = String(String.UnicodeScalarView(front + middle + back))
        underline =
            String(repeating: " ", count: front.reduce(0) { $0 + $1.columns })
            + String(repeating: "^", count: max(1, middle.reduce(0) { $0 + $1.columns }))
    }

    private static func head(of text: [Unicode.Scalar], atMost limit: Int) -> [Unicode.Scalar] {
        text.count <= limit ? text : Array(text.prefix(max(0, limit - 1))) + ["…"]
    }

    private static func tail(of text: [Unicode.Scalar], atMost limit: Int) -> [Unicode.Scalar] {
        text.count <= limit ? text : ["…"] + Array(text.suffix(max(0, limit - 1)))
    }
}

extension Unicode.Scalar {
    /// Columns of a terminal: none for marks on another character, two for the wide ones of East Asia
    /// and for pictures.
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
