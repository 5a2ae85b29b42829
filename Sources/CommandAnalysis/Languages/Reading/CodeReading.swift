public import ShellSyntax

/// The languages whose one-liners are read.
public enum CodeLanguage: String, Hashable, Sendable, CaseIterable {
    case sed, awk, perl, python, ruby, node, php, lua, vim, ed, gdb, lisp
}

/// What options of an interpreter say of the code that it runs.
public struct CodeOptions: Hashable, Sendable {
    /// A variable that has a value before the code starts.
    public struct Variable: Hashable, Sendable {
        public let name: ShellText
        public let value: AbstractText

        public init(_ name: ShellText, _ value: AbstractText) {
            self.name = name
            self.value = value
        }
    }

    /// What is loaded first, as it is written: `-MList::Util=sum`, `-rjson`.
    public let modules: [AbstractText]
    /// Whether the code is the body of a loop over the lines of the input: `-n`, `-p`.
    public let isLoop: Bool
    /// Those of `awk -v` and of awk's operands, in their order.
    public let variables: [Variable]

    public init(
        modules: [AbstractText] = [],
        isLoop: Bool = false,
        variables: [Variable] = []
    ) {
        self.modules = modules
        self.isLoop = isLoop
        self.variables = variables
    }

    public static let none = CodeOptions()
}

/// What a code does, and how much work it was to tell.
public struct CodeReading: Hashable, Sendable {
    public let findings: CodeFindings
    /// Bytes and tokens that were gone over.
    public let steps: Int

    init(_ findings: CodeFindings, steps: Int) {
        self.findings = findings
        self.steps = steps
    }

    public init(
        _ text: AbstractText,
        in language: CodeLanguage,
        options: CodeOptions = .none
    ) {
        guard let code = CodeText(text) else {
            self.init(.opaque, steps: 0)
            return
        }
        switch language {
        case .sed: self = SedScript.read(code)
        case .awk: self = AwkProgram.read(code, options: options)
        case .python: self = PythonProgram.read(code, options: options)
        case .node: self = JavaScriptProgram.read(code, options: options)
        case .lua: self = LuaProgram.read(code, options: options)
        case .perl: self = PerlProgram.read(code, options: options)
        case .ruby: self = RubyProgram.read(code, options: options)
        case .php: self = PhpProgram.read(code, options: options)
        case .lisp: self = LispProgram.read(code)
        case .vim: self = EditorReader.read(code, VimCommands.self)
        case .ed: self = EditorReader.read(code, EdCommands.self)
        case .gdb: self = EditorReader.read(code, GdbCommands.self)
        }
    }
}
