import Glibc

/// What the file system says of a path, links followed.
struct FileFacts: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case regular
        case directory
        case other
    }

    let kind: Kind
    /// The lowest twelve bits.
    let mode: UInt32
    let owner: UInt32
    /// Seconds since 1970.
    let changed: UInt64
    let bytes: UInt64

    init(kind: Kind, mode: UInt32, owner: UInt32, changed: UInt64 = 0, bytes: UInt64 = 0) {
        self.kind = kind
        self.mode = mode
        self.owner = owner
        self.changed = changed
        self.bytes = bytes
    }

    /// Nil where the path leads nowhere, or not for us.
    init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .directory
        default: kind = .other
        }
        mode = UInt32(status.st_mode & 0o7777)
        owner = status.st_uid
        changed = UInt64(max(0, status.st_mtim.tv_sec))
        bytes = UInt64(max(0, status.st_size))
    }

    /// Whether anybody may put something else in the place of what is in this directory.
    var isOpenDirectory: Bool {
        kind == .directory && mode & 0o002 != 0 && mode & 0o1000 == 0
    }

    var octalMode: String { String(mode, radix: 8) }

    /// The directories above an absolute path, the nearest first.
    static func parents(of path: String) -> [String] {
        var parents: [String] = []
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/"), slash != rest.startIndex {
            rest = rest[..<slash]
            parents.append(String(rest))
        }
        return parents + ["/"]
    }
}
