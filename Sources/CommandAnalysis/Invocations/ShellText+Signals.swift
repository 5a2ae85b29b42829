import ShellSyntax

extension ShellText {
    /// Whether it is a dash with the name or the number of a signal, as `kill` takes them.
    var isSignalOption: Bool {
        var name = utf8.dropFirst().map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        if name.starts(with: "SIG".utf8) { name.removeFirst(3) }
        if let end = name.firstIndex(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }),
            name.starts(with: "RT".utf8)
        {
            name.removeSubrange(end...)
        }
        if !name.isEmpty, name.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        return Self.signals.contains(ShellText(name))
    }

    /// The names of signal(7), without their beginning.
    private static let signals: Set<ShellText> = [
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "EMT", "FPE", "HUP", "ILL", "INFO", "INT",
        "IO", "IOT", "KILL", "LOST", "PIPE", "POLL", "PROF", "PWR", "QUIT", "RTMAX", "RTMIN",
        "SEGV",
        "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "UNUSED", "URG", "USR1",
        "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    ]
}
