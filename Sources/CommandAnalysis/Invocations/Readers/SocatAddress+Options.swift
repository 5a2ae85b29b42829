import ShellSyntax

// What follows from an address of `socat`, and from its options.

extension SocatAddress.Kind {
    /// Whether it has a name in the file system.
    var isFile: Bool {
        switch self {
        case .namedPipe, .file, .create, .fileOrSocket, .listenLocally, .connectLocally: true
        case .standard, .terminal, .pipe, .program, .shell, .connect, .listen, .listenAbstractly:
            false
        }
    }
}

extension SocatAddress {
    var path: AbstractText {
        // Quotes in it are not read.
        isQuoted ? .notComputed : .replacingPlaceholders(in: parameters.first ?? "")
    }

    /// The command, without the quotes that this program takes away.
    var command: ShellText {
        guard isQuoted else { return parameters[0] }
        var bytes: [UInt8] = []
        var rest = Array(parameters[0].utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() {
                bytes.append(escaped)
            } else if byte != UInt8(ascii: "\"") {
                bytes.append(byte)
            }
        }
        return ShellText(bytes)
    }

    /// Whether nothing is written to it, and opening it changes nothing.
    var isReadOnly: Bool { has("rdonly") && !has("rdwr", "wronly") && !changesFile }

    /// Whether opening it makes a file, or makes it shorter.
    var changesFile: Bool { has("trunc", "creat", "create", "ftruncate") }

    /// Whether it is where services have their sockets, and nothing else.
    var isRuntimeSocket: Bool {
        guard kind == .fileOrSocket, let path = path.literal, !changesFile else { return false }
        var names = path.utf8.split(separator: UInt8(ascii: "/"))[...]
        guard path.utf8.first == UInt8(ascii: "/") else { return false }
        if names.first?.elementsEqual("var".utf8) == true { names.removeFirst() }
        guard names.popFirst()?.elementsEqual("run".utf8) == true, let last = names.last,
            !names.contains(where: { $0.elementsEqual("..".utf8) })
        else { return false }
        return names.count > 1 || ShellText(Array(last)).description.contains("sock")
    }

    /// Host and port.
    func endpoint(isRemote: Bool) -> [ForeseenAction.Attribute] {
        let texts = parameters.map { AbstractText.replacingPlaceholders(in: $0) }
        guard let port = texts.last else { return [] }
        var attributes: [ForeseenAction.Attribute] = []
        if isRemote, texts.count > 1 { attributes.append(.init(.host, .texts(texts.dropLast()))) }
        attributes.append(.init(.port, .texts([port])))
        return attributes
    }

    /// Whether an option may do more than what is known here.
    var hasUnusualOptions: Bool {
        options.contains { option in
            let name = option.name.utf8
            return !Self.usualOptions.contains(option.name)
                && !Self.usualPrefixes.contains { name.starts(with: $0.utf8) }
        }
    }

    /// Beginnings of the names of options of sockets, terminals and speeds.
    private static let usualPrefixes = [
        "so-", "ip-", "ipv6", "tcp-", "sctp-", "udp-", "shut-", "seek", "keep", "b1", "b2", "b3",
        "b4",
        "b5", "b6", "b7", "b9", "openssl-", "f-setlk", "setlk", "flock", "sndbuf", "rcvbuf",
    ]

    private static let usualOptions: Set<ShellText> = [
        // Files
        "rdonly", "wronly", "rdwr", "creat", "create", "excl", "append", "trunc", "largefile",
        "lseek",
        "nonblock", "noctty", "nofollow", "sync", "dsync", "rsync", "noatime", "text", "binary",
        "cloexec", "lock", "ftruncate", "mode", "perm", "user", "group", "uid", "gid", "owner",
        "user-early", "group-early", "perm-early", "user-late", "group-late", "perm-late", "unlink",
        "unlink-early", "unlink-late", "unlink-close", "umask", "lockfile", "waitlock", "history",
        "link", "symbolic-link", "wait-slave", "waitslave",
        // Transfer
        "ignoreeof", "readbytes", "bytes", "escape", "cr", "crnl", "crlf", "null-eof", "end-close",
        "cool-write", "coolwrite", "prompt", "noprompt", "noecho",
        // Terminals
        "raw", "rawer", "cfmakeraw", "echo", "icanon", "isig", "sane", "cs7", "cs8", "parenb",
        "cstopb", "clocal", "crtscts", "ispeed", "ospeed", "icrnl", "onlcr", "opost", "hupcl",
        // Programs
        "pty", "ctty", "setsid", "stderr", "pipes", "nofork", "login", "sigint", "sigquit", "fdin",
        "fdout", "socketpair", "ptmx", "openpty", "setpgid", "su", "su-d", "su-e", "substuser",
        "substuser-delayed", "setuid",
        // Sockets
        "fork", "reuseaddr", "reuseport", "range", "bind", "backlog", "max-children", "children",
        "accept-timeout", "connect-timeout", "retry", "interval", "intervall", "forever", "tcpwrap",
        "pf", "ttl", "tos", "nodelay", "mss", "maxseg", "linger", "broadcast", "debug", "priority",
        "sourceport", "sp", "lowport", "interface", "if", "unix-tightsocklen", "tightsocklen",
        // Encryption and proxies
        "verify", "cafile", "capath", "certificate", "cert", "key", "cipher", "ciphers", "method",
        "min-proto-version", "max-proto-version", "commonname", "cn", "snihost", "nosni", "no-sni",
        "compress", "dhparam", "dhparams", "fips", "socksport", "socksuser", "proxyport",
        "proxyauth",
        "resolve", "ignorecr", "http-version",
    ]
}
