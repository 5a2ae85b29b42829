/// The text of one file, checked to hold nothing that a person could not see.
struct YAMLSource {
    let file: String
    private(set) var bytes: [UInt8]
    /// Where each line begins in `bytes`.
    private var lineStarts: [Int] = []
    /// The character that was asked for last: most that are asked for stand behind it.
    private var last = (line: 0, column: 1, offset: 0)

    /// Nil where the bytes cannot be read at all; the findings say why.
    init?(_ bytes: [UInt8], file: String, findings: Findings) {
        self.file = file
        self.bytes = bytes
        guard bytes.count <= YAMLLimits.fileBytes else {
            findings.error(
                "exceeds the limit of \(YAMLLimits.fileBytes) bytes",
                at: SourceLocation(file: file)
            )
            return nil
        }
        indexLines()
        guard areLinesReadable(findings) else { return nil }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    private mutating func indexLines() {
        lineStarts = [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            lineStarts.append(index + 1)
        }
    }

    /// The bytes of a line, counted from 1, without its line feed.
    private func line(_ number: Int) -> ArraySlice<UInt8> {
        guard lineStarts.indices.contains(number - 1) else { return [] }
        let start = lineStarts[number - 1]
        let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        return bytes[start..<end]
    }

    private func areLinesReadable(_ findings: Findings) -> Bool {
        var isReadable = true
        for number in 1...lineStarts.count {
            var line = line(number)
            if line.last == UInt8(ascii: "\r"), number < lineStarts.count { line.removeLast() }
            let isPlain = line.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
            if isPlain { continue }
            let location = SourceLocation(file: file, line: number)
            guard let text = String(validating: line, as: UTF8.self) else {
                findings.error("is not UTF-8", at: location)
                isReadable = false
                continue
            }
            if let hidden = text.unicodeScalars.first(where: \.isHiddenInSource) {
                let code = String(hidden.value, radix: 16, uppercase: true)
                findings.error(
                    "holds the invisible character U+\(code); write it as an escape in double "
                        + "quotes if it is meant",
                    at: location
                )
                isReadable = false
            }
        }
        return isReadable
    }

    /// Where in `bytes` a character is, line and column counted from 1.
    mutating func offset(line number: Int, column: Int) -> Int? {
        guard column > 0 else { return nil }
        let line = line(number)
        let goesOn = last.line == number && last.column <= column
        var offset = goesOn ? last.offset : line.startIndex
        for _ in (goesOn ? last.column : 1)..<column {
            guard offset < line.endIndex else { return nil }
            offset += 1
            while offset < line.endIndex, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        last = (number, column, offset)
        return offset < line.endIndex ? offset : nil
    }

    func byte(at offset: Int?) -> UInt8? {
        guard let offset, bytes.indices.contains(offset) else { return nil }
        return bytes[offset]
    }

    /// Puts another character in the place of one, so that all columns stay.
    ///
    /// Gives back the one that was there.
    mutating func replaceCharacter(at offset: Int, with scalar: Unicode.Scalar) -> String {
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        let original = String(decoding: bytes[offset..<end], as: UTF8.self)
        bytes.replaceSubrange(offset..<end, with: Array(String(Character(scalar)).utf8))
        indexLines()
        last = (0, 1, 0)
        return original
    }

    /// The lines of what looks like `&name` or `*name` at the start of a value, one for each.
    func lines(ofIndicator indicator: UInt8) -> [Int] {
        var lines: [Int] = []
        var line = 1
        var previous = UInt8(ascii: "\n")
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == indicator, " \t\n[]{},".utf8.contains(previous),
                index + 1 < bytes.count, bytes[index + 1] > 0x20
            {
                lines.append(line)
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            previous = byte
        }
        return lines
    }
}

extension Unicode.Scalar {
    /// Control characters, line separators that only some programs honour, direction marks, and the
    /// private use area, which the reader needs for itself.
    fileprivate var isHiddenInSource: Bool {
        switch self {
        case "\t": false
        case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}": true
        case "\u{200B}", "\u{200E}", "\u{200F}", "\u{2028}"..."\u{202E}": true
        case "\u{2060}"..."\u{206F}", "\u{FEFF}", "\u{E000}"..."\u{F8FF}": true
        case "\u{FFFE}", "\u{FFFF}": true
        default: value > 0xDFFFF
        }
    }
}
