internal import ArgumentParser
internal import Authority
internal import Foundation
internal import Glibc
internal import PolicyEngine
internal import SSHWire

/// `sallyport init`: a directory with settings, an inventory, a policy and new keys.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a directory with settings, an inventory, a policy and new keys.",
        discussion: """
            Nothing that exists is changed. The host key and the certificate authority's key are \
            new, of type Ed25519, and readable for you alone. The policy is that for production, and \
            only observes: everything runs, and what it would have said is recorded.
            """
    )

    @Argument(help: "The directory; it is made where it does not exist.")
    var directory: String

    @Option(help: "Where clients connect to.")
    var listen = "0.0.0.0:2222"

    @Option(help: "The first principal, who administers.")
    var principal = "human:admin"

    @Option(
        name: .customLong("public-key"),
        help: ArgumentHelp("A file with public keys of that principal.", valueName: "file")
    )
    var publicKeyFile: String?

    @Option(
        help: ArgumentHelp(
            "The folder `policies` that came with Sallyport; by default the one beside the program.",
            valueName: "dir"
        )
    )
    var policies: String?

    func validate() throws {
        guard PrincipalName(principal) != nil else {
            throw ValidationError("--principal is a name like `human:alice`")
        }
        guard NetworkAddress(listen, defaultPort: 2222, mayUsePortZero: true) != nil else {
            throw ValidationError("--listen is an address like `0.0.0.0:2222` or `[::]:2222`")
        }
    }

    func run() throws {
        do throws(InitError) {
            let shipped = try shippedPolicies()
            let files = StartingFiles(
                settings: StarterFiles.settings(
                    listen: listen,
                    administratorUID: getuid(),
                    administrator: principal,
                    knowledge: shipped.knowledge
                ),
                inventory: StarterFiles.inventory(
                    administrator: principal,
                    publicKeys: try publicKeys()
                ),
                policy: try shipped.firstPolicy(),
                cases: try shipped.firstCases()
            )
            let directory = try StartingDirectory(path: directory)
            let hostKey = try directory.fill(files)
            print(NextSteps(directory: directory.path, port: port, hostKey: hostKey).text)
        } catch {
            Complaint.write(error.description)
            throw ExitCode.failure
        }
    }

    private func shippedPolicies() throws(InitError) -> ShippedPolicies {
        if let policies {
            guard let shipped = ShippedPolicies(directory: policies) else {
                throw .noPolicies(path: policies)
            }
            return shipped
        }
        guard let program = ProgramSearch.ownPath(), let shipped = ShippedPolicies(besides: program)
        else { throw .noPolicies(path: nil) }
        return shipped
    }

    private var port: UInt16 {
        NetworkAddress(listen, defaultPort: 2222, mayUsePortZero: true)?.port ?? 2222
    }

    private func publicKeys() throws(InitError) -> [String] {
        guard let publicKeyFile else { return [] }
        let text: String
        do {
            text = try String(contentsOfFile: publicKeyFile, encoding: .utf8)
        } catch {
            throw .unreadable(path: publicKeyFile)
        }
        var keys: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            do throws(WireError) {
                keys.append(try PublicKeyLine(parsing: line).description)
            } catch {
                throw .malformedKey(path: publicKeyFile, reason: error.description)
            }
        }
        return keys
    }
}

/// Why a directory was not made.
enum InitError: Error, Hashable, CustomStringConvertible {
    case exists(path: String)
    case system(operation: String, path: String, code: CInt)
    case unreadable(path: String)
    case malformedKey(path: String, reason: String)
    /// Nil where none was named.
    case noPolicies(path: String?)

    var description: String {
        switch self {
        case .exists(let path): "`\(path)` exists already: nothing was changed"
        case .system(let operation, let path, let code):
            "cannot \(operation) `\(path)`: \(unsafe String(cString: strerror(code)))"
        case .unreadable(let path): "`\(path)` cannot be read"
        case .malformedKey(let path, let reason): "`\(path)`: \(reason)"
        case .noPolicies(let path?):
            "`\(path)` has no `production.yaml` and no folder `knowledge`: --policies names the "
                + "folder `policies` that came with Sallyport"
        case .noPolicies(nil):
            "there is no folder `policies` beside the program: --policies names the one that came "
                + "with Sallyport"
        }
    }
}
