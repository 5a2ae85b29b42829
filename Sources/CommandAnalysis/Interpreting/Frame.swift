import ShellSyntax

/// In which circumstances a command runs: all that is handed down and never comes back.
struct Frame {
    var dialect: Dialect
    /// Whether the text is read a second time, as bash reads it.
    var mayBeBash = false
    var input: Stream
    /// Whether somebody wants to know what is printed.
    var collects = false
    var identity = ProcessIdentity.login
    var place = Place.target
    var wrappers: [ShellText] = []
    var origin: TextOrigin
    /// Whether what is found is certain.
    var isCertain = true
    /// How many texts, calls and substitutions are around.
    var nesting = 0
    /// What it is to the shell that reads the next line.
    var shell = ShellRelation.other
    /// Whether what is assigned lasts as long as one program that runs.
    var isTemporary = false
    /// What may run while this does.
    var company = Company.none
    /// The number of what runs beside others, for ``ConcurrentFiles``.
    var activity = 0
    /// Whether what runs writes nothing that could be a command to whoever reads it.
    var sendsNothing = false
    /// Functions that are being called.
    var calls: [ShellText] = []
    /// Whether a loop is around, in this shell and this function.
    var isInLoop = false
    /// Whether a function of this shell is around, or a file that it reads: `return` leads out of it.
    var canReturn = false

    /// Who else is at work at the same time.
    enum Company: Hashable {
        case none
        /// The other commands of a pipeline.
        case pipeline
        /// All that comes later on the line: `&`.
        case line
    }

    var certainty: Certainty { isCertain ? .certain : .possible }

    func context(_ program: ShellText?) -> ActionContext {
        ActionContext(program: program, identity: identity, place: place, wrappers: wrappers)
    }

    /// One level further in.
    func nested() throws(AnalysisProblem) -> Frame {
        guard nesting < AnalysisLimits.nesting else {
            throw .limit("the nesting of commands in commands", maximum: AnalysisLimits.nesting)
        }
        var frame = self
        frame.nesting += 1
        return frame
    }
}

extension Frame {
    /// Whether a program that is on every system surely runs here: as who the line runs, in no wrapper
    /// but a shell.
    var isSureToRun: Bool {
        isCertain && identity == .login && wrappers.allSatisfy { Self.shells.contains($0) }
    }

    private static let shells: NameSet = ["bash", "dash", "eval", "sh", "source"]

    /// A copy of the shell that is at work while the line goes on.
    func inBackground(beside files: ConcurrentFiles) -> Frame {
        var frame = inCopy
        frame.company = .line
        frame.activity = files.start(from: activity, lasts: true)
        return frame
    }

    /// The body of a loop.
    var inLoop: Frame {
        var frame = self
        frame.isInLoop = true
        return frame
    }

    /// With another input.
    func reading(_ input: Stream) -> Frame {
        var frame = self
        frame.input = input
        return frame
    }

    /// Inside of a wrapper.
    func wrapped(by program: ShellText) -> Frame {
        var frame = self
        frame.wrappers.append(program)
        return frame
    }
}
