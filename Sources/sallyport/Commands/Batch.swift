internal import ShellSyntax

/// What answers each line of the standard input, in turn, by a JSON object with the `id` of the line.
protocol Batch {
    func write(_ request: BatchRequest, to writer: inout JSONWriter)
    /// Of a line that is no request; nothing else is said of it.
    func writeFlaw(_ flaw: String, to writer: inout JSONWriter)
}

extension Batch {
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
            request.id.write(to: &writer)
            write(request, to: &writer)
        } catch {
            error.id?.write(to: &writer)
            writeFlaw("line \(number) \(error)", to: &writer)
        }
        writer.endObject()
        return writer.text
    }
}
