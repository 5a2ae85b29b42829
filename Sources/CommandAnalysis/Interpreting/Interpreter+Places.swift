import ShellSyntax

/// Where things in a text that is read again stand in the command line that was asked about.
extension Interpreter {
    /// Place by place where the text stands in that part as it is, and just once: quoting seldom
    /// changes more of a text than its ends.
    func origin(of text: ShellText, within range: SourceRange) -> TextOrigin {
        let bytes = Array(text.utf8)
        let part = range.bytes.clamped(to: commandLine.indices)
        guard let first = bytes.first, bytes.count <= part.count else { return .part(range) }
        var compared = 0
        var found: Int?
        for start in part.lowerBound...(part.upperBound - bytes.count) {
            compared += 1
            guard commandLine[start] == first else { continue }
            var count = 1
            while count < bytes.count, commandLine[start + count] == bytes[count] { count += 1 }
            compared += count
            guard compared <= AnalysisLimits.comparedBytes else { return .part(range) }
            guard count == bytes.count else { continue }
            if found != nil { return .part(range) }
            found = start
        }
        return found.map { .offset($0) } ?? .part(range)
    }
}
