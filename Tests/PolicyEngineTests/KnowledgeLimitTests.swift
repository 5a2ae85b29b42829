import CommandAnalysis
import ShellSyntax
import StrictYAML
import TestSupport
import Testing

@testable import PolicyEngine

@Suite struct `a limit of knowledge` {
    private static let programs = [
        LimitCase("files", KnowledgeLimits.files) { count in
            _ = try KnowledgeBase.read(
                (0..<count).map { SourceFile(name: "\($0)", bytes: Array("knowledge: 1".utf8)) }
            )
        },
        LimitCase("programs", KnowledgeLimits.programs) { count in
            // No text may be so long that all names are in one.
            let keys = (0..<count).map { "  p\($0): {}\n" }.joined()
            _ = try KnowledgeSamples.read("programs:\n" + keys)
        },
        LimitCase("a name", KnowledgeLimits.nameBytes) { count in
            try read("", name: String(repeating: "n", count: count))
        },
        LimitCase("spellings", KnowledgeLimits.spellings) { count in
            try read("options: [\(list(count - 2) { "--o\($0)" }), -a -b]")
        },
        LimitCase("subcommands", KnowledgeLimits.commands) { count in
            try read("commands: {\(list(count - 2) { "c\($0): {}" }), a b: {}}")
        },
        LimitCase("levels of subcommands", KnowledgeLimits.commandDepth) { count in
            let closing = String(repeating: "}", count: count)
            try read(String(repeating: "commands: {x: {", count: count) + closing + closing)
        },
        LimitCase("programs like others", KnowledgeLimits.likeDepth) { count in
            let keys = list(count) { "p\($0): {like: p\($0 + 1)}" }
            _ = try KnowledgeSamples.read("programs: {\(keys), p\(count): {}}")
        },
    ]

    private static let parts = [
        LimitCase("usages", KnowledgeLimits.usages) { count in
            try read("usage: [\(list(count - 1) { "{if: operand=\($0)}" }), {}]")
        },
        LimitCase("effects", KnowledgeLimits.effects) { count in
            try read("does: [\(list(count) { "system.read verb=\($0)" })]")
        },
        LimitCase("operands", KnowledgeLimits.words) { count in
            try read("operands: " + String(repeating: "READ ", count: count))
        },
        LimitCase("conditions", KnowledgeLimits.words) { count in
            try read("usage: [{if: [\(list(count) { "operand=\($0)" })]}, {}]")
        },
        LimitCase("paths", KnowledgeLimits.paths) { count in
            _ = try KnowledgeSamples.read("paths: {guard: [\(list(count) { "/p\($0)" })]}")
        },
        LimitCase("variables", KnowledgeLimits.variables) { count in
            let items = list(count) { "{name: V\($0), value: TEXT}" }
            _ = try KnowledgeSamples.read("variables: [\(items)]")
        },
        LimitCase("programs of a variable", KnowledgeLimits.variablePrograms) { count in
            let programs = list(count) { "p\($0)" }
            _ = try KnowledgeSamples.read(
                "variables: [{name: V, value: TEXT, programs: [\(programs)]}]"
            )
        },
    ]

    @Test(arguments: programs + parts)
    func `takes as much as it says and no more`(_ limit: LimitCase) throws {
        try limit.take(limit.limit)
        #expect(throws: RefusedFiles.self) { try limit.take(limit.limit + 1) }
    }

    private static func read(_ definition: String, name: String = "p") throws {
        _ = try KnowledgeSamples.read("programs:\n  \(name): {\(definition)}\n")
    }

    private static func list(_ count: Int, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: ", ")
    }
}
