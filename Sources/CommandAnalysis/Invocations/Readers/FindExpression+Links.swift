import ShellSyntax

// What `find` finds where it looks for links, or follows them.

extension FindExpression {
    /// A file below a starting point: behind a link, where they are followed and not looked for.
    func fileBelow(_ selection: FindSelection) -> AbstractText {
        let isBehindLink = followsLinks && !selection.areLinks
        return AbstractText(UnknownText(.relativePath, from: isBehindLink ? .behindLink : .file))
    }

    /// What `find` prints, where it prints no more than names below its only starting point.
    var printed: AbstractText? {
        guard starts.count == 1, !printsOtherwise else { return nil }
        let origin: UnknownText.Origin =
            followsLinks ? .behindLink : tests.selection.areLinks ? .link : .output
        return starts[0] + "/" + AbstractText(UnknownText(.relativePath, from: origin))
    }

    /// What a command gets beside what it is handed otherwise, where links were looked for: what is done
    /// to one of them may be done to what it leads to.
    func linkVectors(_ command: Command) -> [[Argument]] {
        guard command.selection.areLinks, !command.changesLinks else { return [] }
        return starts.map { start in
            let link = start + "/" + AbstractText(UnknownText(.relativePath, from: .link))
            return command.arguments.map { $0.replacing("{}", with: link) }
        }
    }
}

extension FindExpression.Command {
    /// Whether it changes links themselves rather than what they lead to.
    fileprivate var changesLinks: Bool {
        switch arguments.first?.literal {
        case "ln", "mv": true
        case "chown", "chgrp", "touch":
            arguments.contains { $0.literal == "-h" || $0.literal == "--no-dereference" }
        case _?, nil: false
        }
    }
}
