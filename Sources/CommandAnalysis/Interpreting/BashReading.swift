internal import ShellSyntax

/// What a construct means to the bash that runs it, where bash has changed that.
enum BashReading: Hashable {
    /// What it means today.
    case newer
    /// What it meant before.
    case older
    /// One of the two: then whatever is permitted has to be permitted in both.
    case either

    var mayBeOlder: Bool { self != .newer }
}

extension Interpreter {
    /// What the bash that runs a command takes a construct for.
    ///
    /// What runs on another host or in a container has a bash of its own, and `BASH_COMPAT` brings
    /// back what an older one did.
    func reading(
        of feature: BashFeature,
        _ state: ShellState,
        _ frame: Frame
    ) -> BashReading {
        guard frame.dialect == .bash else { return .newer }
        guard let version = request.bashVersion, BashVersion.known.contains(version),
            frame.place == .target, state.areVariablesKnown, state.variables["BASH_COMPAT"] == nil
        else { return .either }
        return version.has(feature) ? .newer : .older
    }

    /// Both readings of something, or the one that counts.
    func readings<Value>(
        of feature: BashFeature,
        _ state: ShellState,
        _ frame: Frame,
        newer: [Value],
        older: [Value]
    ) -> [Value] {
        switch reading(of: feature, state, frame) {
        case .newer: newer
        case .older: older
        case .either: newer + older
        }
    }
}

extension ShellState {
    /// Notes that from now on nobody can tell which version's readings hold.
    ///
    /// `shopt -s compat51` sets this variable itself; what else brings back an older reading counts
    /// as if it did.
    mutating func mixVersions() {
        variables["BASH_COMPAT"] = Variable(
            .unknown(UnknownText(.text, from: .variable("BASH_COMPAT")))
        )
    }
}
