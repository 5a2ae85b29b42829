import ShellSyntax
import TestSupport
import Testing

/// Words of harmless text, expanded by bash and read off the tree.
@Suite struct `a generated word` {
    private static let expander = ReferenceExpander(
        home: "/h",
        parameters: ["x": "a b", "y": "", "z": "qAz"]
    )

    /// Sets those parameters, and prints for each word of `words` how many fields it is, and them.
    private static let script = """
        folder=$(mktemp -d) && cd "$folder" && rmdir "$folder" || exit 1
        HOME=/h LC_ALL=C.UTF-8; x='a b' y='' z=qAz; unset folder u
        p() { printf '%s\\0' "$#" "$@"; }

        """

    @Test func `expands to what its parts say`() async throws {
        var random = SeededGenerator(seed: 3)
        let words = (0..<4000).map { _ in Self.word(&random) }
        let script = Self.script + words.map { "p \($0)\n" }.joined()
        let outcome = try await ShellJudge.unprivileged("/bin/bash", []).reading(script).run()
        #expect(outcome.succeeded && outcome.errors.isEmpty, "\(outcome.errorText)")
        var printed = outcome.output.split(separator: 0, omittingEmptySubsequences: false)[...]

        var compared = 0
        for word in words {
            let count = printed.popFirst().flatMap { Int(String(decoding: $0, as: UTF8.self)) }
            let fields = printed.prefix(try #require(count)).map { Array($0) }
            printed = printed.dropFirst(fields.count)
            guard let expected = try Self.fields(of: word) else { continue }
            compared += 1
            #expect(
                expected.map { String(decoding: $0, as: UTF8.self) }
                    == fields.map { String(decoding: $0, as: UTF8.self) },
                "\(word.debugDescription)"
            )
        }
        #expect(compared > 3000)
    }

    /// What the tree says the arguments of `p` are; nil where braces join names, which is deferred.
    private static func fields(of text: String) throws -> [[UInt8]]? {
        let program = Program("p \(text)".utf8, dialect: .bash)
        guard program.status == .accepted, program.commands.count == 1,
            case .simple(let command) = program.commands[0].items[0].andOr.first.commands[0]
        else { throw ReferenceExpander.Unknown(part: text) }
        let joins = command.words.contains {
            if case .deferredError(let error)? = $0.parts.first {
                error.construct == .braceExpansion
            } else {
                false
            }
        }
        if joins { return nil }
        return try command.words.dropFirst().flatMap { try expander.fields(of: $0) }
    }

    private static func word(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in
            pieces[Int.random(in: pieces.indices, using: &random)]
        }.joined()
    }

    private static let pieces = [
        "a", "B", "'b c'", "\"d $x\"", "$x", "${x}", "$y", "$u", "\"$y\"", "\"$u\"", "\"\"", "''",
        "\"$x$y\"", "${u:-e f}", "\"${u:-e f}\"", "\"${u:-'g h'}\"", "${u:-'g h'}",
        "${u:-\"i j\"k}", "\"${u:-\"l m\"}\"", "${x:+'n o'}", "${y:-p}", "${y-p}", "${u+q}",
        "${x+r s}", "{a,b}", "{a,'b c'}", "{1..3}", "{c..a}", "{01..03}", "{1..7..3}", "{-1..1}",
        "{a,b{c,d}}", "{,e}", "{a", "b}", ",", "{}", "{x}", "{1..a}", "$'\\x41\\t'",
        "$'\\101\\u00e9\\'\\cA'", "$'a\\\\b\\q'", "\\ ", "\\n", "\\$x", "\\{a,b\\}",
        "\"\\$x\\a\\\\\"",
        "~", "~/", ":~", "/~", "=", "v=~", "*", "[a]", "?", "$\"t $x\"", "${#x}", "${#u}", "${x%b}",
        "${x#a}", "\"${x#'a '}\"", "${x%%' b'}", "${x/ /_}", "${z//A/\"B C\"}", "${z^^}", "${z,,}",
        "$z", "$z'$x'", "\"$z\"x", "${z}x", "\"$\"", "\"a\\\nb\"", "c\\\nd", "\"{a,b}\"",
        "{\"a b\",$x}", "{a,${u:-b,c}}", "x{1..2}$z", "!", "%", "@", "+", "-", ".", "é",
        "'\"'",
        "\"'\"", "\\'", "\\\"", "\"\\`\"", "{~,a}", "~{a,b}", "$x{,e}", "$x{,/e}", "{$x,a}/", "a#",
    ]
}
