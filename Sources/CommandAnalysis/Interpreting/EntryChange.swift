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
    /// A directory is made, in which nothing is yet.
    case directory

    init(_ access: FileAccess, _ attributes: [ForeseenAction.Attribute]) {
        switch access {
        case .delete, .deleteTree: self = .remove
        case .link: self = .link
        case .write where attributes.contains(.mask): self = .mask
        case .write where attributes.contains(.directory): self = .directory
        case .permission where attributes.isPlainMode: self = .permission
        case .look, .read, .readTree, .backUp, .write, .writeInto, .edit, .permission, .device,
            .secret:
            self = .write
        }
    }

    /// What is told of an action that touching the file is.
    func attributes(of action: Action) -> [ForeseenAction.Attribute] {
        switch action {
        case .guardEscape, .scheduleChange: attributes
        case .auditTamper: self == .link || self == .directory ? attributes : []
        default: []
        }
    }

    private var attributes: [ForeseenAction.Attribute] {
        switch self {
        case .write: []
        case .remove: [.init(.verb, .texts(["remove"]))]
        case .link: [.init(.verb, .texts(["link"]))]
        case .mask: [.mask]
        case .permission: [.init(.verb, .texts(["permission"]))]
        case .directory: [.directory]
        }
    }
}

extension ForeseenAction.Attribute {
    /// Of a link to nothing.
    static let mask = ForeseenAction.Attribute(.verb, .texts(["mask"]))
    /// Of a directory that is made.
    static let directory = ForeseenAction.Attribute(.verb, .texts(["directory"]))
}

extension [ForeseenAction.Attribute] {
    /// Whether the mode that is set lets nobody but the owner write, and gives no rights that stay.
    fileprivate var isPlainMode: Bool {
        guard !contains(where: { $0.name == .owner || $0.name == .group }),
            case .texts(let modes)? = first(where: { $0.name == .mode })?.value
        else { return false }
        return !modes.isEmpty && modes.allSatisfy { $0.literal?.isPlainMode ?? false }
    }
}

extension ShellText {
    fileprivate var isPlainMode: Bool {
        if Self.plainModes.contains(self) { return true }
        guard let first = utf8.first else { return false }
        if (0x30...0x39).contains(first) { return isPlainOctal }
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
