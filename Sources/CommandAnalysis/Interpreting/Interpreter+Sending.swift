import ShellSyntax

// Backups that are printed, and go to another host.

extension Interpreter {
    /// Tells of what is printed of a backup by some commands that it is sent, where others that read it
    /// reach another host or a store.
    mutating func noteSending(of printing: Range<Int>, to reading: Range<Int>) {
        if printing.isEmpty || reading.isEmpty { return }
        for index in printing where actions[index].isPrintedBackup {
            guard actions[reading].contains(where: \.reachesOut) else { return }
            replaceAction(at: index, with: actions[index].asSent)
        }
    }
}

extension ForeseenAction {
    fileprivate var isPrintedBackup: Bool {
        switch action {
        case .backupRestore: has(.verb, "print")
        // Of all databases with those who may use them, or of a file system.
        case .backupCreate: isSet(.all) && !has(.verb)
        default: false
        }
    }

    fileprivate var reachesOut: Bool { action == .networkConnect || action == .cloudChange }

    fileprivate var asSent: ForeseenAction {
        ForeseenAction(
            action,
            certainty,
            attributes: attributes.filter { $0.name != .verb } + [.init(.verb, .texts(["sent"]))],
            context: context,
            range: range
        )
    }
}
