import ShellSyntax

/// What redirections did: the frame in which the command runs, and where its output goes.
struct Redirected {
    var frame: Frame
    /// How long they last.
    let reach: RedirectionReach
    /// Files that standard output goes to; nil where it goes where it went.
    var outputs: [AbstractPath]?
    /// All files that are opened so that something can be written to them.
    var writable: [AbstractPath] = []
    /// Whether what was in these files stays.
    var appends = false
    /// The actions of opening them, among those that were found.
    var opening = 0..<0
    /// Whether the output may go elsewhere to an older bash.
    var isPerhapsElsewhere = false
    /// Whether more than standard output goes where that goes: errors, or what another descriptor
    /// gets.
    var merges = false
    /// Whether standard input is another one.
    var replacesInput = false
    /// What is left of the text that it was, where some of it may have been read under another
    /// name: `<&0`, `</dev/stdin`.
    var restOfInput: Stream?
    /// What other descriptors are opened on, by their numbers: `3<<END`.
    var texts: [Int: Stream] = [:]
    /// Whether standard output or errors go elsewhere than before.
    var movesOutput = false

    /// Puts the output where it goes; what is left is the output of the command as a whole.
    func finish(_ output: AbstractText, _ state: inout ShellState, collects: Bool) -> AbstractText {
        let output = merges ? output.mixed : output
        guard let outputs else {
            if isPerhapsElsewhere, !output.pieces.isEmpty { return output.mixed }
            return collects ? output : .empty
        }
        for path in outputs {
            if appends {
                guard case .text(let before) = state.files[path] else {
                    state.files[path] = .unknown
                    continue
                }
                state.files[path] = .text((before + output).followed)
            } else if state.flags.keepsFiles, state.files[path] != nil {
                state.files[path] = .unknown
            } else {
                state.files[path] = .text(output.followed)
            }
        }
        return .empty
    }
}

extension Redirected {
    /// Notes which descriptors lead to another host.
    mutating func noteConnection(of redirection: Redirection, to texts: [AbstractText]) {
        guard texts.contains(where: { $0.networkDevice != nil }) else { return }
        var numbers =
            redirection.operator.takesErrors ? [1, 2] : [redirection.operator.reads ? 0 : 1]
        switch redirection.descriptor {
        case .number(let number): numbers = [Int(number)]
        case .variable: numbers = []
        case nil: if redirection.operator == .duplicateOutput { numbers = [1, 2] }
        }
        for number in numbers { self.texts[number] = .unknown(.fromElsewhere) }
    }

    mutating func read(_ input: Stream) {
        frame.input = input
        replacesInput = true
    }
}
