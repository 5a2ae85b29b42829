import ShellSyntax

// Programs that reach the terminal by other ways than their arguments and their input.

extension Interpreter {
    /// Looks at a program before it runs, wherever that is.
    mutating func guardProgram(
        _ name: ShellText,
        _ call: Call,
        _ state: ShellState,
        _ frame: Frame
    ) {
        guard request.profile == .guarded, frame.place == .target else { return }
        if name == "stty" { guardTerminalSettings(call, frame) }
        if Self.screens.contains(name), takesKeys(name, call, state, frame) {
            emit(.terminalInteractive, frame, program: name, at: call.range)
        }
    }

    /// Programs that show text and take commands, `!` among them, from the terminal whatever their
    /// input is.
    private static let screens: Set<ShellText> = [
        "less", "more", "most", "pg", "man", "info", "nano", "pico", "lynx", "w3m", "links",
    ]

    /// Whether it waits for keys, and what they say may be a command.
    ///
    /// A pager whose output goes elsewhere is `cat`.
    private func takesKeys(
        _ name: ShellText,
        _ call: Call,
        _ state: ShellState,
        _ frame: Frame
    ) -> Bool {
        if frame.collects || isSecure(state) { return false }
        let words = call.arguments.dropFirst().map(\.literal)
        // `less --help` is paged too.
        let others: Set<ShellText> =
            name == "man"
            ? ["-k", "-f", "-w", "-W", "--apropos", "--whatis", "--where", "--path", "--location"]
            : ["-V", "--version"]
        return !words.contains { word in word.map { others.contains($0) } ?? false }
    }

    /// `LESSSECURE=1`: less runs nothing then, on its own or behind `man`.
    private func isSecure(_ state: ShellState) -> Bool {
        guard state.areVariablesKnown, let variable = state.variables["LESSSECURE"],
            variable.isExported, case .scalar(let values) = variable.value
        else { return false }
        return values.allSatisfy { $0.literal == "1" }
    }
}
