internal import ArgumentParser
internal import Authority
internal import Foundation

/// `sallyport target`: the machines behind the bastion.
struct TargetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target",
        abstract: "The machines behind the bastion.",
        subcommands: [
            TargetScanCommand.self, TargetEnrollCommand.self, TargetSnippetCommand.self,
        ]
    )
}

/// `sallyport target scan`: the host keys of a machine, to be compared.
struct TargetScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Show the host keys of a machine, and pin those that you expected.",
        discussion: """
            A key that came over the network proves nothing. Without --expect the keys and a stanza \
            for the inventory are only printed; compare the fingerprints with what the machine's \
            owner tells you, then give them with --expect. Only expected keys are pinned.
            """
    )

    @OptionGroup var configurationFile: ConfigurationOption
    @OptionGroup var details: TargetDetailOptions

    @Argument(help: "A target of the inventory, or HOST[:PORT].")
    var host: String

    @Option(help: "The name of the target; without it the host's.")
    var name: String?

    @Option(help: ArgumentHelp("A fingerprint that the host must show.", valueName: "SHA256:…"))
    var expect: [String] = []

    @Option(help: ArgumentHelp("Write the expected keys into this file.", valueName: "file"))
    var write: String?

    @Flag(help: "Replace the file, where it holds this target alone.")
    var replace = false

    func run() throws {
        try Printing.result {
            try ScanCommand(
                subject: host,
                kinds: try details.kinds(),
                details: try TargetDetails(logins: details.login, labels: details.label),
                name: name,
                expected: expect,
                file: write,
                isReplacing: replace
            ).run(
                settings: configurationFile.source(),
                path: Surroundings.programPath,
                now: Surroundings.seconds
            )
        }
    }
}

/// `sallyport target enroll`: the host key that a host authority vouches for.
struct TargetEnrollCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enroll",
        abstract: "Pin the host key that a host certificate authority vouches for.",
        discussion: """
            The key is pinned until its certificate ends; enroll the target again with --replace \
            before. It is written to NAME.yaml in the inventory's directory.
            """
    )

    @OptionGroup var configurationFile: ConfigurationOption
    @OptionGroup var details: TargetDetailOptions

    @Argument(help: "The name of the target.")
    var name: String

    @Argument(help: "HOST[:PORT].")
    var host: String

    @Option(help: ArgumentHelp("The host authority's public key.", valueName: "file|line"))
    var hostCa: String

    @Option(help: "The name that the certificate must hold; without it the host's.")
    var certificateName: String?

    @Flag(help: "Write nothing, print the stanza.")
    var print = false

    @Flag(help: "Replace the file, where it holds this target alone.")
    var replace = false

    func run() throws {
        try Printing.result {
            try EnrolCommand(
                name: name,
                address: host,
                authorities: try Self.authorities(hostCa),
                certificateName: certificateName,
                kinds: try details.kinds(),
                details: try TargetDetails(logins: details.login, labels: details.label),
                isPrinting: print,
                isReplacing: replace
            ).run(
                settings: configurationFile.source(),
                path: Surroundings.programPath,
                now: Surroundings.seconds
            )
        }
    }

    /// LIMIT: a few lines.
    static let maximumFileBytes = 64 * 1024

    static func authorities(_ argument: String) throws -> String {
        guard !HostAuthorities.isLine(argument) else { return argument }
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: argument))
        let bytes = try file.read(upToCount: maximumFileBytes + 1) ?? Data()
        guard bytes.count <= maximumFileBytes else {
            throw ValidationError("`\(argument)` exceeds the limit of \(maximumFileBytes) bytes")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// `sallyport target snippet`: what a target's sshd has to be told.
struct TargetSnippetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snippet",
        abstract: "Print what a target's sshd_config needs."
    )

    @OptionGroup var configurationFile: ConfigurationOption

    @Argument(help: "The name of the target.")
    var name: String

    @Option(help: ArgumentHelp("Where the authority's key lies on the target.", valueName: "path"))
    var caPath = TargetSnippet.defaultAuthorityPath

    func run() throws {
        try Printing.result {
            PrintedResult(
                text: try TargetSnippet.text(
                    for: name,
                    settingsPath: configurationFile.path(),
                    authorityPath: caPath
                ),
                notes: []
            )
        }
    }
}

/// What `scan` and `enroll` have in common.
struct TargetDetailOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Kinds of host key: ed25519, ecdsa, rsa.", valueName: "kind,…"))
    var type: String?

    @Option(help: "An account of the target; repeat it for more.")
    var login: [String] = []

    @Option(
        help: ArgumentHelp("A label of the target; repeat it for more.", valueName: "name=value")
    )
    var label: [String] = []

    func kinds() throws -> [HostKeyKind] {
        guard let type else { return HostKeyKind.allCases }
        guard let kinds = HostKeyKind.list(type) else {
            throw ValidationError("--type is a list of ed25519, ecdsa and rsa")
        }
        return kinds
    }
}
