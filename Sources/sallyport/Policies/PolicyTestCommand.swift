internal import ArgumentParser
internal import PlainText
internal import PolicyEngine
internal import StrictYAML

/// `sallyport policy test`: whether policies decide as their transcripts say.
struct PolicyTestCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the .cases files beside policies.",
        discussion: """
            A path is a .cases file or a directory, of which all *.cases are run; without one it \
            is `policies`. A transcript names its policies relative to its own directory, or to \
            --policies, and the knowledge in the folder `knowledge` there is read with them. Ends \
            with 1 where a case fails, 2 where files are refused.
            """
    )

    @Option(help: ArgumentHelp("The directory of the policies.", valueName: "directory"))
    var policies: String?

    @Argument(help: "Transcripts, or directories of them.")
    var paths: [String] = []

    func answer() -> CommandAnswer {
        let findings = Findings()
        let names = CaseFiles.names(
            of: paths.isEmpty ? [PolicyCommand.usualPath] : paths,
            findings: findings
        )
        var tally = Tally()
        tally.answer.complaints = findings.sorted.map(\.description)
        let shelf = BookShelf()
        for name in names { run(name, shelf, &tally) }
        tally.answer.lines.append(tally.summary)
        if findings.hasErrors || tally.refusedFiles > 0 {
            tally.answer.exitStatus = CommandAnswer.refusedStatus
        } else if tally.failures > 0 {
            tally.answer.exitStatus = 1
        }
        return tally.answer
    }

    /// What came of all files so far.
    private struct Tally {
        var answer = CommandAnswer()
        var files = 0
        var cases = 0
        var failures = 0
        var refusedFiles = 0

        var summary: String {
            var summary = "\(cases.counted("case")) in \(files.counted("file")): "
            if failures > 0 {
                summary += "\(failures) failed"
            } else {
                summary += refusedFiles > 0 ? "none failed" : "all hold"
            }
            if refusedFiles > 0 { summary += ", \(refusedFiles.counted("file")) refused" }
            return summary
        }
    }

    private func run(_ name: String, _ shelf: BookShelf, _ tally: inout Tally) {
        tally.files += 1
        let directory = policies ?? CaseFiles.directory(of: name)
        let runner = CaseRunner { names throws(RefusedFiles) in
            try shelf.book(of: names.map { CaseFiles.path($0, in: directory) })
        }
        do throws(RefusedFiles) {
            let file = try CaseFiles.read(name)
            let failures = try runner.run(file)
            tally.answer.lines += failures.map(\.description)
            tally.cases += file.stanzas.count { $0.expectation != nil }
            tally.failures += failures.count
        } catch {
            // Of policies that many transcripts name once is enough.
            let complaint = error.description
            if !tally.answer.complaints.contains(complaint) {
                tally.answer.complaints.append(complaint)
            }
            tally.refusedFiles += 1
        }
    }
}
