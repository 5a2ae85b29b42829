internal import CommandAnalysis
internal import PolicyEngine
internal import Recording
internal import ShellSyntax

/// `sallyport check --batch`: a decision for each line of the standard input, in turn.
struct CheckBatch {
    let check: RuleCheck

    func run() throws(BoundedLines.Failure) {
        var lines = BoundedLines(maximumBytes: BatchRequest.maximumLineBytes)
        var number = 0
        while let line = try lines.next() {
            number += 1
            Output.line(String(decoding: answer(line, number: number), as: UTF8.self))
        }
    }

    func answer(_ line: BoundedLines.Line, number: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        do throws(BatchRequest.Flaw) {
            let request = try BatchRequest(line)
            let input = request.object["stdin"]?.text.map { ClientInput(written: $0) }
            request.id.write(to: &writer)
            check.check(request.command, input: input).write(to: &writer)
        } catch {
            error.id?.write(to: &writer)
            // Whoever counts decisions must not take it for a permit.
            writer.key("decision")
            writer.string("\(Ruling.deny)")
            writer.key("rules")
            writer.bare("[]")
            writer.key("reason")
            writer.string("line \(number) \(error)")
            writer.key("actions")
            writer.bare("[]")
        }
        writer.endObject()
        return writer.text
    }
}
