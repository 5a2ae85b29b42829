import ShellSyntax

// Text that lets somebody in, or runs by itself, says what file it is written to where the path does
// not.

extension Interpreter {
    /// Notes what is written to files of which nothing is known.
    mutating func noteEntries(
        in text: AbstractText,
        writtenTo paths: [AbstractPath],
        _ frame: Frame,
        program: ShellText? = nil,
        at range: SourceRange
    ) {
        guard paths.contains(where: { $0.root == .unknown || $0.isWhollyUnknown }),
            text.hasGuardEntry
        else { return }
        emit(
            .guardEscape,
            frame,
            program: program,
            certainty: .possible,
            at: range
        )
    }

    /// The same of what a program writes: what it reads, or what its script puts there.
    mutating func noteEntries(
        writtenTo paths: [AbstractPath],
        _ work: borrowing Performance,
        _ frame: Frame
    ) {
        let text: AbstractText
        switch work.program {
        case "tee": text = frame.input.text
        case "sed", "gsed": text = work.values(of: .sed).joined(by: "\n").withoutSought
        default: return
        }
        noteEntries(
            in: text,
            writtenTo: paths,
            frame,
            program: work.program,
            at: work.range
        )
    }
}

extension AbstractText {
    /// A script of `sed` without what its first `s` looks for: `s/PermitRootLogin yes/#&/` takes it
    /// away.
    fileprivate var withoutSought: AbstractText {
        guard let literal, literal.utf8.first == UInt8(ascii: "s") else { return self }
        let bytes = Array(literal.utf8)
        guard bytes.count > 1 else { return self }
        let parts = bytes[2...].split(separator: bytes[1], omittingEmptySubsequences: false)
        guard parts.count == 3 else { return self }
        return AbstractText(ShellText(Array(parts[1])))
    }

    /// Whether a line that is known, or a part of one, is an entry for who gets in or what runs.
    fileprivate var hasGuardEntry: Bool {
        pieces.contains { piece in
            guard case .text(let text) = piece else { return false }
            return text.utf8.split { $0 == 0x0A }.contains { $0.isGuardEntry }
        }
    }
}

extension Collection<UInt8> {
    fileprivate var isGuardEntry: Bool {
        let words = split { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "=") }
            .map { $0.map(\.lowercasedASCII) }
        for (word, next) in zip(words, words.dropFirst()) {
            if Self.settings.contains(where: { word.ends(with: $0) }), next.starts(with: "yes".utf8)
            {
                return true
            }
            let isRoot = word.ends(with: "permitrootlogin")
            if isRoot, !next.starts(with: "no".utf8) { return true }
            if Self.keys.contains(where: { word.ends(with: $0) }), next.starts(with: "aaaa".utf8) {
                return true
            }
        }
        return words.contains { $0.starts(with: "nopasswd:".utf8) } || isOfCrontab(words)
    }

    /// Whether it is a time and a command as `cron` reads them.
    private func isOfCrontab(_ words: [[UInt8]]) -> Bool {
        guard let first = words.first, words.count > 1 else { return false }
        if first.first == UInt8(ascii: "@") { return Self.times.contains(ShellText(first)) }
        guard words.count > 5 else { return false }
        let fields = words.prefix(5)
        // Five numbers are no time of which anybody is sure.
        return fields.allSatisfy { field in field.allSatisfy { "0123456789*/,-".utf8.contains($0) }
        }
            && fields.contains { $0.first == UInt8(ascii: "*") }
    }

    private static var settings: [String] {
        ["passwordauthentication", "permitemptypasswords", "permituserenvironment"]
    }
    private static var keys: [String] {
        [
            "ssh-rsa", "ssh-ed25519", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
        ]
    }
    private static var times: Set<ShellText> {
        [
            "@reboot", "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly",
            "@annually",
        ]
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool {
        suffix(text.utf8.count).elementsEqual(text.utf8)
    }
}
