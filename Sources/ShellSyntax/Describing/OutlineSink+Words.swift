// Words and their parts.

extension OutlineSink {
    mutating func write(_ word: Word) {
        node("Word", word.range) { sink in
            sink.children("parts", word.parts) { $0.write($1) }
        }
    }

    mutating func write(_ part: WordPart) {
        switch part {
        case .literal(let literal): write("Literal", literal)
        case .escaped(let literal): write("Escaped", literal)
        case .singleQuoted(let literal): write("SingleQuoted", literal)
        case .ansiCQuoted(let literal): write("AnsiCQuoted", literal)
        case .tilde(let literal): write("Tilde", literal)
        case .doubleQuoted(let text):
            node("DoubleQuoted", text.range) { sink in
                sink.attribute("isLocale", text.isLocale)
                sink.children("parts", text.parts) { $0.write($1) }
            }
        case .parameter(let expansion): write(expansion)
        case .commandSubstitution(let substitution):
            node("CommandSubstitution", substitution.range) { sink in
                sink.attribute(
                    "form",
                    substitution.form == .parentheses ? "parentheses" : "backquotes"
                )
                sink.beginChild("list")
                sink.write(substitution.list)
            }
        case .processSubstitution(let substitution):
            node("ProcessSubstitution", substitution.range) { sink in
                sink.attribute("direction", substitution.direction == .input ? "input" : "output")
                sink.beginChild("list")
                sink.write(substitution.list)
            }
        case .arithmetic(let expansion):
            node("ArithmeticExpansion", expansion.range) { sink in
                sink.attribute("isBracketed", expansion.isBracketed)
                sink.beginChild("arithmetic")
                sink.write(expansion.arithmetic)
            }
        case .braceExpansion(let expansion): write(expansion)
        case .extendedGlob(let glob):
            node("ExtendedGlob", glob.range) { sink in
                sink.attribute("quantifier", glob.quantifier.name)
                sink.children("alternatives", glob.alternatives) { $0.write($1) }
            }
        case .array(let array): write(array)
        case .deferredError(let error):
            node("DeferredError", error.range) { sink in
                sink.attribute("construct", error.construct.name)
                sink.attribute("text", text: error.text)
                sink.attribute("error", text: ShellText(error.error.description))
                sink.attribute("errorRange", error.error.range)
            }
        }
    }

    private mutating func write(_ type: String, _ literal: Literal) {
        node(type, literal.range) { $0.attribute("text", text: literal.text) }
    }

    private mutating func write(_ expansion: BraceExpansion) {
        node("BraceExpansion", expansion.range) { sink in
            switch expansion.content {
            case .alternatives(let words):
                sink.attribute("content", "alternatives")
                sink.children("alternatives", words) { $0.write($1) }
            case .sequence(let start, let end, let step):
                sink.attribute("content", "sequence")
                sink.attribute("start", text: start)
                sink.attribute("end", text: end)
                if let step { sink.attribute("step", text: step) }
            }
        }
    }

    // MARK: parameters

    private mutating func write(_ expansion: ParameterExpansion) {
        node("ParameterExpansion", expansion.range) { sink in
            sink.attribute("parameter", text: expansion.parameter.spelling)
            sink.attribute("parameterKind", expansion.parameter.name)
            sink.attribute("isBraced", expansion.isBraced)
            sink.attribute("isIndirect", expansion.isIndirect)
            if let operation = expansion.operation { sink.attributes(of: operation) }
            sink.write(expansion.subscripting)
            if let operation = expansion.operation { sink.operands(of: operation) }
        }
    }

    private mutating func attributes(of operation: ParameterOperation) {
        attribute("operation", operation.name)
        switch operation {
        case .length, .keys, .substring: break
        case .conditional(let condition, let treatsEmptyAsUnset, _):
            attribute("condition", condition.name)
            attribute("treatsEmptyAsUnset", treatsEmptyAsUnset)
        case .removal(let side, let isLongest, _):
            attribute("side", side == .prefix ? "prefix" : "suffix")
            attribute("isLongest", isLongest)
        case .replacement(let occurrence, _, _):
            attribute("occurrence", occurrence.name)
        case .caseChange(let change, let isGlobal, _):
            attribute("change", change.name)
            attribute("isGlobal", isGlobal)
        case .transformation(let letter): attribute("operator", text: letter)
        case .names(let selection): attribute("selection", selection.name)
        }
    }

    private mutating func operands(of operation: ParameterOperation) {
        switch operation {
        case .length, .keys, .transformation, .names: break
        case .conditional(_, _, let word): child("word", word)
        case .removal(_, _, let pattern): child("pattern", pattern)
        case .substring(let offset, let length):
            beginChild("offset")
            write(offset)
            guard let length else { return }
            beginChild("length")
            write(length)
        case .replacement(_, let pattern, let replacement):
            child("pattern", pattern)
            child("replacement", replacement)
        case .caseChange(_, _, let pattern): child("pattern", pattern)
        }
    }

    private mutating func child(_ name: String, _ word: Word?) {
        guard let word else { return }
        beginChild(name)
        write(word)
    }
}
