internal import Glibc
internal import PolicyEngine
internal import Recording
internal import StrictYAML

/// Commands from transcripts and from JSON lines.
struct AskedCommandSources {
    /// LIMIT: lines that are no commands and are complained of; how many more there are is said.
    static let maximumComplaints = 20

    let reader: AskedCommandReader

    /// Gives each command in turn.
    ///
    /// - Returns: Which lines are left out, in words.
    func forEach(
        in paths: [String],
        _ body: (BookComparison.Asked) -> Void
    ) throws(RefusedFiles) -> [String] {
        var complaints: [String] = []
        let findings = Findings()
        for path in paths {
            if path == "-" || !(path.hasSuffix(".cases") || RuleFiles.isDirectory(path)) {
                complaints += try lines(of: path, body)
                continue
            }
            for name in CaseFiles.names(of: [path], findings: findings) {
                for stanza in try CaseFiles.read(name).stanzas {
                    body(
                        BookComparison.Asked(
                            origin: stanza.location.description,
                            commandLine: stanza.commandLine,
                            situation: stanza.situation.command
                        )
                    )
                }
            }
        }
        _ = try findings.conclude(findings.hasErrors ? nil : true)
        return Self.bounded(complaints)
    }

    private static func bounded(_ complaints: [String]) -> [String] {
        let rest = complaints.count - maximumComplaints
        guard rest > 0 else { return complaints }
        return complaints.prefix(maximumComplaints) + ["\(rest) more lines are left out"]
    }

    private func lines(
        of path: String,
        _ body: (BookComparison.Asked) -> Void
    ) throws(RefusedFiles) -> [String] {
        let file = path == "-" ? "<stdin>" : path
        let descriptor = try descriptor(of: path)
        defer { if path != "-" { close(descriptor) } }
        var lines = BoundedLines(
            descriptor: descriptor,
            maximumBytes: BatchRequest.maximumLineBytes
        )
        var complaints: [String] = []
        var number = 0
        do throws(BoundedLines.Failure) {
            while let line = try lines.next() {
                number += 1
                let place = SourceLocation(file: file, line: number)
                if let flaw = read(line, place, body) {
                    complaints.append("\(place): \(flaw): left out")
                }
            }
        } catch {
            throw RefusedFiles(findings: [
                Finding(.error, "cannot be read", at: SourceLocation(file: file))
            ])
        }
        return complaints
    }

    /// What is wrong with a line, or nil.
    private func read(
        _ line: BoundedLines.Line,
        _ place: SourceLocation,
        _ body: (BookComparison.Asked) -> Void
    ) -> String? {
        if case .whole([]) = line { return nil }
        let object: JSONValue
        do throws(BatchRequest.Flaw) {
            object = try BatchRequest.object(line)
        } catch {
            return "\(error)"
        }
        do throws(AskedCommandReader.Flaw) {
            guard let (bytes, situation) = try reader.read(object) else { return nil }
            let session = object["session"]?.text ?? object["id"]?.text
            body(
                BookComparison.Asked(
                    origin: "\(place)" + (session.map { " \($0)" } ?? ""),
                    commandLine: bytes,
                    situation: situation
                )
            )
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func descriptor(of path: String) throws(RefusedFiles) -> Int32 {
        if path == "-" { return STDIN_FILENO }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw RefusedFiles(findings: [
                Finding(.error, "cannot be opened: \(reason)", at: SourceLocation(file: path))
            ])
        }
        return descriptor
    }
}
