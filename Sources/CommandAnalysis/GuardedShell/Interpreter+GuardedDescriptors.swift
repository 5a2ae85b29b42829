import ShellSyntax

// Descriptors: commands come by 0, reports go by 9, and 7 is the terminal. While a line runs, bash
// keeps what it moved out of the way above 9, where a line could find it.

/// How long the redirections of a command last, and in which process they are.
enum RedirectionReach: Hashable, Sendable {
    /// From now on: those of `exec`.
    case lasting
    /// While it runs in the shell: those of built-ins, functions and compound commands.
    case passing
    /// In a process of its own: those of a program or a subshell.
    case elsewhere
}

extension Interpreter {
    /// How far the redirections of a command reach.
    func reach(
        ofRedirectionsOf vectors: [[Argument]],
        _ state: ShellState,
        _ frame: Frame
    ) -> RedirectionReach {
        guard frame.shell == .same else { return .elsewhere }
        var reach = RedirectionReach.elsewhere
        for vector in vectors {
            guard let name = vector.commandName else {
                // Nobody knows what runs, which is an action of its own.
                reach = .passing
                continue
            }
            if name == "exec" { return .lasting }
            if ShellVocabulary.builtins.contains(name) || state.functions[name] != nil {
                reach = .passing
            }
        }
        return reach
    }

    /// Notes what a redirection, with what its word may be, does to the descriptors of the shell.
    mutating func guardRedirection(
        _ redirection: Redirection,
        _ texts: [AbstractText],
        _ reach: RedirectionReach,
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard frame.shell != .other else { return }
        if frame.shell == .same, redirection.endangersTarget(reach) {
            emit(.descriptor, frame, at: range)
        }
        switch redirection.operator {
        case .duplicateInput, .duplicateOutput:
            for text in texts {
                guard let certainty = text.endangersSource(isLasting: reach == .lasting) else {
                    continue
                }
                emit(.descriptor, frame, certainty: certainty, at: range)
            }
        case .input, .output, .append, .clobber, .inputOutput, .hereDocument,
            .hereDocumentStrippingTabs, .hereString, .outputAndError, .appendOutputAndError:
            return
        }
    }

    /// `read -u`, `mapfile -u`: a built-in reads from a descriptor.
    mutating func guardDescriptor(
        _ numbers: [AbstractText],
        _ frame: Frame,
        at range: SourceRange
    ) {
        guard frame.shell != .other else { return }
        for number in numbers {
            guard let certainty = number.endangersSource(isLasting: true) else { continue }
            emit(.descriptor, frame, certainty: certainty, at: range)
        }
    }
}

extension Redirection {
    /// Whether what stands before the operator is a descriptor of the guard, or may become one.
    ///
    /// Around a command of the shell any number is put back afterwards; but above 9 it could be
    /// taken away from under bash in between.
    fileprivate func endangersTarget(_ reach: RedirectionReach) -> Bool {
        let number: Int32
        switch descriptor {
        case .number(let written): number = written
        // `{fd}>` stays open behind any command of the shell, and `{fd}<&-` closes any number.
        case .variable: return reach != .elsewhere
        case nil:
            switch `operator` {
            case .input, .inputOutput, .duplicateInput, .hereDocument, .hereDocumentStrippingTabs,
                .hereString:
                number = 0
            case .output, .append, .clobber, .duplicateOutput, .outputAndError,
                .appendOutputAndError:
                number = 1
            }
        }
        switch reach {
        case .lasting: return number == 0 || number == 7 || number >= 9
        case .passing: return number >= 10
        case .elsewhere: return false
        }
    }
}

extension AbstractText {
    /// How sure it is that a descriptor of the guard is copied from here; nil where it is not.
    ///
    /// Where the copy lasts, 0 counts too, which is the terminal only for this line.
    fileprivate func endangersSource(isLasting: Bool) -> Certainty? {
        if let literal {
            var digits = literal.utf8[...]
            // `3<&4-` moves the descriptor.
            if digits.last == UInt8(ascii: "-") { digits = digits.dropLast() }
            guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            let number = Int(String(decoding: digits, as: UTF8.self)) ?? .max
            let isOfGuard = number == 7 || number >= 9 || (isLasting && number == 0)
            return isOfGuard ? .certain : nil
        }
        // A text with anything but digits is the name of a file.
        let mayBeNumber = pieces.allSatisfy { piece in
            switch piece {
            case .text(let text):
                text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
            case .unknown, .wildcard: true
            case .directory: false
            }
        }
        return mayBeNumber ? .possible : nil
    }
}

extension [Argument] {
    /// What runs, behind `command` and `builtin`; nil where the text does not tell.
    fileprivate var commandName: ShellText? {
        var rest = self[...]
        while let first = rest.first {
            guard let name = first.literal else { return nil }
            guard name == "command" || name == "builtin" else { return name }
            rest.removeFirst()
            while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-") {
                rest.removeFirst()
            }
        }
        return ":"
    }
}
