public import ShellSyntax

/// A path made ready to be held against many patterns, for one login.
///
/// An object, because it is handed to hundreds of them, and most ask for little of it.
public final class PathSubject {
    /// It counts no references.
    struct Glance {
        /// Of the names of its components, and of what is written of it, as far as it is known.
        struct Place {
            let names: ComponentMarks
            let beginning: TextBeginning
        }

        /// Below its own root.
        let below: Place
        /// From `/` on.
        let fromRoot: Place
        /// How all that it may be ends.
        let end: TextEnd
        /// The bytes that may be in it, where it is written out from `/` on; else all.
        let bytes: ByteMarks
    }

    public let form: PathForm
    /// The account that the request is for; nil where that is not known.
    public let login: ShellText?
    /// What tells at a glance that a pattern does not match it.
    let glance: Glance
    /// Whether there is no other home that it may be in: that of `root` is where it is.
    let isSureOfHome: Bool

    public var path: AbstractPath { form.path }
    var languageAlone: GlobLanguage { form.languageAlone }
    var language: GlobLanguage { form.language }
    public var isRecursive: Bool { form.isRecursive }
    var isTooLong: Bool { form.isTooLong }
    public var size: Int { form.size }
    var canLeave: Bool { form.canLeave }
    var isExact: Bool { form.isExact }
    var beginning: PathForm.Beginning { form.beginning }
    var first: TableKey? { form.first }

    /// One of the shortest of all that it may be.
    lazy var shortest = languageAlone.shortest
    /// The last component by itself.
    lazy var name = GlobLanguage(path.components.last.map { GlobTokens.name($0).tokens } ?? [])
    /// For a path that begins with unknown text: all that it may be.
    lazy var languageAnywhere: GlobLanguage = {
        var anywhere = GlobTokens.anything(before: path.components)
        if isRecursive { anywhere.appendBelow() }
        return GlobLanguage(anywhere.tokens)
    }()
    /// For a path below a home or the start: what it may be as an absolute path.
    lazy var languagesInHomes: [GlobLanguage] = {
        if beginning == .own, let written = language.literal, let login {
            return [GlobLanguage(HomeDirectory.own(login) + written)]
        }
        return HomeDirectory.candidates(for: path, login: login).map {
            GlobLanguage(HomeDirectory.tokens($0) + language.tokens)
        }
    }()

    public init(_ form: PathForm, login: ShellText? = nil) {
        self.form = form
        self.login = login
        let written = form.isTooLong ? [] : form.language.beginning
        let below: Glance.Place
        let fromRoot: Glance.Place
        if form.path.root == .root {
            fromRoot = Glance.Place(names: form.names, beginning: TextBeginning(written))
            // A pattern for homes begins behind them.
            below = Glance.Place(names: form.names, beginning: .any)
        } else if form.beginning == .own {
            below = Glance.Place(names: form.names, beginning: TextBeginning(written))
            fromRoot =
                login.map { login in
                    Glance.Place(
                        names: HomeDirectory.names(inOwn: login, form.names),
                        beginning: HomeDirectory.beginning(ofOwn: login).followed(by: written)
                    )
                } ?? .any
        } else {
            // Homes of services may have names that nobody knows.
            below = Glance.Place(
                names: form.names,
                beginning: form.beginning == .named ? TextBeginning(written) : .any
            )
            fromRoot = .any
        }
        glance = Glance(
            below: below,
            fromRoot: fromRoot,
            end: form.end,
            bytes: form.isExact ? ByteMarks(form.language.bytes) : .all
        )
        isSureOfHome = HomeDirectory.isSure(of: form.path, login: login)
    }

    public convenience init(_ path: AbstractPath, recursive: Bool, login: ShellText? = nil) {
        self.init(PathForm(path, recursive: recursive), login: login)
    }
}

extension PathSubject.Glance.Place {
    /// Of a path of which nothing is known there.
    fileprivate static let any = Self(names: .all, beginning: .any)
}
