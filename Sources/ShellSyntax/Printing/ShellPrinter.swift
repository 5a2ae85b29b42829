/// Writes trees as text that is read as the same trees, ranges aside.
///
/// What the tree does not hold is made anew: comments are gone, blanks are single, a command stands
/// on one line where no terminator of it is a line feed. Here-documents stand behind the line that
/// names them. Words are written from their parts exactly as they were.
///
/// The text is to be read under the options under which the tree was, and without aliases: these
/// are expanded in the tree.
public struct ShellPrinter {
    var output: [UInt8] = []
    /// Whether the next word needs no blank in front of it.
    var isSeparated = true
    var isInSubstitution = false
    /// What was named on the line that is being written.
    var pending: [PendingDocument] = []
    /// The terminators of the here-documents in whose text the printer is.
    var terminatorsAround: [ShellText] = []
    /// Whether lines end as soon as they may while a here-document is pending.
    ///
    /// Where the last command of a text has no terminator, as in `$(a <<E && b)`, a line feed
    /// behind it would be one: the body must come behind `&&`.
    var endsLinesEarly = false

    private init() {}

    public static func text(of program: Program) -> ShellText {
        text { printer in
            for list in program.commands {
                if !printer.output.isEmpty, !printer.isAtLineStart { printer.endLine() }
                printer.writeText(list)
            }
        }
    }

    public static func text(of list: CommandList) -> ShellText { text { $0.writeText(list) } }

    public static func text(of command: Command) -> ShellText { text { $0.write(command) } }

    public static func text(of word: Word) -> ShellText { text { $0.write(word) } }

    private static func text(_ write: (inout ShellPrinter) -> Void) -> ShellText {
        var printer = ShellPrinter()
        write(&printer)
        printer.endText()
        return ShellText(printer.output)
    }

    // MARK: tokens

    mutating func append(_ text: String) {
        output.append(contentsOf: text.utf8)
        isSeparated = false
    }

    mutating func append(_ text: ShellText) {
        output.append(contentsOf: text.utf8)
        isSeparated = false
    }

    /// A blank, where nothing separates yet; or a line feed, where one may stand and a
    /// here-document waits for it.
    mutating func separate(mayBreak: Bool = false) {
        if mayBreak, mustEndLine {
            endLine()
        } else if !isSeparated {
            output.append(0x20)
            isSeparated = true
        }
    }

    /// What follows touches what was written, or begins a text of its own.
    mutating func join() { isSeparated = true }

    // MARK: lines

    private var isAtLineStart: Bool { isSeparated && output.last == 0x0A }

    /// Whether a here-document waits for the next line feed that may stand.
    var mustEndLine: Bool { endsLinesEarly && hasPendingText }

    /// Whether anything stands behind the line: nothing does of a document that the end of the text
    /// cut off.
    private var hasPendingText: Bool {
        pending.contains { $0.document.isTerminated || !$0.document.body.isEmpty }
    }

    /// Writes a list that is all of a text.
    mutating func writeText(_ list: CommandList) {
        endsLinesEarly = list.items.last?.terminator == ListTerminator.none
        write(list)
    }

    /// Writes a line feed and the here-documents that stand behind it.
    mutating func endLine() {
        output.append(0x0A)
        isSeparated = true
        let documents = pending
        pending = []
        for document in documents { write(document) }
        // What begins a line must not end the here-document in whose text it is.
        let isOpen = documents.contains { !$0.document.isTerminated }
        if !terminatorsAround.isEmpty, isSeparated, !isOpen { output.append(0x20) }
    }

    /// Writes the here-documents that no line feed of a list came before.
    mutating func endText() {
        if hasPendingText { endLine() }
        pending = []
    }

    /// Writes text whose here-documents are not those of the line around it.
    mutating func inOwnText(_ write: (inout ShellPrinter) -> Void) {
        let outer = pending
        let wasEarly = endsLinesEarly
        pending = []
        isSeparated = true
        write(&self)
        pending = outer
        endsLinesEarly = wasEarly
        isSeparated = false
    }
}
