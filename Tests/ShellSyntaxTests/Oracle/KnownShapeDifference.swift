import ShellSyntax

/// Texts of which mvdan/sh makes another tree than bash, and why.
struct KnownShapeDifference {
    let text: String
    let reason: String

    static let all: [KnownShapeDifference] =
        [
            difference("single quotes in `\"${…}\"` quote nothing", quotesInQuotes),
            difference("single quotes in arithmetic quote nothing", ["(( a['$(b)'] ))"]),
            difference("`<(…)` in `${…}` runs, and patterns of `extglob` match there", operands),
            difference("`time` is no reserved word behind `|`", timeInPipelines),
            difference(
                "`--` ends the options of `time`",
                ["time -p -- a | b", "time -- a", "time -p -- a"]
            ),
            difference("`{name[…]}` is a descriptor", descriptorElements),
            difference(
                "so large a number is no descriptor",
                ["a 99999999999> b", "a 2147483648>b"]
            ),
            difference("`\\\"` in back-quotes in quotes is a quote", backslashes),
            difference("`let` has words, and only they are arithmetic", lets),
            difference("a line continuation is nowhere", continuations),
            difference("the function or the coprocess ends before `|`", ["a() { b; } | c"]),
            difference(
                "only a compound coprocess has a name",
                ["coproc a > b", "coproc a=b c", "coproc a time b"]
            ),
            difference("a word goes on behind `(…)`", ["declare a=(b)c"]),
            difference("`!(` is no pattern without `extglob`", ["!(a)"]),
            difference("an empty `+=` ends behind the `=`", ["a+= b"]),
            difference("`>&-` ends with the `-`", ["a >&-b", "a >&-#b c", "a <&-b", "a >&--"]),
        ].flatMap(\.self)

    private static func difference(_ reason: String, _ texts: [String]) -> [KnownShapeDifference] {
        texts.map { KnownShapeDifference(text: $0, reason: reason) }
    }

    private static let quotesInQuotes = [
        "echo \"${a:-'b}'}\"",
        "echo \"${a:-${b:-'c'}}\"",
        "a \"${b:-'c'}\"",
        "echo \"${a-'\\'}\"",
        "echo \"${a-'$(b)'}\"",
        "echo \"${a-'`b`'}\"",
        "echo \"${a-'\"'}\"",
        "echo \"${a-'${b}'}\"",
        "echo \"${a-'\"b\"'}\"",
    ]

    private static let operands = [
        "echo ${a:-<(b)}",
        "a ${b:-<(c)}",
        "a ${b/c<(d)}",
        "a ${b/c<(d)/e}",
        "shopt -s extglob\necho ${a##+(b)}",
    ]

    private static let timeInPipelines = [
        "a | time b",
        "a |& time b",
        "time a | time b",
        "a | time",
        "a |\ntime",
        "a | # b\ntime",
        "a <<E |\nb\nE\ntime",
    ]

    private static let descriptorElements = [
        "a {fd[1]}> b",
        "a {b[1]}>&-",
        "{a[1]}> b c",
    ]

    private static let backslashes = [
        "a \"`b \\\"c\\\"`\"",
        "\"`a \\\"b\\\"`\"",
    ]

    private static let lets = [
        "let a=(b)",
        "let a=1",
        "let a[0]=1 b=(1)",
        "let \"a = $(b ')')\"",
    ]

    private static let continuations = [
        "echo $\\\na",
        "(\\\n(a))",
        "a $\\\n\"b c\"",
        "a $\\\n'b c'",
        "a <<E\n$(b 'c\\\nd')\nE",
    ]
}

/// Whether there is something in a program that mvdan/sh reads otherwise than bash: what generated
/// programs have of `KnownShapeDifference`.
struct ForeignToShfmt: SyntaxVisitor {
    private(set) var isFound = false
    private let text: [UInt8]

    private init(text: [UInt8]) { self.text = text }

    static func isFound(in program: Program, of text: String) -> Bool {
        var visitor = ForeignToShfmt(text: Array(text.utf8))
        visitor.visit(program)
        return visitor.isFound
    }

    mutating func visit(_ list: AndOrList) {
        let pipelines = [list.first] + list.rest.map(\.pipeline)
        // What stands behind a function or a coprocess becomes part of it.
        if pipelines.dropLast().contains(where: \.endsWithDefinition) { isFound = true }
        visitChildren(of: list)
    }

    mutating func visit(_ pipeline: Pipeline) {
        if pipeline.commands.dropLast().contains(where: \.isDefinition)
            || pipeline.commands.dropFirst().contains(where: \.beginsWithTime)
        {
            isFound = true
        }
        // Its options end with `--`.
        if !pipeline.prefixes.isEmpty, pipeline.source(in: text).contains("--") { isFound = true }
        visitChildren(of: pipeline)
    }

    /// `>&-b`, which is two words.
    mutating func visit(_ redirection: Redirection) {
        let end = Int(redirection.range.upperBound)
        if case .word(let word) = redirection.target, word.literal == "-", end < text.count,
            !" \t\n;&|<>()".utf8.contains(text[end])
        {
            isFound = true
        }
        visitChildren(of: redirection)
    }
}

extension Pipeline {
    fileprivate func source(in text: [UInt8]) -> String {
        String(decoding: text[range.bytes], as: UTF8.self)
    }

    fileprivate var endsWithDefinition: Bool { commands.last?.isDefinition ?? false }
}

extension ShellSyntax.Command {
    fileprivate var isDefinition: Bool {
        switch self {
        case .function, .coprocess: true
        case .simple, .compound: false
        }
    }

    fileprivate var beginsWithTime: Bool {
        if case .simple(let command) = self {
            command.words.first?.literal == "time"
        } else {
            false
        }
    }
}
