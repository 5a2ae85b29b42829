internal import CommandAnalysis
internal import Foundation
internal import PolicyEngine
internal import Recording
internal import SSHWire
internal import StrictYAML

/// Reads a command line and its circumstances from a JSON object: one of a batch, a session as
/// `sallyport sessions --json` prints it, or the record of its opening.
struct AskedCommandReader {
    /// What is not said in the object; the principal and the target may be missing here too.
    let options: SituationOptions
    /// What an inventory says of principals and targets.
    let known: (PrincipalName, TargetName) -> KnownSituation

    enum Flaw: Error, Equatable, CustomStringConvertible {
        case noCommand
        /// Longer than what is kept in a list.
        case cutCommand
        case missing(String, option: String)
        case malformed(String)

        var description: String {
            switch self {
            case .noCommand: "has no `command`"
            case .cutCommand: "has only the beginning of its command"
            case .missing(let key, let option): "has no `\(key)`, and \(option) is not given"
            case .malformed(let key): "has a `\(key)` that is none"
            }
        }
    }

    /// Nil where it is no exec, so that there is no command line.
    func read(_ object: JSONValue) throws(Flaw) -> (bytes: [UInt8], situation: CommandSituation)? {
        // A record of the audit trail has what was asked in `event`.
        let event = object["event"] ?? object
        if let request = event["request"]?.text, request != "exec" { return nil }
        guard let command = event["command"], let bytes = command.recordedBytes else {
            throw .noCommand
        }
        if let count = event["commandBytes"]?.unsigned, count != bytes.count {
            throw .cutCommand
        }
        return (bytes, try situation(object, event))
    }

    private func situation(
        _ object: JSONValue,
        _ event: JSONValue
    ) throws(Flaw) -> CommandSituation {
        let principal = try value("principal", object, { PrincipalName($0) }) ?? options.principal
        let target = try value("target", object, { TargetName($0) }) ?? options.target
        guard let principal else { throw .missing("principal", option: "--as") }
        guard let target else { throw .missing("target", option: "--target") }
        var known = self.known(principal, target)
        // What the object says counts for more than what an inventory says now.
        known.owner = try value("onBehalfOf", object, { PrincipalName($0) }) ?? known.owner
        known.login = try value("login", object, { Login($0) }) ?? known.login
        var situation = options.situation(of: principal, on: target, known)
        if let input = event["stdin"]?.text { situation.input = ClientInput(written: input) }
        if case .object(let claims) = event["claims"] {
            for claim in claims {
                guard let value = claim.value.text else { throw .malformed("claims") }
                situation.context.claims[claim.key] = value
            }
        }
        if let hasTerminal = event["hasTerminal"]?.boolean { situation.hasTerminal = hasTerminal }
        if case .array(let variables) = event["environment"] {
            for variable in variables {
                guard let name = variable["name"]?.text,
                    let value = variable["value"]?.recordedBytes
                else { throw .malformed("environment") }
                situation.environment.append(EnvironmentAssignment(name: name, value: value))
            }
        }
        if let time = (object["openedAt"] ?? object["time"])?.text {
            guard let seconds = Self.unixSeconds(time) else { throw .malformed("time") }
            situation.context.unixSeconds = seconds
        }
        return situation
    }

    /// The second of a time as the audit trail writes it, with a fraction.
    private static func unixSeconds(_ text: String) -> UInt64? {
        guard text.hasSuffix("Z") else { return InternetTime.unixSeconds(text) }
        return InternetTime.unixSeconds(String(text.prefix { $0 != "." && $0 != "Z" }) + "Z")
    }

    private func value<Value>(
        _ key: String,
        _ object: JSONValue,
        _ read: (String) -> Value?
    ) throws(Flaw) -> Value? {
        guard let text = object[key]?.text else { return nil }
        guard let value = read(text) else { throw .malformed(key) }
        return value
    }
}

extension JSONValue {
    /// A text, or bytes as the audit trail writes them: `{"text":…}`, `{"base64":…,"text":…}`.
    fileprivate var recordedBytes: [UInt8]? {
        if let text { return Array(text.utf8) }
        if let encoded = self["base64"]?.text { return Base64.decode(encoded) }
        return self["text"]?.text.map { Array($0.utf8) }
    }
}
