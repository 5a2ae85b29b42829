import ShellSyntax
import TestSupport

/// Makes calls of programs that print what follows from their arguments and their input.
struct FilterSampleGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func sample() -> FilterSample {
        let program = pick(Self.programs)
        let dialect: Dialect = Bool.random(using: &random) ? .bash : .posix
        return FilterSample(
            program: program,
            arguments: arguments(of: program),
            input: input(of: program),
            dialect: dialect
        )
    }

    private static let programs = [
        "printf", "printf", "printf", "echo", "echo", "tr", "tr", "tr", "cut", "head", "tail",
        "sed",
        "rev", "tac", "sort", "uniq", "base64", "base32", "basename", "dirname", "seq", "tee",
        "cat",
    ]

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func joined(_ pieces: [String], upTo count: Int) -> String {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in pick(pieces) }.joined()
    }

    private static let escapes = [
        "a", "b", "0", "7", " ", "-", "\\n", "\\t", "\\0", "\\0043", "\\043", "\\101", "\\0101",
        "\\777", "\\x41", "\\x4", "\\x", "\\u41", "\\u00e9", "\\e", "\\E", "\\c", "\\\\", "\\q",
        "\\\"", "\\'", "\\?", "\\8", "\\", "é", "#",
    ]
    private static let formats =
        escapes + ["%s", "%s", "%b", "%d", "%i", "%c", "%%", "%5s", "%x", "%"]
    private static let values = [
        "", "x", "a b", "7", "-3", "007", "010", "08", "0x1f", "+4", " 5", "5 ", "'a", "é", "a\\tb",
        "\\0101", "\\101", "99999999999999999999",
    ]
    private static let characters = [
        "a", "b", "c", "-", "a-c", "z", "A-C", "0-9", "[:lower:]", "[:upper:]", "[:digit:]",
        "[:alpha:]", "[a*3]", "[=a=]", "\\n", "\\\\", "\\-", "\\e", "\\011", "\\0011", "\\u0001",
        "\\x41", "\\", "[", "]", "é", "*", ",",
    ]

    private mutating func arguments(of program: String) -> [String] {
        switch program {
        case "printf":
            let options = pick([[], [], [], ["--"], ["-x"]])
            let values = (0..<Int.random(in: 0...3, using: &random)).map { _ in pick(Self.values) }
            return options + [joined(Self.formats, upTo: 5)] + values
        case "echo":
            let options = pick([
                [], [], ["-n"], ["-e"], ["-E"], ["-ne"], ["-e", "-n"], ["-x"], ["--"],
            ])
            return options
                + (0..<Int.random(in: 0...2, using: &random)).map { _ in
                    joined(Self.escapes, upTo: 4)
                }
        case "tr":
            let options = pick([[], [], [], ["-d"], ["-dc"], ["-c"], ["-s"], ["--"], ["-cd"]])
            let sets = (0..<pick([1, 2, 2, 2, 3])).map { _ in joined(Self.characters, upTo: 3) }
            return options + sets
        case "cut":
            return pick([
                ["-c", pick(["1", "2-3", "-2", "2-", "0", "3-1", "1,3", "-"])],
                ["-d", pick([",", " ", "ab", ""]), "-f", pick(["1", "2", "2-", "1,3", "-1"])],
                ["-d,", "-f2"], ["-f1"], ["-b1-2"], ["-c1", "-f1"], ["-d,", "-c1"], ["-s", "-f1"],
                ["-d", ",", "-d", " ", "-f1"],
            ])
        case "head", "tail":
            return pick([
                [], ["-n", "1"], ["-n1"], ["-1"], ["-n", "-1"], ["-n", "+2"], ["-c", "3"], ["-c3"],
                ["-2"],
                ["-n", "0"], ["-c", "0"], ["+2"], ["-q"], ["-n", "1k"], ["-n", "01"],
            ])
        case "sed":
            return pick([
                ["s/a/b/"], ["s/a/b/g"], ["s/^a/b/"], ["-e", "s/a/b/"], ["s/a.c/x/"], ["s,a,,"],
                ["s/a/&&/"],
                ["s|b|\\n|"], ["p"], ["-n", "s/a/b/p"], ["s/a/b/2"], ["s/ab/x y/g"], ["s/a//g"],
                ["saxbxa"],
            ])
        case "rev", "tac", "cat", "tee": return pick([[], [], [], ["-x"], ["--bogus"], ["-"]])
        case "sort": return pick([[], ["-r"], ["-u"], ["-n"]])
        case "uniq": return pick([[], ["-c"], ["-d"]])
        case "base64", "base32":
            return pick([["-d"], ["-d"], ["-d"], ["--decode"], ["-D"], ["-di"], ["-w0"], []])
        case "basename", "dirname":
            let paths = [
                "", "/", "//", "a", "a/", "/a", "a/b", "a//b", "/a/b//", ".", "..", "a/..", "-x",
                "é/b",
            ]
            return pick([
                [pick(paths)], [pick(paths)], [pick(paths), pick(paths)], ["--", pick(paths)],
            ])
        default:
            let numbers = ["1", "3", "010", "-2", "0", "8", "12", "+4", "1.5", "0x3", ""]
            let operands = (0..<Int.random(in: 1...3, using: &random)).map { _ in pick(numbers) }
            return pick([[], [], ["-w"], ["-s,"]]) + operands
        }
    }

    private mutating func input(of program: String) -> String {
        switch program {
        case "base64", "base32":
            return joined(
                [
                    "YWJj", "YQ==", "YWI=", "YR==", "=", "\n", "-", " ", "MFRGG===", "MFRGGZDF",
                    "aGVsbG8K", "Y",
                ],
                upTo: 3
            )
        default:
            return joined(
                ["a", "b", "ab", "abc", "c", ",", " ", "\n", "\n", "é", "\t", "x1"],
                upTo: 9
            )
        }
    }
}
