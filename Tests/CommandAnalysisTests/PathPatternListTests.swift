import CommandAnalysis
import ShellSyntax
import Testing

/// Every pattern of a list against every path, as if there were no tables of first components.
@Suite struct `a list of patterns` {
    private static let written: [ShellText] = [
        "/", "/**", "/etc", "/etc/**", "/etc/*", "/e*/passwd", "/*/passwd", "/**/.netrc/**",
        "/**/*.key", "/home/*/.ssh/**", "/home", "/root/**", "/var/lib/*/.ssh/*", "/srv/app",
        "~", "~/.ssh/**", "~/**", "~/*", "~*/.ssh/*", "~*/**/x", ".", "./**", "./.git/**", "./etc",
        "/home/ana/.netrc", "/**/ana/**", "/**/home/**", "/**/root/**", "/**/lib/**", "../*",
        "/**/etc/**", "/etc/ssh/keys", "~/.config/**", "/var/lib/x/.ssh/k",
    ]

    private static let names: [[AbstractText]] = [
        [], ["etc"], ["etc", "passwd"], ["etc", ".netrc"], ["home"], ["home", "ana", ".ssh"],
        ["root", ".ssh", "x"], ["var", "lib", "x", ".ssh", "k"], ["srv", "app"], ["tls.key"],
        [".ssh", "config"], [".git"], [.unknown], ["etc", .unknown], [.star], [.star + ".key"],
        [.unknown + "x", "passwd"], ["opt", .star], ["e" + .star, "passwd"], [".s" + .unknown],
        [".s" + .star, "config"], [".x" + .star], ["." + .unknown, "x"], ["etc/" + .star],
        [".netrc"], ["ana"], ["x", "lib"], [.star + "tc", "x"], ["etc", "ssh", .star + "s"],
        ["etc", "ssh", "keyring"], [.star + "onfig", "y"], ["." + .name + "g", "y"], ["e" + .name],
        ["home", .star + "a", ".ssh", "x"], ["e" + .unknown + "c", "x"],
        ["var", "lib", .star + "x"],
    ]

    private static let roots: [AbstractPath.Root] = [
        .root, .unknown, .known(.start), .known(.home(nil)), .known(.home("root")),
        .known(.home("ana")),
    ]

    @Test(arguments: roots)
    func `finds the greatest match of all`(_ root: AbstractPath.Root) throws {
        let patterns = try Self.written.map { try PathPattern($0) }
        for count in [1, 2, 5, 12, patterns.count] {
            let list = PathPatternList(Array(patterns.suffix(count)))
            for subject in Self.subjects(root) {
                let matches = list.patterns.map { $0.match(subject) }
                let found = list.match(subject)
                let comment: Comment = "\(subject.path.shown) of \(count)"
                #expect(found.match == matches.max(), comment)
                let asked = matches.firstIndex(of: .yes).map { $0 + 1 } ?? count
                #expect(found.asked == asked, comment)
            }
        }
    }

    @Test(arguments: roots)
    func `passes over no pattern that matches`(_ root: AbstractPath.Root) throws {
        for written in Self.written {
            let pattern = try PathPattern(written)
            let list = PathPatternList([pattern])
            let missed = Self.subjects(root).filter { list.match($0).match != pattern.match($0) }
            #expect(missed.map(\.path.shown) == [], "\(written)")
        }
    }

    @Test func `takes unknown text for a file of any tree, whatever follows`() throws {
        let trees = Self.written.filter { $0.utf8.suffix(3).elementsEqual("/**".utf8) }
        for tree in trees {
            let pattern = try PathPattern(tree)
            let missed = Self.subjects(.unknown).filter { pattern.match($0) == .no }
            #expect(missed.map(\.path.shown) == [], "\(tree)")
        }
        #expect(trees.count > 5)
    }

    @Test(arguments: roots)
    func `finds in a whole tree what a search of it finds`(_ root: AbstractPath.Root) throws {
        for parent in ["~", ".", "~*"] {
            let tree = try PathPattern(ShellText(parent + "/**"))
            let search = try PathPattern(ShellText(parent + "/**/**"))
            let others = Self.subjects(root).filter { tree.match($0) != search.match($0) }
            #expect(others.map(\.path.shown) == [], "\(parent)")
        }
    }

    private static func subjects(_ root: AbstractPath.Root) -> [PathSubject] {
        names.flatMap { names in
            [0, 1].flatMap { levels in
                let path = AbstractPath(
                    root: root,
                    components: names,
                    levelsUp: root == .root ? 0 : levels
                )
                return [nil, "ana", "root"].flatMap { (login: ShellText?) in
                    [false, true].map { PathSubject(path, recursive: $0, login: login) }
                }
            }
        }
    }
}
