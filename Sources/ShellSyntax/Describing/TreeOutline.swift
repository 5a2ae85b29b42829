/// A tree for people: a node on each line, indented below the one that holds it.
///
///     Program 1:1-1:9
///       commands: CommandList 1:1-1:9
///
/// A place is a line and a column, from 1, columns in bytes; the end is that of the byte behind.
/// Without places two texts that are read as the same tree have the same outline, but for blanks
/// in arithmetic.
public struct TreeOutline {
    private var text = ""
    private let lines: LineTable?
    private var depth = 0
    private var label: String?
    /// The labels of the lists of nodes around, nil for those of single nodes.
    private var labels: [String?] = []
    private var isInLine = false

    private init(_ lines: LineTable?) { self.lines = lines }

    /// - Parameters:
    ///   - program: What is shown.
    ///   - lines: Those of the text that was read; nil leaves the places out.
    /// - Returns: Lines, each with its line feed.
    public static func text(of program: Program, lines: LineTable?) -> String {
        var outline = TreeOutline(lines)
        outline.write(program)
        return outline.text
    }

    public static func text(of list: CommandList, lines: LineTable?) -> String {
        var outline = TreeOutline(lines)
        outline.write(list)
        return outline.text
    }
}

extension TreeOutline: OutlineSink {
    mutating func beginNode(_ type: String, _ range: SourceRange) {
        endLine()
        text += String(repeating: "  ", count: depth)
        if let label = label ?? labels.last ?? nil { text += "\(label): " }
        label = nil
        labels.append(nil)
        text += type
        if lines != nil { text += " \(places(range))" }
        isInLine = true
        depth += 1
    }

    mutating func endNode() {
        endLine()
        depth -= 1
        labels.removeLast()
    }

    mutating func attribute(_ name: String, text value: ShellText) {
        text += " \(name)=`\(value.escapingControls)`"
    }

    mutating func attribute(_ name: String, _ word: String) { text += " \(name)=\(word)" }

    mutating func attribute(_ name: String, _ words: [String]) {
        if !words.isEmpty { text += " \(name)=\(words.joined(separator: ","))" }
    }

    mutating func attribute(_ name: String, _ flag: Bool) { if flag { text += " \(name)" } }

    mutating func attribute(_ name: String, _ range: SourceRange) {
        if lines != nil { text += " \(name)=\(places(range))" }
    }

    mutating func beginChild(_ name: String) { label = name }

    mutating func beginChildren(_ name: String) { labels.append(name) }

    mutating func endChildren() { labels.removeLast() }

    private mutating func endLine() {
        if isInLine { text += "\n" }
        isInLine = false
    }

    private func places(_ range: SourceRange) -> String {
        guard let lines else { return "" }
        return
            "\(lines.place(of: range.bytes.lowerBound))-\(lines.place(of: range.bytes.upperBound))"
    }
}
