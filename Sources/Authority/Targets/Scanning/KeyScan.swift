package import PolicyEngine

/// Asks a host for its keys or its host certificates by OpenSSH's `ssh-keyscan`.
///
/// What comes back travelled over a network that nobody vouches for: it is material to compare, and
/// proves nothing.
package struct KeyScan: Hashable, Sendable {
    package static let programName = "ssh-keyscan"
    /// LIMIT: of one connection to the host; there is one for each kind of key.
    static let connectionSeconds = 5
    /// LIMIT: of the whole scan, the lookup of the name included.
    static let timeout = Duration.seconds(20)
    /// LIMIT: a certificate has at most 16 KiB, in base64 a third more, and there are few.
    static let maximumBytes = 256 * 1024

    package enum Subject: Hashable, Sendable {
        case keys
        case certificates
    }

    let address: NetworkAddress
    let kinds: [HostKeyKind]
    let subject: Subject

    package init(_ subject: Subject, of address: NetworkAddress, kinds: [HostKeyKind]) {
        precondition(!kinds.isEmpty, "a scan asks for something")
        self.subject = subject
        self.address = address
        self.kinds = kinds
    }

    /// The program's arguments.
    ///
    /// An address begins with a letter, a digit, an underscore or a colon and holds no comma, so it
    /// is one host and no option; `--` says so again.
    var arguments: [String] {
        [
            "-T", String(Self.connectionSeconds), "-p", String(address.port), "-t",
            kinds.map(\.rawValue).joined(separator: ","),
        ] + (subject == .certificates ? ["-c"] : []) + ["--", address.host.description]
    }

    /// The run of the program at this path.
    func scanner(_ path: String) -> BoundedProgram {
        BoundedProgram(
            path: path,
            arguments: arguments,
            timeout: Self.timeout,
            maximumBytes: Self.maximumBytes
        )
    }

    /// Runs it; `path` is where programs are looked for.
    package func run(path: String) throws(ProgramError) -> KeyScanOutput {
        guard let program = ProgramSearch.find(Self.programName, in: path) else {
            throw .notFound(name: Self.programName, path: path)
        }
        let output = try scanner(program).run()
        // Its exit status tells nothing: it is 0 although a host did not answer, and 1 where none of
        // the kinds was offered.
        return KeyScanOutput(
            standardOutput: output.standardOutput,
            standardError: output.standardError,
            subject: subject
        )
    }
}
