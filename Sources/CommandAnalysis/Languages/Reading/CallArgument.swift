import ShellSyntax

/// One argument of a call in code, as far as it can be computed.
struct CallArgument: Sendable {
    /// The name before it: `shell=True`.
    let keyword: ShellText?
    let text: AbstractText
    /// The elements, where it is a list that is written out.
    let list: [Argument]?
    /// The word, where it is a single one: `True`.
    let word: ShellText?

    var isNumber: Bool { word?.utf8.allSatisfy(\.isDecimal) == true }

    /// What it stands for among the arguments of a program.
    var arguments: [Argument] { list ?? [.one(text)] }
}
