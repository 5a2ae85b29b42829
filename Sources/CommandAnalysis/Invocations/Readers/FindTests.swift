import ShellSyntax

/// What the tests of `find` before an action say of the files that it is done to.
struct FindSelection {
    /// The patterns of their names, where there are some.
    var names: [AbstractText]?
    /// Whether the starting points themselves are not among them.
    var passesStart = false
    /// Whether links are looked for.
    var areLinks = false
    /// Whether they belong to a certain account or group, which is none of the system's.
    var isOfOwner = false

    static let all = FindSelection()

    /// What holds where both do.
    func and(_ other: FindSelection) -> FindSelection {
        FindSelection(
            names: names ?? other.names,
            passesStart: passesStart || other.passesStart,
            areLinks: areLinks || other.areLinks,
            isOfOwner: isOfOwner || other.isOfOwner
        )
    }

    /// What holds where one of both does.
    func or(_ other: FindSelection) -> FindSelection {
        var names: [AbstractText]?
        if let these = self.names, let others = other.names { names = these + others }
        return FindSelection(
            names: names,
            passesStart: passesStart && other.passesStart,
            areLinks: areLinks || other.areLinks,
            isOfOwner: isOfOwner && other.isOfOwner
        )
    }
}

/// The tests of an expression of `find`, as they are read: joined by `-a`, `-o`, `!` and parentheses.
struct FindTests {
    /// What stands in one pair of parentheses, or outside of all.
    private struct Group {
        /// What holds of one of the alternatives that are over; nil where there is none.
        var over: FindSelection?
        var current = FindSelection.all
        /// Whether what comes next is negated.
        var isNegated = false

        var selection: FindSelection { over.map { $0.or(current) } ?? current }
    }

    private var groups = [Group()]
    /// Whether anything but `-a`, written or not, joins them.
    private(set) var haveOperators = false

    /// What holds where the next action is done.
    var selection: FindSelection {
        groups.reduce(.all) { $0.and($1.current) }
    }

    /// Takes a test, or what counts as one.
    mutating func add(_ test: FindSelection) {
        let last = groups.count - 1
        // What a negated test says of the others is little.
        if !groups[last].isNegated { groups[last].current = groups[last].current.and(test) }
        groups[last].isNegated = false
    }

    /// Takes what joins tests; false for any other word.
    mutating func takeOperator(_ word: ShellText) -> Bool {
        switch word {
        case "(": groups.append(Group())
        case ")": close()
        case "!", "-not": groups[groups.count - 1].isNegated.toggle()
        case "-o", "-or": endAlternative()
        case ",": forget()
        case "-a", "-and": return true
        default: return false
        }
        haveOperators = true
        return true
    }

    private mutating func endAlternative() {
        let last = groups.count - 1
        groups[last].over = groups[last].selection
        groups[last].current = .all
        groups[last].isNegated = false
    }

    private mutating func close() {
        guard groups.count > 1 else { return }
        let group = groups.removeLast()
        add(group.selection)
    }

    /// Gives up what was said so far, here and around.
    mutating func forget() {
        for index in groups.indices {
            groups[index].over = .all
            groups[index].current = .all
            groups[index].isNegated = false
        }
    }
}

extension AbstractText {
    /// Whether it is a pattern that the name of an account may match.
    var mayNameAccount: Bool {
        guard let literal else { return true }
        // What no wildcard stands for must be in the name.
        return literal.utf8.allSatisfy { $0.isOfName || "*?[]!^".utf8.contains($0) }
            && literal.utf8.first != UInt8(ascii: ".")
    }

    /// The names with a leading dot that a pattern of `find` matches and that of a shell does not; nil
    /// for a kind of files, `*.o`, whose hidden ones nobody means, but for the one without a name.
    var hiddenName: AbstractText? {
        guard pieces.first == .wildcard(.anyText), pieces.count > 1 else { return nil }
        if case .text(let text) = pieces[1], text.utf8.first == UInt8(ascii: ".") {
            return AbstractText(pieces.dropFirst())
        }
        return "." + self
    }
}
