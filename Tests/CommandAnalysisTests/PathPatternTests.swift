import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `a pattern of paths` {
    private typealias Case = (pattern: String, path: AbstractPath, recursive: Bool, PatternMatch)

    private func expect(_ cases: [Case], login: ShellText? = nil) throws {
        for (pattern, path, recursive, expected) in cases {
            let found = try PathPattern(ShellText(pattern))
                .match(path, recursive: recursive, login: login)
            #expect(found == expected, "\(pattern) \(path.shown) \(recursive ? "-r" : "")")
        }
    }

    @Test func `matches a path that is written out, and not its neighbour`() throws {
        try expect([
            ("/etc/**", .absolute("etc", "passwd"), false, .yes),
            ("/etc/**", .absolute("etc"), false, .yes),
            ("/etc/**", .absolute("etcetera"), false, .no),
            ("/etc/**", .absolute("opt", "etc"), false, .no),
            ("/etc/*", .absolute("etc", "passwd"), false, .yes),
            ("/etc/*", .absolute("etc", ".hidden"), false, .yes),
            ("/etc/*", .absolute("etc"), false, .no),
            ("/etc/*", .absolute("etc", "ssh", "moduli"), false, .no),
            ("/dev/sd[a-c]", .absolute("dev", "sdb"), false, .yes),
            ("/dev/sd[a-c]", .absolute("dev", "sdd"), false, .no),
            ("/dev/sd[!a-c]", .absolute("dev", "sdd"), false, .yes),
            ("/dev/sd?", .absolute("dev", "sdä"), false, .yes),
            ("/dev/sd?", .absolute("dev", "sdaa"), false, .no),
            ("/a/**/z", .absolute("a", "z"), false, .yes),
            ("/a/**/z", .absolute("a", "b", "c", "z"), false, .yes),
            ("/a/**/z", .absolute("a", "b", "c"), false, .no),
            ("/", .absolute(), false, .yes),
            ("/", .absolute("etc"), false, .no),
            ("/x\\*", .absolute("x*"), false, .yes),
            ("/x\\*", .absolute("xy"), false, .no),
        ])
    }

    @Test func `with all that is below needs all of it for a yes`() throws {
        try expect([
            ("/etc/**", .absolute("etc", "ssh"), true, .yes),
            ("/etc/*", .absolute("etc", "ssh"), true, .perhaps),
            ("/etc/**", .absolute(), true, .perhaps),
            ("/etc/**", .absolute(), false, .no),
            ("/etc/ssh/**", .absolute("etc"), true, .perhaps),
            ("/etc/ssh/**", .absolute("opt"), true, .no),
            ("/**", .absolute(), true, .yes),
            ("/a/**/z", .absolute("a", "z"), true, .perhaps),
        ])
    }

    @Test func `tells of unknown text only what holds whatever it is`() throws {
        try expect([
            ("/opt/**", .absolute("opt", .unknown), false, .perhaps),
            ("/etc/**", .absolute("opt", .unknown), false, .no),
            ("/**", .absolute("opt", .unknown), false, .yes),
            ("/etc/**", .absolute(.unknown), false, .perhaps),
            ("/", .absolute(.unknown), false, .perhaps),
            ("/opt/x", .absolute("opt", .unknown, "x"), false, .perhaps),
            ("/opt/a/b/x", .absolute("opt", .unknown, "x"), false, .perhaps),
            ("/opt/y", .absolute("opt", .unknown, "x"), false, .no),
            ("/opt/a/b", .absolute("opt", "a" + .unknown), false, .perhaps),
            ("/opt/b", .absolute("opt", "a" + .unknown), false, .no),
            ("/opt/**", .absolute("opt", .digits), false, .yes),
            ("/opt/**", .absolute("opt", .name, "x"), false, .yes),
            ("/opt/*", .absolute("opt", .name), false, .yes),
            ("/opt/v1", .absolute("opt", "v" + .digits), false, .perhaps),
            ("/opt/va", .absolute("opt", "v" + .digits), false, .no),
            ("/opt/**", .absolute("opt", .relative), false, .yes),
            ("/opt/*", .absolute("opt", .relative), false, .perhaps),
            ("/opt", .absolute("opt", .relative), false, .no),
        ])
    }

    @Test func `tells of a shell's wildcards what they can match`() throws {
        try expect([
            ("/etc/**", .absolute("etc", .star), false, .yes),
            ("/etc/passwd", .absolute("etc", .star), false, .perhaps),
            ("/etc/**", .absolute("e" + .star), false, .perhaps),
            ("/etc/**", .absolute(.star), true, .perhaps),
            ("/etc/**", .absolute("o" + .star), true, .no),
            ("/etc/**", .absolute("et" + .character), false, .perhaps),
            ("/dev/sd[a-z]", .absolute("dev", "sd" + .letters), false, .yes),
            ("/dev/sd[b-z]", .absolute("dev", "sd" + .letters), false, .perhaps),
            ("/dev/sd[0-9]", .absolute("dev", "sd" + .letters), false, .no),
            // A leading dot is matched where it is written only.
            ("/etc/.x", .absolute("etc", .star), false, .no),
            ("/etc/.x", .absolute("etc", .star + "x"), false, .no),
            ("/etc/x", .absolute("etc", .star + "x"), false, .perhaps),
            ("/etc/a.x", .absolute("etc", .star + ".x"), false, .perhaps),
            ("/etc/.x", .absolute("etc", .star + ".x"), false, .no),
            ("/etc/.x", .absolute("etc", .character + "x"), false, .no),
            ("/etc/.x", .absolute("etc", .star + .character), false, .no),
            ("/etc/x.y", .absolute("etc", "x" + .star), false, .perhaps),
            ("/etc/.x", .absolute("etc", .star + .unknown), false, .perhaps),
            ("/etc/*/.x", .absolute("etc", .star, ".x"), false, .yes),
            ("/etc/[a-z]*", .absolute("etc", .star), false, .perhaps),
            ("/etc/**", .absolute("etc", .star + "x"), true, .yes),
            ("~*/.ssh/**", .absolute("home", "ana", .star), true, .no),
            ("~*/.ssh/**", .absolute("home", .star), true, .perhaps),
            // `.*` is `..` too in older shells.
            ("/opt/**", .absolute("opt", "." + .star), false, .perhaps),
            ("/opt/**", .absolute("opt", ".x" + .star), false, .yes),
        ])
    }

    @Test func `cannot tell where a path begins with unknown text`() throws {
        try expect([
            ("/etc/**", AbstractPath(root: .unknown), true, .unknown),
            ("/etc/**", .somewhere("etc", "passwd"), false, .unknown),
            ("/etc", .somewhere("etc"), true, .perhaps),
            ("/etc", .somewhere("etc"), false, .unknown),
            ("/etc/**", .somewhere(.star), true, .perhaps),
            ("/**", .somewhere(.star), false, .perhaps),
            ("/etc/**", .somewhere("build"), true, .unknown),
            ("/etc/shadow", .somewhere("app.log"), false, .no),
            ("/etc/shadow", .somewhere("hadow"), false, .unknown),
            ("~*/.ssh/id_*", .somewhere("x.log"), false, .unknown),
            ("~*/.ssh/id_*", .somewhere("x", "log"), false, .no),
            ("~*/.ssh/id_*", .somewhere(".ssh", "id_rsa"), false, .unknown),
            ("./**", .somewhere("x"), false, .unknown),
        ])
    }

    @Test func `of the start and of homes knows what each other is`() throws {
        try expect([
            ("./**", .start("x"), true, .yes),
            ("./*/**", .start("x"), true, .yes),
            ("./*/**", .start(), true, .perhaps),
            ("./*/**", .start(), false, .no),
            ("./**", .absolute("home", "deploy", "x"), false, .no),
            ("./**", .absolute(), true, .no),
            ("./x", .home(nil, "x"), false, .perhaps),
            ("./x", .home("ana", "x"), false, .no),
            ("~/x", .start("x"), false, .yes),
            ("~/x", .home(nil, "x"), false, .yes),
            ("~/x", .home("ana", "x"), false, .perhaps),
            ("~*/x", .home("ana", "x"), false, .yes),
            ("~*/x", .home("ana", "y"), false, .no),
            ("~*/x", .start("x"), false, .yes),
            ("~/**", .start(.unknown), false, .perhaps),
        ])
    }

    @Test func `knows homes by their absolute paths`() throws {
        try expect([
            ("~*/.ssh/**", .absolute("home", "ana", ".ssh", "config"), false, .yes),
            ("~*/.ssh/**", .absolute("root", ".ssh", "config"), false, .yes),
            ("~*/.ssh/**", .absolute("var", "lib", "git", ".ssh", "config"), false, .perhaps),
            ("~*/.ssh/**", .absolute("var", "lib", "git"), true, .no),
            ("~*/.ssh/**", .absolute("srv", ".ssh", "config"), false, .no),
            ("~*/.ssh/**", .absolute("home"), true, .perhaps),
            ("~/x", .absolute("home", "ana", "x"), false, .perhaps),
            ("~/x", .absolute("home", "ana", "y"), false, .no),
            ("/home/*/.ssh/**", .home(nil, ".ssh", "config"), false, .perhaps),
            ("/home/*/.ssh/**", .start("src"), true, .no),
            ("/root/**", .home("root", "x"), false, .yes),
            ("/root/**", .home("ana", "x"), false, .no),
            ("/etc/**", .home(nil, "x"), true, .no),
            ("/var/lib/**", .start("x"), true, .no),
            ("/var/lib/pg/**", .home("pg", "x"), true, .perhaps),
            ("/**", .start("x"), true, .yes),
        ])
    }

    @Test func `knows the login's home when it knows the login`() throws {
        try expect(
            [
                ("~/x", .absolute("home", "ana", "x"), false, .yes),
                ("~/x", .absolute("home", "bo", "x"), false, .no),
                ("~/x", .absolute("root", "x"), false, .no),
                ("~/x", .absolute(.unknown, "bo", "x"), false, .perhaps),
                ("~/x", .absolute("home"), true, .perhaps),
                ("~/x", .home("ana", "x"), false, .yes),
                ("~/x", .home("bo", "x"), false, .no),
                ("/root/**", .start("x"), false, .no),
                ("/home/ana/**", .start("x"), false, .perhaps),
                ("/home/bo/**", .start("x"), false, .no),
            ],
            login: "ana"
        )
        try expect(
            [
                ("~/x", .absolute("root", "x"), false, .yes),
                ("~/x", .absolute("home", "root", "x"), false, .no),
                ("/root/**", .start("x"), false, .yes),
            ],
            login: "root"
        )
    }

    @Test func `never says yes of a path that goes up from where nobody knows`() throws {
        let up = { (levels: Int, components: [AbstractText]) in
            AbstractPath(root: .known(.start), components: components, levelsUp: levels)
        }
        try expect([
            ("/etc/**", up(2, ["etc", "passwd"]), false, .perhaps),
            ("/etc/**", up(9, ["etc", "passwd"]), false, .perhaps),
            ("/etc/**", up(2, ["opt", "passwd"]), false, .no),
            ("/home/**", up(1, ["ana"]), false, .perhaps),
            ("./**", up(1, []), false, .no),
            ("./**", up(1, []), true, .perhaps),
            ("./x", up(1, ["start", "x"]), false, .perhaps),
            ("./x", up(1, ["start", "y"]), false, .no),
        ])
        let rootUp = AbstractPath(root: .known(.home("root")), components: ["etc"], levelsUp: 1)
        try expect([("/etc/**", rootUp, false, .perhaps)])
    }

    @Test func `knows what is beside the start`() throws {
        let up = { (levels: Int, components: [AbstractText]) in
            AbstractPath(root: .known(.start), components: components, levelsUp: levels)
        }
        try expect([
            ("../x", up(1, ["x"]), false, .yes),
            ("../x", up(1, ["y"]), false, .no),
            ("../x", up(1, ["x", "y"]), false, .no),
            ("../*/x", up(1, ["y", "x"]), false, .yes),
            ("../**", up(1, ["x"]), true, .yes),
            ("../x", up(1, [.unknown]), false, .perhaps),
            ("../x", up(2, ["x"]), false, .perhaps),
            ("../x", up(0, ["x"]), false, .perhaps),
            ("../x", .absolute("home", "x"), false, .no),
            ("../x", .home("ana", "x"), false, .no),
        ])
    }

    @Test func `takes a path that no system call takes for anything`() throws {
        let long = AbstractText(ShellText(String(repeating: "x", count: 4097)))
        try expect([("/etc/**", .absolute("opt", long), false, .perhaps)])
    }

    @Test(arguments: [
        ("", PathPatternError.noRoot), ("etc/x", .noRoot), ("~ana/x", .noRoot),
        ("/etc//x", .emptyComponent), ("/etc/", .emptyComponent), ("./", .emptyComponent),
        ("/a/../b", .dots("..")), ("/a/./b", .dots(".")), ("/a/b**", .starsWithText("b**")),
        ("/a/[b", .openBracket("[b")), ("/a/[]", .openBracket("[]")), ("/a/{b,c}", .brace("{b,c}")),
        ("/a/b\\", .endsInBackslash),
        ("/" + String(repeating: "a", count: 255), .tooLong),
    ])
    func `is refused with its reason`(_ text: String, _ expected: PathPatternError) {
        #expect(throws: expected) { try PathPattern(ShellText(text)) }
    }

    @Test(arguments: [
        "/", "~", "~*", ".", "..", "../x", "~/x", "~*/.ssh/**", "./**", "/a/[]x]", "/a/[^x]",
        "/a/\\{b",
        "/" + String(repeating: "a", count: 240),
    ])
    func `is read`(_ text: String) throws { _ = try PathPattern(ShellText(text)) }

    @Test func `is as specific as it tells of a path`() throws {
        let order = ["/**", "/*/**", "/etc/**", "/etc/*", "/etc/ssh/**", "/etc/ssh/moduli"]
        let specificities = try order.map { try PathPattern(ShellText($0)).specificity }
        #expect(specificities == specificities.sorted())
        #expect(Set(specificities).count == order.count)
    }
}

@Suite struct `a pattern of names` {
    @Test func `matches what a text is, and says where it cannot tell`() throws {
        let cases: [(String, AbstractText, PatternMatch)] = [
            ("nginx", "nginx", .yes), ("nginx", "nginx2", .no), ("nginx*", "nginx", .yes),
            ("web-*", "web-1", .yes), ("web-*", "db-1", .no), ("web-*", "web-" + .unknown, .yes),
            ("web-db", "web-" + .unknown, .perhaps), ("web-*", .unknown, .unknown),
            ("*", .unknown, .yes), ("*.service", .name + ".service", .yes),
            ("sshd.service", .name + ".service", .unknown),
            ("sshd.socket", .name + ".service", .no),
            ("sshd", "ss" + .star, .perhaps), ("sshd", .star, .perhaps), ("9", .digits, .unknown),
            ("a/*", "a/b/c", .yes), ("e\u{301}", "\u{e9}", .no), ("\\*", "*", .yes),
            ("\\*", "x", .no),
        ]
        for (pattern, text, expected) in cases {
            let found = try TextPattern(ShellText(pattern)).match(text)
            #expect(found == expected, "\(pattern) \(text.shown)")
        }
    }
}
