internal import ShellSyntax

// Where a list is left before its end: `break`, `continue`, `return`.

/// What held where a loop, or a function, was perhaps left.
///
/// What comes behind is walked all the same, so that these states hold behind the loop, or the
/// function, beside the one at its end.
struct Departures: Hashable, Sendable {
    /// `break` and `continue`.
    var loop: [ShellState] = []
    /// `break 2` and what it may be: each of the loops around.
    var loops: [ShellState] = []
    /// `return`.
    var function: [ShellState] = []
    /// What ends the line and not the shell that reads the next one: an interrupt, `${x:?}`.
    var line: [ShellState] = []

    /// Whether nothing of the line was perhaps left.
    var isEmpty: Bool { loop.isEmpty && loops.isEmpty && function.isEmpty }

    // LIMIT: states that are told apart; those behind them are joined to the last.
    static let maximum = 8

    mutating func formUnion(_ other: Departures) {
        Self.add(other.loop, to: &loop)
        Self.add(other.loops, to: &loops)
        Self.add(other.function, to: &function)
        Self.add(other.line, to: &line)
    }

    private static func add(_ states: [ShellState], to known: inout [ShellState]) {
        for state in states where !known.contains(state) {
            if known.count < maximum {
                known.append(state)
            } else {
                known[maximum - 1].join(state)
            }
        }
    }
}

extension ShellState {
    var departures: Departures {
        _read { yield definitions.value.departures }
        _modify { yield &definitions.value.departures }
    }

    /// Notes that the commands that follow may not run, up to the end of what is left.
    mutating func leave(_ list: WritableKeyPath<Departures, [ShellState]>) {
        var left = self
        left.departures = Departures()
        var found = Departures()
        found[keyPath: list] = [left]
        departures.formUnion(found)
    }

    /// Notes that the line perhaps ends here, and with it all functions and commands around.
    mutating func leaveLine() {
        var left = self
        while !left.scopes.isEmpty { left.leaveScope() }
        left.departures = Departures()
        if left == departures.line.last { return }
        var found = Departures()
        found.line = [left]
        departures.formUnion(found)
    }

    /// Makes it what holds wherever the line ended.
    mutating func endDepartures() {
        let ends = departures.line
        departures = Departures()
        progress = progress.forked
        for var end in ends {
            end.progress = progress
            end.input = input
            if end != self { join(end) }
        }
    }

    /// Keeps of a branch that does not come to its end what was left on the way.
    mutating func addDepartures(of branch: ShellState) {
        if definitions.isSame(as: branch.definitions) || branch.departures == departures { return }
        departures.formUnion(branch.departures)
    }

    /// Ends a pass of a loop: what it was left with, by all that it calls.
    mutating func endPass(leaving outer: Departures) -> [ShellState] {
        let found = departures.loop + departures.loops
        if departures.loop != outer.loop { departures.loop = outer.loop }
        return found
    }

    /// Ends a function, or a file that is read: what it was left with.
    mutating func endCall(leaving outer: Departures) -> [ShellState] {
        let found = departures.function
        if found != outer.function { departures.function = outer.function }
        return found
    }
}
