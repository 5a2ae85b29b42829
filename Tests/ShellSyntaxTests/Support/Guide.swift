import TestSupport
import Testing

/// The DocC catalog of the target.
enum Guide {
    struct Page {
        let name: String
        let lines: [String]

        /// The blocks of code in a language.
        func blocks(_ language: String) -> [[String]] {
            var blocks: [[String]] = []
            var block: [String]?
            for line in lines {
                if line == "```\(language)" {
                    block = []
                } else if line == "```", let ended = block {
                    blocks.append(ended)
                    block = nil
                } else {
                    block?.append(line)
                }
            }
            return blocks
        }
    }

    private static let folder = "Sources/ShellSyntax/ShellSyntax.docc"

    static let pages: [Page] = [
        "DeferredErrors", "Dialects", "FirstParse", "IncompleteInput", "Limits", "PullingCommands",
        "ShellSyntax", "TheTree", "Walking",
    ].map { name in
        do {
            return Page(name: "\(name).md", lines: try RepositoryFile("\(folder)/\(name).md").lines)
        } catch {
            Issue.record("\(name).md: \(error)")
            return Page(name: "\(name).md", lines: [])
        }
    }
}
