/// What is done to a file.
enum FileAccess: Hashable {
    case look, read, readTree, write, writeInto, edit, delete, deleteTree, permission, device,
        secret
    /// It gets another name, under which it can be written.
    case link
    /// A tree is read into a repository of backups, which only its program opens.
    case backUp
}

extension FileAccess {
    var isRecursive: Bool {
        switch self {
        case .readTree, .backUp, .deleteTree, .writeInto: true
        case .look, .read, .write, .edit, .delete, .permission, .device, .secret, .link: false
        }
    }

    /// Whether what is in a file afterwards is not what was in it.
    var changes: Bool {
        switch self {
        case .write, .writeInto, .edit, .device: true
        case .look, .read, .readTree, .backUp, .delete, .deleteTree, .permission, .secret, .link:
            false
        }
    }

    var deletes: Bool { self == .delete || self == .deleteTree }

    var reads: Bool {
        switch self {
        case .read, .readTree, .backUp, .edit, .secret: true
        case .look, .write, .writeInto, .delete, .deleteTree, .permission, .device, .link: false
        }
    }

    /// Whether the file is afterwards as it was.
    var onlyReads: Bool {
        switch self {
        case .look, .read, .readTree, .backUp, .secret: true
        case .write, .writeInto, .edit, .delete, .deleteTree, .permission, .device, .link: false
        }
    }

    var actions: [Action] {
        switch self {
        case .look, .read, .readTree, .backUp: [.fileRead]
        case .write, .writeInto, .link: [.fileWrite]
        case .edit: [.fileRead, .fileWrite]
        case .delete, .deleteTree: [.fileDelete]
        case .permission: [.filePermission]
        case .device: [.deviceWrite]
        case .secret: [.fileRead, .secretRead]
        }
    }
}
