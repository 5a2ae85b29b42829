import CommandAnalysis
import ShellSyntax

/// What the words of knowledge files look like.
enum KnowledgeGrammar {
    /// A tag or the name of a shared list: `[a-z][a-z0-9-]*`.
    static func word(_ text: String) -> ShellText? {
        let bytes = text.utf8
        guard let first = bytes.first, isLower(first), bytes.count <= KnowledgeLimits.nameBytes,
            bytes.allSatisfy({ isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        return ShellText(text)
    }

    /// The base name or the absolute path of a program.
    static func program(_ text: String) -> ShellText? {
        guard isPrintable(text), !text.utf8.contains(UInt8(ascii: "*")) else { return nil }
        if text.utf8.first == UInt8(ascii: "/") {
            return isNormalPath(text) ? ShellText(text) : nil
        }
        guard !text.utf8.contains(UInt8(ascii: "/")), text != ".", text != "..",
            text.utf8.first != UInt8(ascii: "-")
        else { return nil }
        return ShellText(text)
    }

    /// The name of a subcommand, perhaps with `*`.
    static func command(_ text: String) -> ShellText? {
        guard isPrintable(text), text.utf8.first != UInt8(ascii: "-") else { return nil }
        return ShellText(text)
    }

    /// Absolute, and without `.`, `..` and empty components.
    static func isNormalPath(_ text: String) -> Bool {
        let components = text.split(separator: "/", omittingEmptySubsequences: false)
        return components.count > 1 && components[0].isEmpty
            && components.dropFirst().allSatisfy { !["", ".", ".."].contains($0) }
    }

    /// Not empty, ASCII, without blanks, and no longer than a name may be.
    static func isPrintable(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= KnowledgeLimits.nameBytes
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// What stands in single quotes, where all of it does.
    static func unquoted(_ text: Substring) -> Substring? {
        guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "'"),
            text.utf8.last == UInt8(ascii: "'")
        else { return nil }
        return text.dropFirst().dropLast()
    }

    static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    static func isUpper(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension ValueType {
    /// The type of that name, where a text is one.
    ///
    /// Most texts are none, and the names are many.
    init?(_ text: Substring) {
        guard Self.looksLikeType(text) else { return nil }
        self.init(rawValue: String(text))
    }

    /// The text that is written in capitals only is meant as a type.
    static func looksLikeType(_ text: Substring) -> Bool {
        text.utf8.count > 1 && text.utf8.allSatisfy(KnowledgeGrammar.isUpper)
    }

    /// What can be run, or is read by an interpreter.
    var isCode: Bool {
        switch self {
        case .shell, .sql, .awk, .sed, .python, .perl, .ruby, .node, .php, .lua, .redis, .mongo,
            .jq, .nft, .editor:
            true
        case .text, .number, .pattern, .secret, .read, .readTree, .readList, .backup,
            .backupList, .look, .write, .edit, .editList,
            .writeInto, .writePrefix, .delete, .deleteTree, .permission, .device, .readDevice,
            .secretFile,
            .code,
            .directory, .path, .command, .words, .allWords, .program, .script, .library,
            .assignment, .variable, .verb, .mode, .owner, .unit, .signal, .process, .package,
            .account, .group,
            .host, .port, .url, .method, .object, .database, .container, .image, .volume,
            .namespace, .resource, .name, .branch, .remote, .schedule, .module, .remoteRead,
            .remoteWrite, .remoteMirror:
            false
        }
    }

    /// What the value of a variable of the environment can be.
    static let ofVariables: [ValueType] = [
        .text, .shell, .words, .program, .library, .script, .code, .write, .writeInto,
    ]
}
