import ShellSyntax

/// One of the two things that `socat` connects: `TYPE:PARAMETER:PARAMETER,OPTION=VALUE,OPTION`.
struct SocatAddress {
    enum Kind: Hashable {
        /// Standard input and output, or one of them.
        case standard(reads: Bool, writes: Bool)
        /// The same with a line editor: somebody sits there.
        case terminal
        /// What is written into it is read from it.
        case pipe
        case namedPipe, file, create, fileOrSocket
        case program, shell
        case connect, listen
        /// A socket in the file system, or a name beside it.
        case connectLocally, listenLocally, listenAbstractly
    }

    let kind: Kind
    /// With characters that stand for what is not known of them.
    let parameters: [ShellText]
    private(set) var options: [(name: ShellText, value: ShellText?)] = []
    /// Whether quotes in it may mean something else.
    let isQuoted: Bool

    /// Nil where the text is none, or may be any.
    ///
    /// - Parameter text: With characters that stand for what is not known of it.
    init?(_ text: ShellText) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, let parts = Self.split(bytes, at: UInt8(ascii: ",")) else {
            return nil
        }
        isQuoted = bytes.contains { "\\'\"".utf8.contains($0) }
        for part in parts.dropFirst() {
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            let value = part.dropFirst(name.count + 1)
            let option = ShellText(name.map(\.lowercasedASCII))
            options.append((option, value.isEmpty ? nil : ShellText(value)))
        }
        let head = parts[0]
        let beforeColon = head.prefix { $0 != UInt8(ascii: ":") }
        if beforeColon.contains(UInt8(ascii: "/")) {
            kind = .fileOrSocket
            parameters = [ShellText(head)]
            return
        }
        if let first = head.first, (0x30...0x39).contains(first) {
            guard let kind = Self.descriptor(ShellText(head)) else { return nil }
            self.kind = kind
            parameters = []
            return
        }
        let rest = head.dropFirst(beforeColon.count + 1)
        let keyword = ShellText(beforeColon.map(\.lowercasedASCII))
        guard let kind = Self.kind(keyword, ShellText(rest)) else { return nil }
        self.kind = kind
        switch kind {
        case .connect, .listen:
            guard let parts = Self.split(Array(rest), at: UInt8(ascii: ":")) else { return nil }
            parameters = parts.map { ShellText($0) }
        default: parameters = rest.isEmpty ? [] : [ShellText(rest)]
        }
        if kind.needsParameter, parameters.isEmpty { return nil }
    }

    func option(_ names: ShellText...) -> ShellText? {
        options.last { names.contains($0.name) }?.value
    }

    func has(_ names: ShellText...) -> Bool {
        options.contains { names.contains($0.name) && $0.value != "0" }
    }

    // MARK: Types

    private static func kind(_ keyword: ShellText, _ parameter: ShellText) -> Kind? {
        switch keyword {
        case "-", "stdio": .standard(reads: true, writes: true)
        case "stdin": .standard(reads: true, writes: false)
        case "stdout", "stderr": .standard(reads: false, writes: true)
        case "fd": descriptor(parameter)
        case "readline": .terminal
        case "pipe", "fifo", "echo": parameter.isEmpty ? .pipe : .namedPipe
        case "open", "file": .file
        case "create", "creat": .create
        case "gopen": .fileOrSocket
        case "exec", "exec1": .program
        case "system", "system1", "shell", "shell1": .shell
        case "unix-connect", "unix", "local", "unix-client", "unix-sendto", "client", "sendto",
            "unix-c":
            .connectLocally
        case "abstract-connect", "abstract", "abstract-client", "abstract-sendto": .connectLocally
        case "unix-listen", "unix-l", "unix-recv", "unix-recvfrom": .listenLocally
        case "abstract-listen", "abstract-l", "abstract-recv", "abstract-recvfrom":
            .listenAbstractly
        default: networkKind(keyword)
        }
    }

    /// `tcp4-listen`, `udp6`, `openssl-connect`.
    private static func networkKind(_ keyword: ShellText) -> Kind? {
        var name = keyword.description
        guard
            let family = [
                "openssl-dtls", "openssl", "ssl", "dtls", "tcp", "udplite", "udp", "sctp", "dccp",
                "vsock",
                "socks4a", "socks4", "socks5", "proxy",
            ].first(where: { name.hasPrefix($0) })
        else { return nil }
        name.removeFirst(family.count)
        if family != "vsock", !family.hasPrefix("socks"), name.hasPrefix("4") || name.hasPrefix("6")
        {
            name.removeFirst()
        }
        return switch name {
        case "", "-connect", "-c", "-client", "-sendto", "-datagram", "-connect4", "-connect6":
            .connect
        case "-listen", "-l", "-server", "-recv", "-recvfrom": .listen
        default: nil
        }
    }

    private static func descriptor(_ number: ShellText) -> Kind? {
        switch number {
        case "0": .standard(reads: true, writes: false)
        case "1", "2": .standard(reads: false, writes: true)
        default: nil
        }
    }

    // MARK: Reading

    /// The two addresses of `A!!B`, or the only one.
    static func directions(_ text: ShellText) -> [ShellText]? {
        let bytes = Array(text.utf8)
        guard let parts = split(bytes, at: UInt8(ascii: "!"), isDouble: true) else { return nil }
        return parts.count <= 2 ? parts.map { ShellText($0) } : nil
    }

    /// Splits a text where no bracket and no quote is open; nil where one stays open.
    private static func split(
        _ bytes: [UInt8],
        at separator: UInt8,
        isDouble: Bool = false
    ) -> [[UInt8]]? {
        var parts: [[UInt8]] = [[]]
        var open: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            let isNext = index < bytes.count && bytes[index] == separator
            if byte == UInt8(ascii: "\\") {
                parts[parts.count - 1].append(byte)
                if index < bytes.count { parts[parts.count - 1].append(bytes[index]) }
                index += 1
                continue
            }
            if open.isEmpty, byte == separator, !isDouble || isNext {
                if isDouble { index += 1 }
                parts.append([])
                continue
            }
            parts[parts.count - 1].append(byte)
            if byte == open.last {
                open.removeLast()
            } else if open.last != UInt8(ascii: "\""), open.last != UInt8(ascii: "'"),
                let end = closing(byte)
            {
                open.append(end)
            }
        }
        return open.isEmpty ? parts : nil
    }

    private static func closing(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "("): UInt8(ascii: ")")
        case UInt8(ascii: "{"): UInt8(ascii: "}")
        case UInt8(ascii: "["): UInt8(ascii: "]")
        case UInt8(ascii: "'"), UInt8(ascii: "\""): byte
        default: nil
        }
    }
}

extension SocatAddress.Kind {
    fileprivate var needsParameter: Bool {
        switch self {
        case .standard, .terminal, .pipe: false
        case .namedPipe, .file, .create, .fileOrSocket, .program, .shell, .connect, .listen,
            .connectLocally, .listenLocally, .listenAbstractly:
            true
        }
    }
}
