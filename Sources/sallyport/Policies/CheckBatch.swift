internal import CommandAnalysis
internal import PolicyEngine
internal import Recording
internal import ShellSyntax

/// `sallyport check --batch`: a decision for each line of the standard input, in turn.
struct CheckBatch: Batch {
    let check: RuleCheck

    func write(_ request: BatchRequest, to writer: inout JSONWriter) {
        let input = request.object["stdin"]?.text.map { ClientInput(written: $0) }
        check.check(request.command, input: input).write(to: &writer)
    }

    func writeFlaw(_ flaw: String, to writer: inout JSONWriter) {
        // Whoever counts decisions must not take it for a permit.
        writer.key("decision")
        writer.string("\(Ruling.deny)")
        writer.key("rules")
        writer.bare("[]")
        writer.key("reason")
        writer.string(flaw)
        writer.key("actions")
        writer.bare("[]")
    }
}
