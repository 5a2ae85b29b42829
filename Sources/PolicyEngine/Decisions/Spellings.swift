internal import CommandAnalysis
internal import ShellSyntax

/// Other spellings of a value that mean the same: a rule about one is about all of them.
enum Spellings {
    /// The numbers that signals have on every architecture that Linux runs on, or nearly.
    private static let signals: [(number: String, name: String)] = [
        ("0", "EXIT"), ("1", "HUP"), ("2", "INT"), ("3", "QUIT"), ("4", "ILL"), ("5", "TRAP"),
        ("6", "ABRT"), ("7", "BUS"), ("8", "FPE"), ("9", "KILL"), ("10", "USR1"), ("11", "SEGV"),
        ("12", "USR2"), ("13", "PIPE"), ("14", "ALRM"), ("15", "TERM"), ("17", "CHLD"),
        ("18", "CONT"), ("19", "STOP"), ("20", "TSTP"),
    ]

    /// All but the value itself.
    static func others(of text: AbstractText, as attribute: ActionAttribute) -> [AbstractText] {
        if attribute == .unit { return [otherUnit(text)] }
        if attribute == .signal { return text.literal.map(otherSignals) ?? [] }
        // Names of hosts have no case, and servers are not strict about that of methods.
        if attribute == .host { return changed(text) { $0.lowercased() } }
        if attribute == .method { return changed(text) { $0.uppercased() } }
        return []
    }

    /// `nginx` and `nginx.service` are one unit.
    private static func otherUnit(_ text: AbstractText) -> AbstractText {
        guard case .text(let last) = text.pieces.last, last.description.hasSuffix(".service") else {
            return text + ".service"
        }
        let stem = ShellText(String(last.description.dropLast(".service".count)))
        return AbstractText(text.pieces.dropLast() + [.text(stem)])
    }

    /// `9`, `KILL` and `SIGKILL`.
    private static func otherSignals(_ text: ShellText) -> [AbstractText] {
        let upper = text.description.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        let signal = signals.first { $0.number == name || $0.name == name }
        guard let signal else { return [] }
        return [signal.number, signal.name, "SIG" + signal.name].map {
            AbstractText(ShellText($0))
        }
    }

    private static func changed(
        _ text: AbstractText,
        _ change: (String) -> String
    ) -> [AbstractText] {
        guard let literal = text.literal else { return [] }
        let other = ShellText(change(literal.description))
        return other == literal ? [] : [AbstractText(other)]
    }
}
