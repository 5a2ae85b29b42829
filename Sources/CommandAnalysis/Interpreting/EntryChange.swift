import ShellSyntax

/// What becomes of an entry that lets somebody in, or that runs by itself, where its file is touched.
enum EntryChange: Hashable {
    /// It is made, or says something else.
    case write
    /// It lets nobody in any more.
    case remove
    /// It has another name, and is not written yet.
    case link
    /// A link to nothing has taken its place.
    case mask
    /// It says what it said, and nobody more than before can change that.
    case permission
    /// Its owner is root, who may change it anyway.
    case owner
    /// A directory is made, in which nothing is yet.
    case directory
    /// It says more that the line tells in full, and that runs nothing: see ``PlainSettings``.
    case plain
    /// Somebody edits it, and the line does not say how.
    case open

    init(_ access: FileAccess, _ attributes: [ForeseenAction.Attribute]) {
        switch access {
        case .delete, .deleteTree: self = .remove
        case .link: self = .link
        case .write where attributes.contains(.mask): self = .mask
        case .write where attributes.contains(.directory): self = .directory
        case .write where attributes.contains(.plain), .edit where attributes.contains(.plain):
            self = .plain
        case .edit where attributes.contains(.open): self = .open
        case .permission where attributes.isPlainMode: self = .permission
        case .permission where attributes.isOwnedByRoot: self = .owner
        case .look, .read, .readTree, .backUp, .write, .writeInto, .edit, .permission, .device,
            .secret:
            self = .write
        }
    }

    /// What is told of an action that touching the file is.
    func attributes(of action: Action) -> [ForeseenAction.Attribute] {
        switch action {
        case .guardEscape, .scheduleChange: attributes
        case .auditTamper:
            // Who owns a record may change it.
            self == .link || self == .directory || self == .permission ? attributes : []
        default: []
        }
    }

    private var attributes: [ForeseenAction.Attribute] {
        switch self {
        case .write: []
        case .remove: [.init(.verb, .texts(["remove"]))]
        case .link: [.init(.verb, .texts(["link"]))]
        case .mask: [.mask]
        case .permission, .owner: [.init(.verb, .texts(["permission"]))]
        case .directory: [.directory]
        case .plain: [.plain]
        case .open: [.open]
        }
    }
}

extension ForeseenAction.Attribute {
    /// Of a link to nothing.
    static let mask = ForeseenAction.Attribute(.verb, .texts(["mask"]))
    /// Of a directory that is made.
    static let directory = ForeseenAction.Attribute(.verb, .texts(["directory"]))
    /// Of settings that are told in full and run nothing.
    static let plain = ForeseenAction.Attribute(.verb, .texts(["plain"]))
    /// Of a file in which something is changed.
    static let edit = ForeseenAction.Attribute(.verb, .texts(["edit"]))
    /// Of a file that is emptied.
    static let truncate = ForeseenAction.Attribute(.verb, .texts(["truncate"]))
    /// Of an empty file, made where there is none.
    static let make = ForeseenAction.Attribute(.verb, .texts(["make"]))
    /// Of a file that somebody edits.
    static let open = ForeseenAction.Attribute(.verb, .texts(["open"]))
}

extension [ForeseenAction.Attribute] {
    /// Whether the mode that is set lets nobody but the owner write, and gives no rights that stay.
    fileprivate var isPlainMode: Bool {
        guard !contains(where: { $0.name == .owner || $0.name == .group }),
            case .texts(let modes)? = first(where: { $0.name == .mode })?.value
        else { return false }
        return !modes.isEmpty && modes.allSatisfy { $0.literal?.isPlainMode ?? false }
    }

    /// Whether all that is set is that the file is root's.
    fileprivate var isOwnedByRoot: Bool {
        guard !contains(where: { $0.name == .mode || $0.name == .group }),
            case .texts(let owners)? = first(where: { $0.name == .owner })?.value
        else { return false }
        return !owners.isEmpty && owners.allSatisfy { $0.literal.map(Self.roots.contains) ?? false }
    }

    private static let roots: Set<ShellText> = [
        "root", "root:", "root:root", "root.root", "0", "0:0", ":root", ":0",
    ]
}

extension ShellText {
    fileprivate var isPlainMode: Bool {
        if Self.plainModes.contains(self) { return true }
        guard let first = utf8.first else { return false }
        if (0x30...0x39).contains(first) { return isPlainOctal }
        if utf8.contains(UInt8(ascii: ":")) { return isReadingList }
        return utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .allSatisfy { Self.isPlainClause($0) }
    }

    /// `restore` puts back what the policy of SELinux says.
    ///
    /// The others let a server listen below port 1024, or send what `ping` sends.
    private static let plainModes: Set<ShellText> = [
        "restore", "cap_net_bind_service=ep", "cap_net_bind_service+ep",
        "cap_net_bind_service=+ep", "cap_net_raw=ep", "cap_net_raw+ep", "cap_net_raw=+ep",
    ]

    /// `755`, `0644`.
    private var isPlainOctal: Bool {
        var digits = utf8[...]
        if digits.count == 4, digits.first == UInt8(ascii: "0") { digits.removeFirst() }
        return digits.count == 3 && digits.allSatisfy { (0x30...0x37).contains($0) }
            && digits.dropFirst().allSatisfy { $0 & 2 == 0 }
    }

    /// `u:ana:r`, `g:adm:rx,d:g:adm:r-x`: entries of an access list that let nobody write.
    private var isReadingList: Bool {
        utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy {
            let fields = $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count > 2, let rights = fields.last else { return false }
            return rights.allSatisfy { "rxX-".utf8.contains($0) }
        }
    }

    /// `+x`, `u+rw`, `go-w`, `a=rx`.
    private static func isPlainClause(_ clause: ArraySlice<UInt8>) -> Bool {
        guard let index = clause.firstIndex(where: { "+-=".utf8.contains($0) }) else {
            return false
        }
        let who = clause[..<index]
        let rights = clause[clause.index(after: index)...]
        guard who.allSatisfy({ "ugoa".utf8.contains($0) }),
            rights.allSatisfy({ "rwxX".utf8.contains($0) })
        else { return false }
        let isOfOwner = who.elementsEqual("u".utf8)
        return clause[index] == UInt8(ascii: "-") || isOfOwner
            || !rights.contains(UInt8(ascii: "w"))
    }
}

extension AbstractPath {
    /// The unit of systemd whose file it is, or one of whose drop-ins.
    var unit: AbstractText? {
        guard
            let folder = components.lastIndex(where: {
                $0.literal == "system" || $0.literal == "user"
            }),
            folder > 0, components[folder - 1].literal == "systemd", folder + 1 < components.count
        else { return nil }
        let name = components[folder + 1]
        guard let literal = name.literal, literal.utf8.suffix(2).elementsEqual(".d".utf8) else {
            return name
        }
        return AbstractText(ShellText(Array(literal.utf8.dropLast(2))))
    }
}
