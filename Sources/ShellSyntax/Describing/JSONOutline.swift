/// A tree as JSON on one line; `docs/formats/syntax-tree.md` describes it.
public struct JSONOutline {
    private var writer = JSONWriter()

    private init() {}

    public static func text(of program: Program) -> [UInt8] {
        var outline = JSONOutline()
        outline.write(program)
        return outline.writer.text
    }
}

extension JSONOutline: OutlineSink {
    mutating func beginNode(_ type: String, _ range: SourceRange) {
        writer.beginObject()
        writer.key("type")
        writer.string(type)
        attribute("range", range)
    }

    mutating func endNode() { writer.endObject() }

    mutating func attribute(_ name: String, text: ShellText) {
        writer.key(name)
        writer.string(text.description)
    }

    mutating func attribute(_ name: String, _ word: String) {
        writer.key(name)
        writer.string(word)
    }

    mutating func attribute(_ name: String, _ words: [String]) {
        writer.key(name)
        writer.beginArray()
        for word in words { writer.string(word) }
        writer.endArray()
    }

    mutating func attribute(_ name: String, _ flag: Bool) {
        writer.key(name)
        writer.bare(flag ? "true" : "false")
    }

    mutating func attribute(_ name: String, _ range: SourceRange) {
        writer.key(name)
        writer.beginObject()
        writer.key("start")
        writer.bare(String(range.lowerBound))
        writer.key("end")
        writer.bare(String(range.upperBound))
        writer.endObject()
    }

    mutating func beginChild(_ name: String) { writer.key(name) }

    mutating func beginChildren(_ name: String) {
        writer.key(name)
        writer.beginArray()
    }

    mutating func endChildren() { writer.endArray() }
}
