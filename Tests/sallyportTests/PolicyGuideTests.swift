import ArgumentParser
import Foundation
import PolicyEngine
import StrictYAML
import TestSupport
import Testing

@testable import sallyport

/// Reads every file and runs every command of `docs/policy-guide.md`, from the top to the bottom.
@Suite struct `the guide for authors of policies` {
    /// A block of code, and the name of the file that the text before it gives it.
    private struct Block {
        let language: String
        let name: String?
        let lines: [String]
        /// Of the line that begins it, from 1.
        let line: Int
    }

    private static func blocks() throws -> [Block] {
        let lines = try RepositoryFile("docs/policy-guide.md").lines
        var blocks: [Block] = []
        var start: Int?
        for (number, line) in lines.enumerated() where line.hasPrefix("```") {
            guard let first = start else {
                start = number
                continue
            }
            start = nil
            let before = lines[..<first].suffix(8).joined(separator: " ")
            let name = before.split(separator: "`").last {
                $0.hasSuffix(".yaml") || $0.hasSuffix(".cases")
            }
            blocks.append(
                Block(
                    language: String(lines[first].dropFirst(3)),
                    name: name.map(String.init),
                    lines: Array(lines[(first + 1)..<number]),
                    line: first + 1
                )
            )
        }
        return blocks
    }

    /// The commands of a block, each with what it is said to print.
    private static func commands(of block: Block) -> [(command: String, output: [String])] {
        var commands: [(command: String, output: [String])] = []
        var isContinued = false
        for line in block.lines {
            if isContinued, var last = commands.popLast() {
                last.command += " " + line
                commands.append(last)
            } else if line.hasPrefix("$ ") {
                commands.append((String(line.dropFirst(2)), []))
            } else if !commands.isEmpty {
                commands[commands.count - 1].output.append(line)
            }
            isContinued = line.hasSuffix("\\") && commands.last?.output.isEmpty == true
            if isContinued, var last = commands.popLast() {
                last.command = String(last.command.dropLast())
                commands.append(last)
            }
        }
        return commands
    }

    /// The words of a command; quotes are single ones.
    private static func words(_ command: String) -> [String] {
        var words: [String] = []
        for (number, part) in command.split(separator: "'", omittingEmptySubsequences: false)
            .enumerated()
        {
            if number.isMultiple(of: 2) {
                words += part.split(separator: " ").map { String($0) }
            } else {
                words.append(String(part))
            }
        }
        return words
    }

    private static func answer(_ words: [String]) throws -> CommandAnswer {
        let command = try SallyportCommand.parseAsRoot(Array(words.dropFirst()))
        let asked = try #require(command as? any AnsweringCommand, "\(words)")
        return try asked.answer()
    }

    /// A folder with what the guide needs of the shipped knowledge, in which one's own can be put.
    private func workplace() throws -> TemporaryFolder {
        let folder = TemporaryFolder()
        for name in ["coreutils", "monitoring", "privilege", "system", "systemd", "text"] {
            let path = RepositoryFile.path("policies/knowledge/\(name).yaml")
            let bytes = try Data(contentsOf: URL(filePath: path))
            try folder.write(String(decoding: bytes, as: UTF8.self), to: "knowledge/\(name).yaml")
        }
        return folder
    }

    @Test func `shows what is there, and what is printed`() throws {
        let folder = try workplace()
        defer { folder.remove() }
        var commandCount = 0
        for block in try Self.blocks() {
            switch block.language {
            case "yaml", "cases":
                let name = try #require(block.name, "line \(block.line)")
                let text = block.lines.map { $0 + "\n" }.joined()
                try folder.write(text, to: name)
                let answer =
                    name.hasSuffix(".cases")
                    ? try Self.answer(["sallyport", "policy", "test", "\(folder.path)/\(name)"])
                    : try Self.answer([
                        "sallyport", "policy", "lint", "--strict", "\(folder.path)/\(name)",
                    ])
                #expect(answer.exitStatus == 0, "line \(block.line): \(answer)")
            case "console":
                for (command, output) in Self.commands(of: block) {
                    commandCount += 1
                    let words = Self.words(command).map { word in
                        let isFile = word.hasSuffix(".yaml") || word.hasSuffix(".cases")
                        return isFile ? "\(folder.path)/\(word)" : word
                    }
                    let answer = try Self.answer(words)
                    let printed = (answer.complaints + answer.lines)
                        .flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
                        .map { String($0).replacing("\(folder.path)/", with: "") }
                    #expect(printed == output, "line \(block.line): \(command)")
                }
            default: #expect(block.language == "", "line \(block.line)")
            }
        }
        #expect(commandCount >= 10)
    }
}
