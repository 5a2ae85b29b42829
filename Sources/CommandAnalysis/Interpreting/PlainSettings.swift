import ShellSyntax

/// Settings that a line adds to a file that lets somebody in or runs programs, where the line tells
/// them in full and they do neither.
///
/// They are looked at, as other settings are. What is not told, or might run something, is none of
/// these: so that somebody who is asked can see all of it.
enum PlainSettings {
    /// Whether all of a text that is written to this path is such.
    ///
    /// A line that does not end may be gone on with by the next text, and of a backslash some make
    /// another line.
    static func areAll(
        of text: AbstractText,
        in path: AbstractPath,
        appended: Bool,
        _ knowledge: KnowledgeBase
    ) -> Bool {
        guard let file = File(path), let literal = text.literal,
            literal.utf8.last == UInt8(ascii: "\n"),
            literal.utf8.allSatisfy(\.isPlainInSettings)
        else { return false }
        // What else these say starts the host.
        if file == .mounts || file == .volumes, !appended { return false }
        return literal.utf8.split(separator: 0x0A).allSatisfy { isPlain($0, in: file, knowledge) }
    }

    /// A file whose text can be looked through.
    private enum File {
        /// Of the client of SSH.
        case client
        case aliases
        case mounts
        /// Disks that are opened with a key.
        case volumes
        /// Where the kernel puts what a program had in memory that crashed.
        case cores

        init?(_ path: AbstractPath) {
            guard path.levelsUp == 0 else { return nil }
            let names = path.components.map(\.literal)
            switch path.root {
            case .root where names == ["etc", "aliases"]: self = .aliases
            case .root where names == ["etc", "fstab"]: self = .mounts
            case .root where names == ["etc", "crypttab"]: self = .volumes
            case .root where names == ["proc", "sys", "kernel", "core_pattern"]: self = .cores
            case .root where names.suffix(2) == [".ssh", "config"]: self = .client
            case .known where names == [".ssh", "config"]: self = .client
            default: return nil
            }
        }
    }

    private static func isPlain(
        _ line: some Sequence<UInt8>,
        in file: File,
        _ knowledge: KnowledgeBase
    ) -> Bool {
        let lower = line.map(\.lowercasedASCII)
        let words = lower.split { $0 == 0x20 || $0 == 0x09 }
        guard let first = words.first, first.first != UInt8(ascii: "#") else { return true }
        switch file {
        case .client:
            // Behind the keyword is a blank or `=`.
            let keyword = first.prefix { $0 != UInt8(ascii: "=") }
            return keywords.contains(ShellText(Array(keyword)))
        case .aliases:
            // A program, a file, or a file with more of them.
            return !lower.contains { "|/\"".utf8.contains($0) }
                && lower.count { $0 == UInt8(ascii: ":") } == 1
        case .mounts: return PlainMounts.isMount(words, knowledge)
        case .volumes: return PlainMounts.isVolume(words)
        // Behind a bar stands a program.
        case .cores: return !lower.contains(UInt8(ascii: "|"))
        }
    }

    /// Those of ssh_config(5) that name no program, no library and no other file of settings.
    private static let keywords: Set<ShellText> = [
        "addkeystoagent", "addressfamily", "batchmode", "bindaddress", "casignaturealgorithms",
        "checkhostip", "ciphers", "compression", "connectionattempts", "connecttimeout",
        "controlmaster", "controlpath", "controlpersist", "fingerprinthash", "forwardagent",
        "globalknownhostsfile", "hashknownhosts", "host", "hostkeyalgorithms", "hostkeyalias",
        "hostname", "hostbasedauthentication", "identitiesonly", "identityfile", "ipqos",
        "kbdinteractiveauthentication", "kexalgorithms", "loglevel", "macs",
        "numberofpasswordprompts", "passwordauthentication", "port", "preferredauthentications",
        "pubkeyacceptedalgorithms", "pubkeyacceptedkeytypes", "pubkeyauthentication",
        "rekeylimit", "requesttty", "sendenv", "serveralivecountmax", "serveraliveinterval",
        "stricthostkeychecking", "tcpkeepalive", "updatehostkeys", "user", "userknownhostsfile",
        "verifyhostkeydns", "visualhostkey",
    ]
}

extension Interpreter {
    /// Notes what became of the files that a redirection wrote: see ``PlainSettings``; or that they
    /// are empty.
    mutating func noteContents(_ redirected: Redirected, _ output: AbstractText) {
        if redirected.outputs != nil, !redirected.appends, output.isEmptyOrBlank {
            for index in redirected.opening where actions[index].isPlainWrite {
                replaceAction(at: index, with: actions[index].adding(.truncate))
            }
            return
        }
        notePlainSettings(redirected, output)
    }

    private mutating func notePlainSettings(_ redirected: Redirected, _ output: AbstractText) {
        guard let paths = redirected.outputs, !redirected.merges, !redirected.isPerhapsElsewhere,
            !paths.isEmpty,
            paths.allSatisfy({
                PlainSettings.areAll(of: output, in: $0, appended: redirected.appends, knowledge)
            })
        else { return }
        for index in redirected.opening
        where actions[index].action == .guardEscape || actions[index].action == .fileWrite {
            replaceAction(at: index, with: actions[index].adding(.plain))
        }
    }

    /// What is to be told of a file that the program writes with what it reads: `tee -a F`.
    func plainSettings(
        _ file: AbstractText,
        _ work: borrowing Performance,
        _ state: ShellState,
        _ frame: Frame
    ) -> [ForeseenAction.Attribute] {
        guard work.program == "tee", !work.isUncertain else { return [] }
        let appends = work.parsed.has(Tag("append"))
        if !appends, frame.input.isEmpty { return [.truncate] }
        guard case .text(let text) = frame.input else { return [] }
        let arePlain = paths(of: file, state).allSatisfy {
            PlainSettings.areAll(of: text, in: $0, appended: appends, knowledge)
        }
        return arePlain ? [.plain] : []
    }
}

extension ForeseenAction {
    /// Whether a file is written and nothing more is told of it.
    fileprivate var isPlainWrite: Bool { action == .fileWrite && self[.verb] == nil }

    fileprivate func adding(_ attribute: Attribute) -> ForeseenAction {
        ForeseenAction(
            action,
            certainty,
            attributes: attributes + [attribute],
            context: context,
            range: range
        )
    }
}

extension [UInt8] {
    func holds(_ word: String) -> Bool {
        let word = Array(word.utf8)
        return indices.contains { self[$0...].starts(with: word) }
    }
}

extension UInt8 {
    fileprivate var isPlainInSettings: Bool {
        switch self {
        case 0x09, 0x0A: true
        case UInt8(ascii: "\\"): false
        default: (0x20...0x7E).contains(self)
        }
    }
}
