package import CommandAnalysis
import SSHWire
import ShellSyntax
import StrictYAML

/// The circumstances that the lines of a `.cases` file have set so far.
struct CaseHeader {
    static let keys = [
        "policy", "principal", "roles", "target", "labels", "login", "source", "time", "claims",
        "stdin", "terminal", "shell", "bash", "profile", "task", "kind",
    ]

    private var policies: [String] = []
    private var principal: PrincipalName?
    private var onBehalfOf: PrincipalName?
    private var roles: Set<Role> = []
    private var target = TargetName("host")
    private var labels: [String: String] = [:]
    private var login = Login("deploy")
    private var sourceAddress: SSHWire.IPAddress?
    private var unixSeconds = CaseSituation.defaultTime
    private var claims: [String: String] = [:]
    private var input = ClientInput.unknown
    private var hasTerminal = false
    private var shell = TargetShell.program("/bin/bash")
    private var bashVersion: BashVersion?
    private var isGuardedShell = false
    private var sentence: String?
    private var kind = CaseFile.Task.Kind.everyday

    /// Nil where the commands are cases, each by itself.
    var task: CaseFile.Task? { sentence.map { CaseFile.Task(sentence: $0, kind: kind) } }

    /// Nil where something is missing.
    var situation: CaseSituation? {
        guard !policies.isEmpty, let principal, let target, let login else { return nil }
        let context = RequestContext(
            principal: principal,
            roles: roles,
            onBehalfOf: onBehalfOf,
            target: target,
            labels: labels,
            login: login,
            sourceAddress: sourceAddress,
            unixSeconds: unixSeconds,
            claims: claims
        )
        var command = CommandSituation(context: context)
        command.input = input
        command.hasTerminal = hasTerminal
        command.isGuardedShell = isGuardedShell
        command.shell = shell
        command.bashVersion = bashVersion
        return CaseSituation(policies: policies, command: command)
    }

    var missing: String {
        policies.isEmpty
            ? "no `policy:` stands before this command"
            : "no `principal:` stands before this command"
    }

    /// Sets one of the circumstances; what is wrong with it, or nil.
    mutating func set(_ key: String, _ value: String) -> String? {
        let words = value.split(separator: " ").map(String.init)
        switch key {
        case "policy":
            policies = words
            return words.isEmpty ? "`policy`: expected the name of a file" : nil
        case "principal": return setPrincipal(words, value)
        case "roles":
            roles = Set(words.compactMap(Role.init))
            return roles.count == words.count ? nil : "`roles`: expected \(Role.expected)"
        case "target":
            target = TargetName(value)
            return target == nil ? "`target`: \(value.quoted) is no name of a target" : nil
        case "login":
            login = Login(value)
            return login == nil ? "`login`: \(value.quoted) is no login" : nil
        case "labels": return Self.pairs(words, "labels", into: &labels)
        case "claims": return Self.pairs(words, "claims", into: &claims)
        case "source": return setSource(value)
        case "time":
            guard let seconds = InternetTime.unixSeconds(value) else {
                return "`time`: expected a time like `2026-12-31T23:59:59Z`, found \(value.quoted)"
            }
            unixSeconds = seconds
            return nil
        case "stdin":
            input = ClientInput(written: value).asLine
            return nil
        case "profile":
            isGuardedShell = value == "guarded-shell"
            return isGuardedShell
                ? nil : "`profile`: expected `guarded-shell`, found \(value.quoted)"
        case "task":
            sentence = value
            return nil
        case "kind":
            guard let kind = CaseFile.Task.Kind(rawValue: value) else {
                let words = CaseFile.Task.Kind.allCases.map(\.rawValue).quotedList
                return "`kind`: expected one of \(words), found \(value.quoted)"
            }
            self.kind = kind
            return nil
        case "terminal":
            hasTerminal = value == "true"
            return ["true", "false"].contains(value)
                ? nil : "`terminal`: expected `true` or `false`, found \(value.quoted)"
        case "shell":
            guard let shell = TargetShell(value) else {
                return "`shell`: expected \(TargetShell.expected), found \(value.quoted)"
            }
            self.shell = shell
            return nil
        case "bash":
            guard let version = BashVersion(named: value) else {
                let versions = BashVersion.known.map(\.description).quotedList
                return "`bash`: expected one of \(versions), found \(value.quoted)"
            }
            bashVersion = version
            return nil
        default:
            let guess = Suggestion.closest(to: key, among: Self.keys)
            let hint = guess.map { "; did you mean \($0.quoted)?" } ?? ""
            return "unknown key \(key.quoted), expected one of \(Self.keys.quotedList)\(hint)"
        }
    }

    /// `agent:indexer on behalf of human:ana`.
    private mutating func setPrincipal(_ words: [String], _ value: String) -> String? {
        let name = words.first.flatMap(PrincipalName.init)
        let hasOwner = words.count == 5 && words[1...3].elementsEqual(["on", "behalf", "of"])
        let owner = hasOwner ? PrincipalName(words[4]) : nil
        guard let name, words.count == 1 || owner != nil else {
            return "`principal`: expected `human:alice` or "
                + "`agent:copilot on behalf of human:alice`, found \(value.quoted)"
        }
        principal = name
        onBehalfOf = owner
        return nil
    }

    private mutating func setSource(_ value: String) -> String? {
        do throws(WireError) {
            sourceAddress = try SSHWire.IPAddress(parsing: value)
            return nil
        } catch {
            return "`source`: \(value.quoted) is no address"
        }
    }

    /// `env=production kind=web`.
    private static func pairs(
        _ words: [String],
        _ key: String,
        into pairs: inout [String: String]
    ) -> String? {
        pairs = [:]
        for word in words {
            guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
                return "\(key.quoted): expected `name=value`, found \(word.quoted)"
            }
            pairs[String(word[..<sign])] = String(word[word.index(after: sign)...])
        }
        return nil
    }
}

extension ClientInput {
    /// What `stdin` of a transcript or a batch says: `none`, `unknown`, or a text.
    package init(written text: String) {
        self =
            switch text {
            case "none": .nothing
            case "unknown": .unknown
            default: .text(ShellText(text))
            }
    }
}

extension ClientInput {
    /// With the line feed at its end that a line of a transcript stands for.
    var asLine: ClientInput {
        guard case .text(let text) = self else { return self }
        return .text(ShellText(text.description + "\n"))
    }
}
