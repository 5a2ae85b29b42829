public import ArgumentParser
internal import Foundation
internal import PlainText
public import ShellSyntax

/// `sallyport parse`: what a shell would read in a text.
struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Read shell commands as bash or dash does, and show the syntax tree.",
        discussion: """
            Nothing runs. Ends with 0 where the text is accepted, 1 where it is rejected, 2 where \
            more text could complete it, as after a quote or a here-document that is open; 66 \
            where the file cannot be read. The tree is printed only where all is accepted.

            With --batch each line of the standard input is a JSON object with `id` (a string or \
            a number) and `command`, and is answered by one with `id`, `status` (accepted, \
            rejected, incomplete) and, where it is not accepted, `error`; with --json also the \
            `tree` where it is. A command is all that comes: a here-document without its end is \
            accepted with a `warning`, as the shell runs it. It ends with 0 whatever the lines are.
            """
    )

    @Option(help: "Whose language it is: bash (5.2), or posix (what dash takes).")
    var dialect = Dialect.bash

    @Flag(name: .customLong("extglob"), help: "Start with extended patterns on, as bash with -O.")
    var startsWithExtendedGlob = false

    @Flag(help: "Print the tree as JSON.")
    var json = false

    @Flag(help: "Read many commands, a JSON object on each line.")
    var batch = false

    @Argument(help: "A file; without it, or where it is -, the standard input.")
    var file: String?

    func validate() throws {
        guard !batch || file == nil else {
            throw ValidationError("--batch reads the standard input, not a file")
        }
    }

    func run() throws {
        var options = ShellOptions(dialect)
        options.extendedGlob = startsWithExtendedGlob
        if batch {
            do throws(BoundedLines.Failure) {
                try ParseBatch(dialect: dialect, options: options, showsTrees: json).run()
            } catch {
                throw unreadable()
            }
        } else {
            try show(options)
        }
    }

    private func show(_ options: ShellOptions) throws {
        let text = try contents()
        let program = Program(text, dialect: dialect, isFinal: false, options: options)
        switch program.status {
        case .accepted:
            if json {
                Output.line(String(decoding: JSONOutline.text(of: program), as: UTF8.self))
            } else {
                // The last line feed is the one that `line` writes.
                let outline = TreeOutline.text(of: program, lines: LineTable(text))
                Output.line(String(outline.dropLast()))
            }
        case .rejected, .incomplete:
            let report = SyntaxReport(name: name, text: text)
            let lines = report.lines(for: program).map { "\($0)\n" }.joined()
            FileHandle.standardError.write(Data(lines.utf8))
            throw ExitCode(program.status == .rejected ? 1 : 2)
        }
    }

    private var readsFile: String? { file == "-" ? nil : file }

    private var name: String { readsFile ?? "<stdin>" }

    /// One byte more than the parser takes at most, so that it says what is too much.
    private func contents() throws -> [UInt8] {
        do {
            let handle =
                try readsFile.map { try FileHandle(forReadingFrom: URL(filePath: $0)) }
                ?? FileHandle.standardInput
            return [UInt8](try handle.read(upToCount: ParserLimits().inputBytes + 1) ?? Data())
        } catch {
            throw unreadable()
        }
    }

    private func unreadable() -> ExitCode {
        Complaint.write("`\(name.escapingControls(limit: 200))` cannot be read")
        // EX_NOINPUT of sysexits.h, beside EX_USAGE of a wrong command line.
        return ExitCode(66)
    }
}

extension Dialect: ExpressibleByArgument {}
