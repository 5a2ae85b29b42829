import CommandAnalysis
import PolicyEngine
import SSHWire
import ShellSyntax
import StrictYAML

enum PolicySamples {
    /// A policy of one file with these rules.
    static func policy(_ rules: String, top: String = "") throws -> Policy {
        try Policy.read([file(rules, top: top)]).value
    }

    static func file(_ rules: String, top: String = "", name: String = "test") -> SourceFile {
        let indented = rules.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "  " + $0 }.joined(separator: "\n")
        let head = top.isEmpty ? "" : top + "\n"
        let text = "policy: 1\nname: \(name)\n\(head)rules:\n\(indented)\n"
        return SourceFile(name: "\(name).yaml", bytes: Array(text.utf8))
    }

    /// What is found in these files, refused or not.
    static func findings(_ files: SourceFile...) -> [String] {
        do throws(RefusedFiles) {
            return try Policy.read(files).warnings.map(\.description)
        } catch {
            return error.findings.map(\.description)
        }
    }

    static func context(
        _ subject: String = "agent:copilot",
        roles: [String] = [],
        onBehalfOf: String? = "human:alice",
        target name: String = "web1",
        labels: [String: String] = ["env": "production"],
        login account: String = "deploy",
        source: SSHWire.IPAddress? = nil,
        unixSeconds: UInt64 = 1_800_000_000,
        claims: [String: String] = [:]
    ) -> RequestContext {
        RequestContext(
            principal: principal(subject),
            roles: Set(roles.compactMap(Role.init)),
            onBehalfOf: onBehalfOf.map(principal),
            target: target(name),
            labels: labels,
            login: login(account),
            sourceAddress: source,
            unixSeconds: unixSeconds,
            claims: claims
        )
    }
}

typealias Value = ForeseenAction.Attribute

extension ForeseenAction {
    /// An action as the analyser would find it.
    static func sample(
        _ action: Action,
        _ attributes: Value...,
        certainty: Certainty = .certain,
        program: ShellText? = "prog",
        as identity: ProcessIdentity = .login,
        in place: Place = .target,
        wrappers: [ShellText] = [],
        at range: SourceRange = SourceRange(0, 1)
    ) -> ForeseenAction {
        ForeseenAction(
            action,
            certainty,
            attributes: attributes,
            context: ActionContext(
                program: program,
                identity: identity,
                place: place,
                wrappers: wrappers
            ),
            range: range
        )
    }
}

extension Value {
    static func path(_ paths: AbstractPath...) -> Value { Value(.path, .paths(paths)) }

    static func text(_ name: ActionAttribute, _ texts: AbstractText...) -> Value {
        Value(name, .texts(texts))
    }

    static func flag(_ name: ActionAttribute) -> Value { Value(name, .flag(true)) }
}

extension AbstractText {
    static var unknown: AbstractText { AbstractText(UnknownText(.text, from: .variable("X"))) }
}

extension AbstractPath {
    static func absolute(_ components: AbstractText...) -> AbstractPath {
        AbstractPath(root: .root, components: components)
    }

    static func home(_ components: AbstractText...) -> AbstractPath {
        AbstractPath(root: .known(.home(nil)), components: components)
    }

    static func start(_ components: AbstractText...) -> AbstractPath {
        AbstractPath(root: .known(.start), components: components)
    }
}
