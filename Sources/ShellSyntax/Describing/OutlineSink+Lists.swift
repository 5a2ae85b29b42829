// Lists, pipelines, commands.

extension OutlineSink {
    mutating func write(_ list: CommandList) {
        node("CommandList", list.range) { sink in
            sink.children("items", list.items) { $0.write($1) }
        }
    }

    private mutating func write(_ item: ListItem) {
        node("ListItem", item.range) { sink in
            sink.attribute("terminator", item.terminator.name)
            sink.beginChild("andOr")
            sink.write(item.andOr)
        }
    }

    private mutating func write(_ andOr: AndOrList) {
        node("AndOrList", andOr.range) { sink in
            sink.beginChild("first")
            sink.write(andOr.first)
            sink.children("rest", andOr.rest) { sink, member in
                sink.node("AndOrMember", member.pipeline.range) { sink in
                    sink.attribute("operator", member.operator == .and ? "and" : "or")
                    sink.beginChild("pipeline")
                    sink.write(member.pipeline)
                }
            }
        }
    }

    private mutating func write(_ pipeline: Pipeline) {
        node("Pipeline", pipeline.range) { sink in
            sink.attribute("prefixes", pipeline.prefixes.map(\.name))
            sink.attribute("operators", pipeline.operators.map(\.name))
            sink.children("commands", pipeline.commands) { $0.write($1) }
        }
    }

    private mutating func write(_ command: Command) {
        switch command {
        case .simple(let command): write(command)
        case .compound(let command): write(command)
        case .function(let definition): write(definition)
        case .coprocess(let coprocess): write(coprocess)
        }
    }

    private mutating func write(_ command: SimpleCommand) {
        node("SimpleCommand", command.range) { sink in
            sink.children("assignments", command.assignments) { $0.write($1) }
            sink.children("words", command.words) { $0.write($1) }
            sink.children("redirections", command.redirections) { $0.write($1) }
        }
    }

    private mutating func write(_ definition: FunctionDefinition) {
        node("FunctionDefinition", definition.range) { sink in
            sink.attribute("form", definition.form.name)
            sink.beginChild("name")
            sink.write(definition.name)
            sink.beginChild("body")
            sink.write(definition.body)
        }
    }

    private mutating func write(_ coprocess: Coprocess) {
        node("Coprocess", coprocess.range) { sink in
            if let name = coprocess.name {
                sink.beginChild("name")
                sink.write(name)
            }
            sink.beginChild("command")
            sink.write(coprocess.command)
        }
    }

    // MARK: assignments and redirections

    private mutating func write(_ assignment: Assignment) {
        node("Assignment", assignment.range) { sink in
            sink.attribute("name", text: assignment.name)
            sink.attribute("appends", assignment.appends)
            sink.write(assignment.subscripting)
            sink.beginChild("value")
            switch assignment.value {
            case .word(let word): sink.write(word)
            case .array(let array): sink.write(array)
            }
        }
    }

    mutating func write(_ array: ArrayLiteral) {
        node("ArrayLiteral", array.range) { sink in
            sink.children("elements", array.elements) { sink, element in
                sink.node("ArrayElement", element.range) { sink in
                    sink.attribute("appends", element.appends)
                    sink.write(element.subscripting)
                    sink.beginChild("value")
                    sink.write(element.value)
                }
            }
        }
    }

    mutating func write(_ subscripting: Subscript?) {
        guard let subscripting else { return }
        beginChild("subscript")
        node("Subscript", subscripting.range) { sink in
            sink.attribute("selection", subscripting.selection.name)
            sink.beginChild("arithmetic")
            sink.write(subscripting.arithmetic)
        }
    }

    mutating func write(_ redirection: Redirection) {
        node("Redirection", redirection.range) { sink in
            sink.attribute("operator", redirection.operator.rawValue)
            switch redirection.descriptor {
            case .number(let number): sink.attribute("descriptor", String(number))
            case .variable(let name): sink.attribute("descriptorVariable", text: name)
            case nil: break
            }
            switch redirection.target {
            case .word(let word):
                sink.beginChild("word")
                sink.write(word)
            case .hereDocument(let document):
                sink.beginChild("hereDocument")
                sink.write(document)
            }
        }
    }

    private mutating func write(_ document: HereDocument) {
        node("HereDocument", document.range) { sink in
            sink.attribute("terminator", text: document.terminator)
            sink.attribute("isQuoted", document.isQuoted)
            sink.attribute("isTerminated", document.isTerminated)
            sink.attribute("bodyRange", document.bodyRange)
            sink.beginChild("delimiter")
            sink.write(document.delimiter)
            sink.children("body", document.body) { $0.write($1) }
        }
    }
}
