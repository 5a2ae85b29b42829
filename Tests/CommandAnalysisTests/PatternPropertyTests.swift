import CommandAnalysis
import ShellSyntax
import TestSupport
import Testing

/// Holds the machine against trying everything that a small path may become.
@Suite struct `a pattern against all that a path may become` {
    @Test(arguments: 0..<4 as Range<UInt64>)
    func `says of each what is so, and says perhaps only where it must`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var counts: [PatternMatch: Int] = [:]
        for _ in 0..<120 {
            let sample = SmallPattern(using: &random)
            let path = SmallPath(using: &random)
            let found = try PathPattern(root: .root, components: sample.components)
                .match(path.abstract, recursive: path.isRecursive)
            counts[found, default: 0] += 1
            let all = path.concretes
            let comment: Comment = "\(sample) against \(path)"
            switch found {
            case .no:
                #expect(!all.contains { sample.meets($0, path.isRecursive) }, comment)
            case .yes:
                #expect(all.allSatisfy { sample.holds($0, path.isRecursive) }, comment)
                #expect(!path.hasUnknown || sample.isEverything, comment)
            case .perhaps:
                // `?` is a whole character, and a name may hold half of one.
                if sample.hasCharacter { continue }
                #expect(all.contains { sample.meets($0, path.isRecursive) }, comment)
                if path.hasUnknown { continue }
                #expect(!all.allSatisfy { sample.holds($0, path.isRecursive) }, comment)
            case .unknown: Issue.record(comment)
            }
        }
        for match in [PatternMatch.no, .perhaps, .yes] { #expect(counts[match, default: 0] > 8) }
    }
}

/// A path that is known is held against a pattern in another way, for which it must be known whole.
@Suite struct `a pattern against a path that is written out` {
    @Test(arguments: 0..<4 as Range<UInt64>)
    func `holds for what is in the set, and for nothing else`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var counts = [0, 0]
        for _ in 0..<400 {
            let sample = SmallPattern(using: &random, atMost: 5)
            let path = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                ["a", "b", "aa", "ab", "ba", "aab"].randomElement(using: &random) ?? "a"
            }
            let found = try PathPattern(root: .root, components: sample.components)
                .match(.written(path), recursive: false)
            let isIn = sample.meets(path, false)
            counts[isIn ? 1 : 0] += 1
            #expect(found == (isIn ? .yes : .no), "\(sample) against \(path)")
        }
        for count in counts { #expect(count > 30) }
    }

    /// Where each wildcard would have to be tried with each of the others, all are tried at once.
    @Test(arguments: [("b", PatternMatch.yes), ("c", .no)])
    func `holds for a long one with many places to try`(
        _ end: String,
        _ expected: PatternMatch
    ) throws {
        let pattern = try PathPattern("/**/a*a*a*a*a*b/**/*a*a*a*ab")
        let names = Array(repeating: String(repeating: "a", count: 30) + "b", count: 40)
        let path = names + [String(repeating: "a", count: 30) + end]
        #expect(pattern.match(.written(path), recursive: false) == expected)
    }
}

extension AbstractPath {
    fileprivate static func written(_ names: [String]) -> AbstractPath {
        AbstractPath(root: .root, components: names.map { AbstractText(ShellText($0)) })
    }
}

/// A pattern of a few components of at most two parts each.
private struct SmallPattern: CustomStringConvertible {
    /// `a`, `b`, `*`, `?`; `**` is a component of its own.
    private let globs: [[Character]]

    init(using random: inout SeededGenerator, atMost count: Int = 3) {
        globs = (0..<Int.random(in: 0...count, using: &random)).map { _ in
            if Int.random(in: 0..<4, using: &random) == 0 { return ["*", "*"] }
            let first = "ab*?".randomElement(using: &random) ?? "a"
            let second = "ab?".randomElement(using: &random) ?? "a"
            return Bool.random(using: &random) ? [first] : [first, second]
        }
    }

    var description: String { globs.map { "/" + String($0) }.joined() }
    var isEverything: Bool { globs == [["*", "*"]] }
    var hasCharacter: Bool { globs.joined().contains("?") }

    var components: [PathPattern.Component] {
        globs.map { glob in
            if glob == ["*", "*"] { return .any }
            return .one(
                glob.reduce(.empty) { text, part in
                    switch part {
                    case "*": text + .star
                    case "?": text + .character
                    default: text + AbstractText(ShellText(String(part)))
                    }
                }
            )
        }
    }

    /// Whether the path, or with `recursive` one below it, is in the set.
    func meets(_ path: [String], _ isRecursive: Bool) -> Bool {
        match(path[...], globs[...], isOpen: isRecursive)
    }

    /// Whether the path is, and with `recursive` some that stand for all below it are.
    func holds(_ path: [String], _ isRecursive: Bool) -> Bool {
        let all = [[], ["a"], ["b"], ["7"], ["b", "a"], ["7", "7", "7", "7"]]
        let below = isRecursive ? all : [[]]
        return below.allSatisfy { match((path + $0)[...], globs[...], isOpen: false) }
    }

    private func match(
        _ path: ArraySlice<String>,
        _ globs: ArraySlice<[Character]>,
        isOpen: Bool
    ) -> Bool {
        if isOpen && path.isEmpty { return true }
        guard let glob = globs.first else { return path.isEmpty }
        if glob == ["*", "*"] {
            return (0...path.count).contains {
                match(path.dropFirst($0), globs.dropFirst(), isOpen: isOpen)
            }
        }
        guard let name = path.first, match(name[...], glob[...]) else { return false }
        return match(path.dropFirst(), globs.dropFirst(), isOpen: isOpen)
    }

    private func match(_ name: Substring, _ glob: ArraySlice<Character>) -> Bool {
        guard let part = glob.first else { return name.isEmpty }
        let rest = glob.dropFirst()
        if part == "*" { return (0...name.count).contains { match(name.dropFirst($0), rest) } }
        guard let first = name.first, part == "?" || part == first else { return false }
        return match(name.dropFirst(), rest)
    }
}

/// A path of at most three components, with at most one wildcard or unknown text of each kind.
private struct SmallPath: CustomStringConvertible {
    private enum Part: Hashable {
        case a, b, star, character, digits, unknown, relative
    }

    private let parts: [[Part]]
    let isRecursive: Bool

    init(using random: inout SeededGenerator) {
        var wide: [Part] = [.star, .character, .digits, .unknown, .relative]
        wide.shuffle(using: &random)
        wide.removeLast(Int.random(in: 3...5, using: &random))
        parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            (0..<Int.random(in: 1...2, using: &random)).map { _ in
                if Int.random(in: 0..<3, using: &random) == 0, let part = wide.popLast() {
                    return part
                }
                return Bool.random(using: &random) ? .a : .b
            }
        }
        isRecursive = Bool.random(using: &random)
    }

    var description: String { abstract.shown + (isRecursive ? " and below" : "") }
    var hasUnknown: Bool { parts.joined().contains(.unknown) }

    var abstract: AbstractPath {
        AbstractPath(
            root: .root,
            components: parts.map { component in
                component.reduce(.empty) { text, part in
                    switch part {
                    case .a: text + "a"
                    case .b: text + "b"
                    case .star: text + .star
                    case .character: text + .character
                    case .digits: text + .digits
                    case .unknown: text + .unknown
                    case .relative: text + .relative
                    }
                }
            }
        )
    }

    private static let names = ["a", "b", "7", "aa", "ab", "ba", "bb", "b7"]
    private static let relatives: [String] = {
        let two = names.flatMap { first in names.map { "\(first)/\($0)" } }
        return names + two + two.flatMap { path in names.map { "\(path)/\($0)" } }
    }()
    private static let texts: [String] = {
        let behindSlash = relatives + relatives.map { "/" + $0 }
        return ["", "/"] + behindSlash + behindSlash.map { $0 + "/" }
    }()

    /// Paths that it may become, as lists of names.
    var concretes: Set<[String]> {
        var paths: Set<[String]> = [[]]
        for component in parts {
            var texts: Set<String> = [""]
            for part in component {
                let choices: [String] =
                    switch part {
                    case .a: ["a"]
                    case .b: ["b"]
                    case .star: [""] + Self.names
                    case .character: ["a", "b", "7"]
                    case .digits: ["7", "77"]
                    case .unknown: Self.texts
                    case .relative: Self.relatives
                    }
                texts = Set(texts.flatMap { text in choices.map { text + $0 } })
            }
            // A shell's wildcards match no empty name.
            if component.contains(where: { $0 != .unknown }) { texts.remove("") }
            let names = texts.map { $0.split(separator: "/").map(String.init) }
            paths = Set(paths.flatMap { path in names.map { path + $0 } })
        }
        return paths
    }
}
