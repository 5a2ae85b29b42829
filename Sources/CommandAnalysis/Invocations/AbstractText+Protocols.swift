import ShellSyntax

// Text that is sent to a service.

extension AbstractText {
    /// Whether each command is one that asks a service for no more than its state, or takes leave.
    ///
    /// In the language of HAProxy, several commands stand on a line with `;` between.
    var isHarmlessProtocol: Bool {
        guard let literal else { return false }
        let commands = literal.utf8.split { $0 == 0x0A || $0 == 0x0D || $0 == UInt8(ascii: ";") }
        return commands.allSatisfy { Self.isHarmless($0) }
    }

    private static func isHarmless(_ command: some Collection<UInt8>) -> Bool {
        // A message for a log begins with its priority (RFC 3164, section 4.1.1).
        if command.first == UInt8(ascii: "<"), let end = command.firstIndex(of: UInt8(ascii: ">")) {
            let digits = command[..<end].dropFirst()
            return (1...3).contains(digits.count)
                && digits.allSatisfy { (0x30...0x39).contains($0) }
                && command[end...].dropFirst().allSatisfy {
                    $0.isLetterOrDigit || " .,:=_-".utf8.contains($0)
                }
        }
        let words = command.drop { $0 == 0x20 || $0 == 0x09 }
        let word = words.prefix { $0 != 0x20 }.map(\.lowercasedASCII)
        // Nothing stands behind the last one.
        return word.isEmpty || harmlessWords.contains(ShellText(word))
    }

    private static let harmlessWords: Set<ShellText> = [
        "quit", "exit", "show", "stats", "stat", "version", "ping", "noop", "help", "info", "ruok",
        "srvr", "conf", "mntr", "get", "head", "options", "host:", "user-agent:", "connection:",
        "accept:", "ehlo", "helo", "starttls", "logout", "capability",
    ]
}
