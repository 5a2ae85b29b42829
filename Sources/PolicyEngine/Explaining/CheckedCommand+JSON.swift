internal import CommandAnalysis
package import ShellSyntax

/// The object for programs; `docs/formats/check.md` is its description.
extension CheckedCommand {
    /// Writes all members into an object that is begun.
    package func write(to writer: inout JSONWriter) {
        let refusal = decision.refusal
        writer.key("decision")
        writer.string("\(decision.ruling)")
        writer.key("rules")
        writer.strings(decision.determiningRules.map(\.text))
        writer.key("reason")
        writer.string(refusal?.reason ?? "permitted")
        if let place = refusal?.place { writer.members(of: place) }
        writer.key("actions")
        writer.beginArray()
        for action in decision.actions { action.write(to: &writer) }
        writer.endArray()
        if let refusal, !refusal.parts.isEmpty {
            writer.key("judged")
            refusal.writeParts(to: &writer)
        }
        if !decision.obligations.isEmpty {
            writer.key("obligations")
            writer.strings(decision.obligations.map(\.words))
        }
        writer.key("mode")
        writer.string(decision.mode.words)
        if let observed = decision.observation?.refusal {
            writer.key("observed")
            writer.beginObject()
            observed.write(to: &writer)
            writer.endObject()
        }
        writer.key("input")
        writer.string("\(decision.inputUse)")
        writer.key("unknownArguments")
        writer.beginArray()
        for argument in unknownArguments { argument.write(to: &writer) }
        writer.endArray()
    }
}

extension PolicyMode {
    /// As `mode` and `observe` of a policy file say it.
    var words: String {
        switch self {
        case .enforce: "enforce"
        case .observe: "observe"
        case .observeEverything: "observe-everything"
        }
    }
}

extension ForeseenAction {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("action")
        writer.string(shown + context.shown)
        writer.key("name")
        writer.string(action.rawValue)
        writer.key("certainty")
        writer.string(certainty.rawValue)
        writer.key("attributes")
        writer.beginObject()
        for attribute in attributes {
            writer.key(attribute.name.rawValue)
            switch attribute.value {
            case .flag(let isSet): writer.bare(isSet ? "true" : "false")
            case .texts(let texts): writer.strings(texts.map(\.shown))
            case .paths(let paths): writer.strings(paths.map(\.shown))
            }
        }
        writer.endObject()
        if let program = context.program {
            writer.key("program")
            writer.string(program.escapingControls)
        }
        if !context.wrappers.isEmpty {
            writer.key("wrappers")
            writer.strings(context.wrappers.map(\.escapingControls))
        }
        writer.members(of: range.bytes)
        writer.endObject()
    }
}

extension UnknownArgument {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("program")
        writer.string(program.escapingControls)
        writer.key("argument")
        writer.string(argument.shown)
        writer.members(of: range.bytes)
        writer.endObject()
    }
}
