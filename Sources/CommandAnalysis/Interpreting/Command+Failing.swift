import ShellSyntax

// What can fail, as far as its text tells. What cannot is listed, so that anything else can.

extension Pipeline {
    /// Whether it may end with another status than zero.
    var canFail: Bool {
        guard commands.count == 1, prefixes.isEmpty, case .simple(let command) = commands[0],
            command.redirections.isEmpty
        else { return true }
        guard let first = command.words.first else {
            return command.assignments.contains { !$0.isPlain }
        }
        switch first.literal {
        case ":", "true", "echo": return false
        case "printf": return !command.words.dropFirst().allSatisfy(\.isPlainFormat)
        case _?, nil: return true
        }
    }
}

extension Word {
    /// Whether `printf` can do nothing wrong with it: it asks for no number.
    fileprivate var isPlainFormat: Bool {
        guard let text = parts.plainText, text.utf8.first != UInt8(ascii: "-") else { return false }
        return !text.contains(UInt8(ascii: "%")) && !text.contains(UInt8(ascii: "\\"))
    }
}

extension Assignment {
    /// Whether nothing runs to make its value.
    fileprivate var isPlain: Bool {
        guard subscripting == nil, case .word(let word) = value else { return false }
        return word.parts.allSatisfy { part in
            switch part {
            case .literal, .escaped, .singleQuoted, .ansiCQuoted, .tilde: true
            case .doubleQuoted(let quoted): quoted.parts.plainText != nil
            case .parameter, .commandSubstitution, .arithmetic, .processSubstitution,
                .braceExpansion, .extendedGlob, .array, .deferredError:
                false
            }
        }
    }
}

extension Redirection {
    /// Whether what it opens may not be there, or not for this login.
    var canFail: Bool {
        guard case .word(let word) = target, self.operator != .hereString else { return false }
        if case .processSubstitution = word.parts.first, word.parts.count == 1 { return false }
        switch self.operator {
        case .duplicateInput, .duplicateOutput: return !Self.cannotFail.contains(word.literal)
        default: return word.literal != "/dev/null"
        }
    }

    private static let cannotFail: Set<ShellText?> = ["0", "1", "2", "-"]
}
