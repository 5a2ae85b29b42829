import Foundation
import Testing

@testable import ShellSyntax

/// What nests as deep as the limit, on a thread with the stack that the documentation names.
@Suite struct `the stack of whoever reads, prints and walks` {
    struct Nested: CustomTestStringConvertible, Sendable {
        let name: String
        let opening: String
        let closing: String
        let before: String

        var testDescription: String { name }

        init(_ name: String, _ opening: String, _ closing: String, before: String = "") {
            self.name = name
            self.opening = opening
            self.closing = closing
            self.before = before
        }

        func text(_ depth: Int) -> String {
            before + String(repeating: opening, count: depth) + "x"
                + String(repeating: closing, count: depth)
        }
    }

    static let nested: [Nested] = [
        Nested("subshells", "( ", " )"),
        Nested("groups", "{ ", ";}"),
        Nested("substitutions", "echo $(", ")"),
        Nested("quoted substitutions", "echo \"$(", ")\""),
        Nested("substitutions in redirections", "x > $(", ")"),
        Nested("uncertain substitutions", "echo $((a);", ")"),
        Nested("process substitutions", "cat <(", ")"),
        Nested("arrays", "a=($(", "))"),
        Nested("declared arrays", "declare a=($(", "))"),
        Nested("defaults", "${a:-", "}", before: "echo "),
        Nested("quoted defaults", "\"${a:-", "}\"", before: "echo "),
        Nested("replacements", "${a/", "}", before: "echo "),
        Nested("substrings", "${a:", "}", before: "echo "),
        Nested("subscripts", "${a[", "]}", before: "echo "),
        Nested("arithmetic", "$((1+", "))", before: "echo "),
        Nested("expressions", "(1+", ")", before: "echo $(("),
        Nested("patterns", "@(", ")", before: "shopt -s extglob\necho "),
        Nested("braces", "{a,", "}", before: "echo "),
        Nested("branches", "if ", ";then x;fi"),
        Nested("loops", "while ", ";do x;done"),
        Nested("loops over words", "for a do ", ";done"),
        Nested("cases", "case a in a) ", ";; esac"),
        Nested("functions", "f() { ", ";}"),
        Nested("functions with a keyword", "function f { ", ";}"),
        Nested("coprocesses", "coproc { ", ";}"),
        Nested("conditions", "( ", " )", before: "[[ "),
        Nested("here-documents", "cat <<E\n$(", ")\nE\n"),
    ]

    #if DEBUG
        static let bytes = 6 << 20
    #else
        static let bytes = 2 << 20
    #endif

    @Test(arguments: nested)
    func `suffices at the limit`(_ nested: Nested) async {
        let limit = ParserLimits().nesting
        let deepest = await withCheckedContinuation { continuation in
            let thread = Thread {
                // One kind nests once with each piece, another one twice or more.
                let deepest = (1...12).map { limit / $0 }.first { depth in
                    let program = Program(nested.text(depth).utf8, dialect: .bash)
                    guard !program.errors.contains(where: \.isLimit) else { return false }
                    Self.walk(program)
                    return true
                }
                continuation.resume(returning: deepest)
            }
            thread.stackSize = Self.bytes
            thread.start()
        }
        #expect(deepest != nil)
    }

    private static func walk(_ program: Program) {
        for command in program.commands {
            _ = ShellPrinter.text(of: command)
        }
        _ = TreeOutline.text(of: program, lines: nil)
        _ = JSONOutline.text(of: program)
        _ = program.hashValue
        var census = Census()
        census.visit(program)
    }
}
