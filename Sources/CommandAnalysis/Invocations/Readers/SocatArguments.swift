import ShellSyntax

/// What `socat` is told in front of its two addresses.
///
/// Its options are its own: most have their value behind the letter, and some there or in the next
/// argument.
struct SocatArguments {
    enum Direction { case both, right, left }

    private(set) var direction = Direction.both
    /// Files that it writes beside what it transfers.
    private(set) var written: [AbstractText] = []
    private(set) var isHelp = false
    private(set) var addresses: [AbstractText] = []

    /// Nil where an option is not known, or there are not two addresses.
    init?(_ arguments: [Argument]) {
        var rest = arguments[...]
        while let option = rest.first?.text, option.knownPrefix.utf8.first == UInt8(ascii: "-"),
            option.literal != "-", !option.knownPrefix.utf8.starts(with: "-,".utf8),
            !option.knownPrefix.utf8.starts(with: "-!".utf8)
        {
            rest.removeFirst()
            if !read(option, &rest) { return nil }
        }
        guard let texts = Array(rest).texts, isHelp || texts.count == 2 else { return nil }
        addresses = texts
    }

    private mutating func read(_ option: AbstractText, _ rest: inout ArraySlice<Argument>) -> Bool {
        let prefix = Array(option.knownPrefix.utf8)
        if prefix.starts(with: "-lf".utf8) {
            written.append(option.dropping(3))
            return prefix.count > 3
        }
        if prefix.count > 1, "rRLW".utf8.contains(prefix[1]) {
            guard let file = value(of: option, &rest) else { return false }
            written.append(file)
            return true
        }
        if prefix.count > 1, "btT".utf8.contains(prefix[1]) {
            return value(of: option, &rest) != nil
        }
        guard let literal = option.literal else { return false }
        switch literal {
        case "-u": direction = .right
        case "-U": direction = .left
        case "-V", "-h", "-hh", "-hhh", "-?", "-??", "-???": isHelp = true
        case "-D", "-v", "-x", "-s", "-g", "-4", "-6", "-0", "--experimental", "--statistics",
            "-ls", "-lu", "-lh":
            break
        default:
            let letters = prefix.dropFirst()
            return letters.allSatisfy { $0 == UInt8(ascii: "d") }
                || letters.first == UInt8(ascii: "d") && letters.count == 2
                    && (0x30...0x34).contains(prefix[2])
                || letters.starts(with: "ly".utf8) || letters.starts(with: "lm".utf8)
                || letters.starts(with: "lp".utf8)
        }
        return true
    }

    /// What stands behind the letter, or in the next argument.
    private func value(
        of option: AbstractText,
        _ rest: inout ArraySlice<Argument>
    ) -> AbstractText? {
        let attached = option.dropping(2)
        if !attached.pieces.isEmpty { return attached }
        guard case .one(let next)? = rest.popFirst() else { return nil }
        return next
    }
}
