internal import ShellSyntax

// What the types of values say a program does with them.

extension ValueType {
    /// How a file of this type is touched.
    var access: FileAccess? {
        switch self {
        case .look: .look
        case .read: .read
        case .readTree: .readTree
        case .backup: .backUp
        case .write: .write
        case .writeInto: .writeInto
        case .edit: .edit
        case .delete: .delete
        case .deleteTree: .deleteTree
        case .permission: .permission
        case .device: .device
        case .secretFile: .secret
        default: nil
        }
    }

    /// Whether the program runs or loads what is named.
    var isRun: Bool {
        switch self {
        case .shell, .words, .allWords, .program, .script, .library, .code: true
        default: false
        }
    }

    /// Whether an option with such a value does something in a dry run.
    var actsInDryRuns: Bool { isRun || access?.changes == true }

    var onlyReads: Bool {
        switch self {
        case .look, .read, .readTree, .readList, .backup, .backupList,
            .secretFile, .readDevice:
            true
        default: false
        }
    }
}

extension Effect {
    /// Whether it is code that the program runs because of how it is called.
    var isCodeOfAnOption: Bool { action == .codeRun && !conditions.isEmpty }
}

extension ParsedArguments {
    /// Whether something is run, loaded or written by what an option says, which a program perhaps does
    /// before it tells how it is used: `java -javaagent:x -version`.
    var actsBeforeHelp: Bool {
        values.contains { value in
            value.type.isRun || value.type == .sql || value.type == .editor
                || value.type.access?.changes == true
        }
            || usage?.effects.contains { effect in
                effect.isCodeOfAnOption && effect.conditions.allSatisfy { holds($0) }
            } == true
    }
}

extension ParsedArguments.TypedValue {
    /// Whether the knowledge takes it for any text, and there is a path from `/` on in it.
    var isPathAsText: Bool {
        guard type == .text else { return false }
        let bytes = Array(value.knownPrefix.utf8)
        let isOption = bytes.first == UInt8(ascii: "-")
        return bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "/") else { return false }
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            if index == 0 { return next != nil }
            // Behind `://` stands a host.
            if next == UInt8(ascii: "/") || bytes[index - 1] == UInt8(ascii: "/") { return false }
            return isOption || "=:@%,".utf8.contains(bytes[index - 1])
        }
    }
}
