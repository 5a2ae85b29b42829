internal import ArgumentParser
internal import CommandAnalysis
internal import Foundation
internal import PolicyEngine
internal import SSHWire
internal import ShellSyntax
internal import StrictYAML

/// Who asks, where, in which circumstances.
struct SituationOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who asks: human:alice, agent:copilot.", valueName: "principal")
    )
    var principal: PrincipalName?

    @Option(
        name: .customLong("on-behalf-of"),
        help: ArgumentHelp("The owner of an agent.", valueName: "principal")
    )
    var owner: PrincipalName?

    @Option(
        name: .customLong("role"),
        help: ArgumentHelp("A role of the principal; may be given often.", valueName: "role")
    )
    var roles: [Role] = []

    @Option(help: ArgumentHelp("The target.", valueName: "name"))
    var target: TargetName?

    @Option(
        name: .customLong("label"),
        help: ArgumentHelp("A label of the target; may be given often.", valueName: "name=value")
    )
    var labels: [NamedValue] = []

    @Option(help: ArgumentHelp("The account on the target.", valueName: "account"))
    var login: Login?

    @Option(help: ArgumentHelp("What reads the command line there.", valueName: "path"))
    var shell: TargetShell?

    @Option(help: ArgumentHelp("The address from which the client comes.", valueName: "address"))
    var source: SSHWire.IPAddress?

    @Option(help: ArgumentHelp("When it is asked, RFC 3339; without it now.", valueName: "time"))
    var time: AskedTime?

    @Option(
        name: .customLong("claim"),
        help: ArgumentHelp("What the client claims; may be given often.", valueName: "name=value")
    )
    var claims: [NamedValue] = []

    @Flag(help: "The client asked for a terminal (ssh -t).")
    var terminal = false

    /// When it is asked, in seconds since 1970.
    var unixSeconds: UInt64 {
        time?.unixSeconds ?? UInt64(max(0, Date().timeIntervalSince1970))
    }

    /// What the options say; a target and principal of an inventory fill what they leave open.
    func situation(
        of principal: PrincipalName,
        on target: TargetName,
        _ known: KnownSituation
    ) -> CommandSituation {
        var situation = CommandSituation(
            context: RequestContext(
                principal: principal,
                roles: roles.isEmpty ? known.roles : Set(roles),
                onBehalfOf: owner ?? known.owner,
                target: target,
                labels: labels.isEmpty ? known.labels : NamedValue.mapping(labels),
                login: login ?? known.login ?? Self.usualLogin,
                sourceAddress: source,
                unixSeconds: unixSeconds,
                claims: NamedValue.mapping(claims)
            )
        )
        situation.hasTerminal = terminal
        if let shell = shell ?? known.shell { situation.shell = shell }
        // The version is that of the shell which the inventory names, and of no other.
        if shell == nil || shell == known.shell { situation.bashVersion = known.bashVersion }
        return situation
    }

    /// The account of whom nobody says anything, as in a transcript.
    static var usualLogin: Login {
        guard let login = Login("deploy") else { preconditionFailure("it is a login") }
        return login
    }
}

/// What an inventory says of a principal and a target; empty where there is none.
struct KnownSituation {
    var roles: Set<Role> = []
    var owner: PrincipalName?
    var labels: [String: String] = [:]
    var login: Login?
    var shell: TargetShell?
    var bashVersion: BashVersion?
}

/// `name=value`.
struct NamedValue: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
            return nil
        }
        name = String(argument[..<sign])
        value = String(argument[argument.index(after: sign)...])
    }

    static func mapping(_ values: [NamedValue]) -> [String: String] {
        Dictionary(values.map { ($0.name, $0.value) }) { _, last in last }
    }
}

/// A time of RFC 3339 without fractions.
struct AskedTime: ExpressibleByArgument {
    let unixSeconds: UInt64

    init?(argument: String) {
        guard let seconds = InternetTime.unixSeconds(argument) else { return nil }
        unixSeconds = seconds
    }
}

/// What the client sends: a file, `none` or `unknown`.
enum AskedInput: ExpressibleByArgument, Equatable {
    case none
    case unknown
    case file(String)

    init?(argument: String) {
        self =
            switch argument {
            case "none": .none
            case "unknown": .unknown
            default: .file(argument)
            }
    }
}

extension PrincipalName: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Role: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension TargetName: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Login: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension TargetShell: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension SSHWire.IPAddress: ExpressibleByArgument {
    package init?(argument: String) {
        do throws(WireError) {
            try self.init(parsing: argument)
        } catch {
            return nil
        }
    }
}
