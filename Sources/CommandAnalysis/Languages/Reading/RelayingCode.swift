internal import ShellSyntax

/// Code that connects to another host by itself, or waits for one: what it runs may be what comes from
/// there.
///
/// Which calls these are differs from language to language, and what is done with a connection is not
/// followed. It is told by its words, and matters only where the code runs what nobody can tell.
struct RelayingCode {
    /// Whether the name of a shell stands in it.
    let namesShell: Bool

    init?(_ text: AbstractText) {
        let pieces = text.pieces.compactMap { piece -> [UInt8]? in
            if case .text(let text) = piece { Array(text.utf8) } else { nil }
        }
        func mentions(_ words: [String]) -> Bool {
            pieces.contains { bytes in words.contains { bytes.holds($0) } }
        }
        guard mentions(Self.connections), mentions(Self.beginnings) else { return nil }
        namesShell = mentions(Self.shells)
    }

    private static let connections = ["ocket", "/inet", "INET", "sockopen", "net\")", "net')"]
    private static let beginnings = [
        "connect", "Connect", "listen", "accept", "sockopen", "TCPS", "/inet", "INET",
    ]
    private static let shells = [
        "/sh", "/bash", "\"sh\"", "'sh'", "\"bash\"", "'bash'", "bash -i", "sh -i", "/zsh", "/dash",
    ]
}
