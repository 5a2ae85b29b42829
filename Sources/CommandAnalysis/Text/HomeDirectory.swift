internal import ShellSyntax

/// Where the homes of accounts are, as far as that is so nearly everywhere.
enum HomeDirectory {
    /// What every home that ``candidates(for:login:)`` finds begins with, and every one of a pattern.
    static let parents: [ShellText] = ["home", "root", "var", "usr", "bin", "sbin", "dev"]
    /// The same for the home of whoever runs the command line, and for where that starts.
    static let parentsOfOwn: [ShellText] = ["home", "root"]

    /// Whether a path from `/` may lie in the directory with the homes of services.
    static func mayHoldServices(_ path: AbstractPath) -> Bool {
        guard path.components.first?.literal == "var" else { return false }
        guard let second = path.components.dropFirst().first?.literal, !second.isEmpty,
            !second.utf8.contains(UInt8(ascii: "/"))
        else { return true }
        return second == "lib"
    }

    /// Where a path that begins at a home or the start may begin in truth, as components from `/`.
    ///
    /// Homes of services lie in `/var/lib`, under names that begin as those of their accounts do;
    /// some accounts that no host is without have directories of the system.
    static func candidates(for path: AbstractPath, login: ShellText?) -> [[AbstractText?]] {
        let named: ShellText?
        switch path.root {
        case .root, .unknown: return []
        case .known(.start): named = nil
        case .known(.home(let account)): named = account
        }
        let account = named ?? login
        var homes: [[AbstractText?]] =
            account == "root" ? [["root"]] : [["home", account.map { AbstractText($0) }]]
        if account == nil { homes.append(["root"]) }
        if let named, named != "root" {
            homes.append(["var", "lib", AbstractText([.text(named), .wildcard(.anyText)])])
            if let home = ofSystem[named] { homes.append(home) }
        }
        return homes.map { $0.dropLast(path.levelsUp) }
    }

    /// Where the home of a login is, and the start of what it runs.
    static func own(_ login: ShellText) -> [UInt8] {
        login == "root" ? Array("/root".utf8) : Array("/home/".utf8) + login.utf8
    }

    /// What that begins with.
    static func beginning(ofOwn login: ShellText) -> TextBeginning {
        login == "root" ? beginningOfRoot : beginningOfOthers.followed(by: login)
    }

    private static let beginningOfRoot = TextBeginning(Array("/root".utf8))
    private static let beginningOfOthers = TextBeginning(Array("/home/".utf8))

    /// The names from `/` on of what lies there and has these names below.
    static func names(inOwn login: ShellText, _ below: ComponentMarks) -> ComponentMarks {
        login == "root" ? below.inserting("root") : below.inserting("home").inserting(login)
    }

    /// Of accounts in Debian's and Red Hat's base systems, those whose home is full of programs or
    /// devices, or is one that another name in `/var/lib` has.
    private static let ofSystem: [ShellText: [AbstractText?]] = [
        "daemon": ["usr", "sbin"], "bin": ["bin"], "sys": ["dev"], "sync": ["bin"],
        "games": ["usr", "games"], "proxy": ["bin"], "halt": ["sbin"], "shutdown": ["sbin"],
        "operator": ["root"], "statd": ["var", "lib", "nfs"], "rpcuser": ["var", "lib", "nfs"],
        "dnsmasq": ["var", "lib", "misc"], "tss": ["var", "lib", "tpm"],
    ]

    /// Whether such a path begins at one place only: the home of `root` is where it is.
    static func isSure(of path: AbstractPath, login: ShellText?) -> Bool {
        guard path.levelsUp == 0, case .known(let directory) = path.root else { return false }
        return switch directory {
        case .start, .home(nil): login == "root"
        case .home(let account?): account == "root"
        }
    }

    /// An absolute path of these components; nil is any name.
    static func tokens(_ components: [AbstractText?]) -> [GlobToken] {
        var tokens = GlobTokens.path
        for component in components {
            tokens.appendComponent(component ?? AbstractText([.wildcard(.anyText)]))
        }
        return tokens.tokens
    }
}
