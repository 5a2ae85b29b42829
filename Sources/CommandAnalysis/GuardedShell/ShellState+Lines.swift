import ShellSyntax

// A guarded shell reads one line after another: what it starts with, and what goes over to the next.

extension ShellState {
    /// What a shell knows that has read nothing yet.
    ///
    /// A guarded shell is interactive, and so expands aliases; it has none, for it reads no start-up
    /// files.
    init(of request: AnalysisRequest) {
        self.init(request.dialect)
        if request.profile == .guarded { options.expandsAliases = true }
    }

    /// The highest number that a function of an earlier line has, so that those of this line get
    /// others.
    var lastFunctionNumber: Int {
        functions.values.reduce(0) { highest, choices in
            choices.reduce(highest) { max($0, $1?.number ?? 0) }
        }
    }

    /// Makes it what the next line finds.
    mutating func endLine(of request: AnalysisRequest) {
        guard request.profile == .guarded else { return }
        endDepartures()
        for name in functions.keys {
            functions[name] = functions[name]?.map { function in
                var function = function
                function?.isOfEarlierLine = true
                return function
            }
        }
        // The report of the guard comes in between.
        lastArgument = nil
    }
}
