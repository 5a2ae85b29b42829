package import ShellSyntax

/// The line for programs; `docs/formats/refusal.md` is its description.
extension Refusal {
    /// Writes `decision`, `reason`, `rules` and `actions` into an object that is begun.
    package func write(to writer: inout JSONWriter) {
        writer.key("decision")
        writer.string("\(ruling)")
        writer.key("reason")
        writer.string(reason)
        var rules: [String] = []
        for rule in parts.flatMap(\.rules) where !rules.contains(rule) { rules.append(rule) }
        writer.key("rules")
        writer.strings(rules)
        writer.key("actions")
        writer.beginArray()
        for part in parts { Self.write(part, to: &writer) }
        writer.endArray()
        if let place { Self.write(place, to: &writer) }
    }

    private static func write(_ part: RefusalPart, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("action")
        writer.string(part.action)
        writer.key("decision")
        writer.string("\(part.ruling)")
        write(part.range, to: &writer)
        writer.key("rules")
        writer.strings(part.rules)
        if !part.undecidedRules.isEmpty {
            writer.key("mayBeForbiddenBy")
            writer.strings(part.undecidedRules)
        }
        if let reason = part.reason {
            writer.key("reason")
            writer.string(reason)
        }
        if let instead = part.instead {
            writer.key("instead")
            writer.string(instead)
        }
        writer.endObject()
    }

    /// Bytes of the command line.
    private static func write(_ range: Range<Int>, to writer: inout JSONWriter) {
        writer.key("start")
        writer.bare("\(range.lowerBound)")
        writer.key("end")
        writer.bare("\(range.upperBound)")
    }
}

extension JSONWriter {
    fileprivate mutating func strings(_ values: [String]) {
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
