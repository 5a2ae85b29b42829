import ShellSyntax
import TestSupport
import Testing

@Suite struct `a page of the guide` {
    @Test func `has only code that the tests compile`() throws {
        let tests = try RepositoryFile("Tests/ShellSyntaxTests/GuideTests.swift").lines
        let blocks = Guide.pages.flatMap { $0.blocks("swift") }

        #expect(blocks.count == 14)
        for block in blocks { #expect(tests.hold(block), "\(block.joined(separator: "\n"))") }
    }

    @Test func `shows trees as they are`() {
        var shown = 0
        for page in Guide.pages {
            for (text, tree) in zip(page.blocks("sh"), page.blocks("text")) {
                let program = Program.accepted(text.joined(separator: "\n") + "\n")
                let outline = TreeOutline.text(of: program, lines: nil).split(separator: "\n")

                #expect(outline.map(String.init).hold(tree), "\(text)\n\(tree)")
                shown += 1
            }
        }
        #expect(shown == 12)
    }

    @Test func `is reached from the first one`() {
        let first = Guide.pages.first { $0.name == "ShellSyntax.md" }
        for page in Guide.pages where page.name != "ShellSyntax.md" {
            let link = "- <doc:\(page.name.dropLast(3))>"
            #expect(first?.lines.contains(link) == true, "\(page.name)")
        }
    }
}

extension [String] {
    /// Whether lines stand here one behind the other, all indented by as much.
    fileprivate func hold(_ block: [String]) -> Bool {
        guard let first = block.first else { return false }
        return indices.contains { start in
            guard self[start].hasSuffix(first), start + block.count <= count else { return false }
            let indentation = self[start].dropLast(first.count)
            guard indentation.allSatisfy({ $0 == " " }) else { return false }
            return zip(self[start...], block).allSatisfy { line, expected in
                expected.isEmpty ? line.isEmpty : line == indentation + expected
            }
        }
    }
}
