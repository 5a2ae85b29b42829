import CommandAnalysis
import Foundation
import PolicyEngine
import ShellSyntax
import StrictYAML
import TestSupport
import Testing

/// Holds the shipped policies against actions, as the analyser would find them.
@Suite struct `the shipped policies` {
    private static let names = ["production", "read-only", "development", "break-glass"]

    private func file(_ name: String) throws -> SourceFile {
        let path = "policies/\(name).yaml"
        let data = try Data(contentsOf: URL(filePath: RepositoryFile.path(path)))
        return SourceFile(name: path, bytes: Array(data))
    }

    private func decider(_ name: String) throws -> RuleDecider {
        RuleDecider(policy: try Policy.read([try file(name)]).value)
    }

    private func expect(
        _ decider: RuleDecider,
        in context: RequestContext = PolicySamples.context(),
        _ cases: [(ForeseenAction, Ruling)]
    ) {
        for (action, expected) in cases {
            let verdict = decider.judge([action], in: context)
            let lines = Explanation(verdict, of: []).lines
            #expect(verdict.ruling == expected, "\(action.shown) \(lines)")
        }
    }

    @Test func `are read without a warning`() throws {
        for name in Self.names {
            #expect(try Policy.read([try file(name)]).warnings == [], "\(name)")
            #expect(RuleFileKind(try file(name)) == .policy)
        }
    }

    @Test func `say why of every rule that denies or reviews`() throws {
        for name in Self.names {
            for rule in try Policy.read([try file(name)]).value.rules {
                let isSaid = rule.effect == .permit || rule.isOtherwise || rule.reason != nil
                #expect(isSaid, "\(rule.id)")
            }
        }
    }

    @Test func `each deny an escape from the guard and a change of its record`() throws {
        let glass = PolicySamples.context("human:ana", onBehalfOf: nil)
        let contexts = [
            ("production", PolicySamples.context()),
            ("read-only", PolicySamples.context()),
            ("development", PolicySamples.context()), ("break-glass", glass),
        ]
        for (name, context) in contexts {
            for certainty in Certainty.allCases {
                expect(
                    try decider(name),
                    in: context,
                    [
                        (.sample(.guardEscape, certainty: certainty), .deny),
                        (.sample(.auditTamper, certainty: certainty), .deny),
                        (.sample(.systemRead), .permit),
                    ]
                )
            }
        }
    }

    @Test func `permit in production to look and to work in scratch`() throws {
        expect(
            try decider("production"),
            [
                (.sample(.fileRead, .path(.absolute("etc", "hosts"))), .permit),
                (.sample(.fileRead, .path(AbstractPath(root: .unknown))), .permit),
                (.sample(.fileWrite, .path(.start("notes"))), .permit),
                (.sample(.fileWrite, .path(.home("notes"))), .permit),
                (.sample(.fileDelete, .path(.home("src", "api")), .flag(.recursive)), .permit),
                (.sample(.fileDelete, .path(.home("src")), .flag(.recursive)), .review),
                (.sample(.fileDelete, .path(.home()), .flag(.recursive)), .review),
                (.sample(.fileWrite, .path(.absolute("tmp")), .flag(.recursive)), .permit),
                (.sample(.fileWrite, .path(.start("notes"), .absolute("srv", "x"))), .review),
                (.sample(.fileDelete, .path(.start("build")), .flag(.recursive)), .permit),
                (.sample(.fileDelete, .path(.absolute("tmp", "x")), .flag(.recursive)), .permit),
                (.sample(.fileDelete, .path(.absolute("tmp")), .flag(.recursive)), .review),
                (.sample(.fileDelete, .path(.absolute("tmp", .unknown))), .review),
                (.sample(.fileDelete, .path(AbstractPath(root: .unknown))), .review),
                (.sample(.fileDelete, .path(.start("x")), certainty: .possible), .review),
                (.sample(.privilegeElevate, .text(.account, "root")), .permit),
                (.sample(.networkConnect, .text(.host, "example.org")), .permit),
                (.sample(.networkConnect, .text(.method, "DELETE")), .review),
                (.sample(.repositoryPush), .permit),
                (.sample(.repositoryPush, .flag(.force)), .review),
                (.sample(.projectBuild), .permit), (.sample(.codeRun), .review),
            ]
        )
    }

    @Test func `deny in production what takes the host or its data away`() throws {
        let removal = { (path: AbstractPath) in
            ForeseenAction.sample(.fileDelete, .path(path), .flag(.recursive))
        }
        expect(
            try decider("production"),
            [
                (removal(.absolute()), .deny), (removal(.absolute("etc")), .deny),
                (removal(.absolute("etc", "nginx")), .review),
                (removal(.absolute("usr", "bin", "gcc")), .deny),
                (removal(.absolute("usr", "share", "doc")), .review),
                (removal(.absolute("srv", "app", "x")), .review),
                (removal(.absolute("srv")), .deny), (removal(.absolute(.unknown)), .deny),
                (removal(AbstractPath(root: .unknown, components: ["etc"])), .deny),
                (removal(AbstractPath(root: .unknown, components: ["build"])), .review),
                (
                    removal(
                        AbstractPath(root: .known(.start), components: ["etc"], levelsUp: 3)
                    ),
                    .deny
                ),
                (.sample(.fileWrite, .path(.absolute("etc", "nginx", "x"))), .review),
                (.sample(.fileWrite, .path(.absolute("etc", "passwd"))), .deny),
                (.sample(.filePermission, .path(.absolute("usr", "bin", "su"))), .deny),
                (.sample(.filePermission, .path(.start("run.sh"))), .permit),
                (.sample(.deviceWrite, .path(.absolute("dev", "sda"))), .deny),
                (.sample(.deviceWrite, .path(AbstractPath(root: .unknown))), .deny),
                (.sample(.deviceWrite, .path(.start("disk.img"))), .permit),
                (.sample(.storageDestroy), .deny), (.sample(.storageChange), .review),
                (.sample(.databaseSchema, .text(.statement, "drop table")), .deny),
                (.sample(.databaseSchema, .text(.statement, "create table")), .review),
                (.sample(.databaseWrite, .text(.statement, "delete")), .deny),
                (
                    .sample(.databaseWrite, .text(.statement, "delete"), .flag(.bounded)), .review
                ),
                (.sample(.backupDelete, .flag(.all)), .deny), (.sample(.backupDelete), .review),
                (.sample(.hostPower), .deny), (.sample(.serviceControl), .review),
                (
                    .sample(.serviceControl, .text(.unit, "auditd"), .text(.verb, "stop")), .deny
                ),
                (
                    .sample(.serviceControl, .text(.unit, "nginx"), .text(.verb, "stop")), .review
                ),
                (.sample(.accountChange, .text(.account, "bob")), .review),
                (.sample(.accountChange, .text(.group, "sudo")), .deny),
                (.sample(.containerDelete, .text(.verb, "volume rm")), .deny),
                (.sample(.containerDelete, .text(.verb, "rm")), .review),
                (.sample(.clusterDelete, .text(.resource, "ns/web")), .deny),
                (.sample(.clusterDelete, .text(.resource, "pod/web")), .review),
                (.sample(.cloudDelete, .text(.verb, "delete-bucket")), .deny),
                (.sample(.cloudDelete, .text(.verb, "terminate-instances")), .review),
            ]
        )
    }

    @Test func `let a reader look, and do nothing that may be more`() throws {
        let context = PolicySamples.context()
        let decider = try decider("read-only")
        expect(
            decider,
            in: context,
            [
                (.sample(.fileRead, .path(.absolute("etc", "hosts"))), .permit),
                (.sample(.fileRead, certainty: .possible), .deny),
                (.sample(.fileWrite, .path(.absolute("tmp", "x"))), .deny),
                (.sample(.secretRead), .deny), (.sample(.codeRun), .deny),
                (.sample(.networkConnect), .permit),
                (.sample(.networkConnect, .text(.method, "POST")), .deny),
            ]
        )
        // Every action is either permitted at least once, or denied by name or by silence.
        for action in Action.allCases {
            #expect(decider.judge([.sample(action)], in: context).ruling != .review)
        }
    }

    @Test func `ask one in an emergency what destroys, and two what nobody can tell`() throws {
        let glass = PolicySamples.context("human:ana", onBehalfOf: nil)
        let decider = try decider("break-glass")
        let quorum = { (action: ForeseenAction) -> [Int] in
            decider.judge([action], in: glass).obligations.compactMap {
                if case .approval(let quorum, _) = $0 { quorum } else { nil }
            }
        }
        #expect(quorum(.sample(.serviceControl)) == [])
        #expect(quorum(.sample(.hostPower)) == [1])
        #expect(quorum(.sample(.serviceControl, certainty: .possible)) == [2])
        let tree = { ForeseenAction.sample(.fileDelete, .path($0), .flag(.recursive)) }
        #expect(quorum(tree(.absolute("srv", "www"))) == [1])
        #expect(quorum(tree(.absolute("tmp", "x"))) == [])
        #expect(quorum(tree(AbstractPath(root: .unknown))) == [1])
        #expect(quorum(.sample(.fileDelete, .path(.absolute("srv", "x")))) == [])
        let reading = decider.judge([.sample(.fileRead)], in: glass)
        #expect(reading.obligations.contains(.claim("reason")))
        expect(decider, [(.sample(.systemRead), .deny)])
    }
}
