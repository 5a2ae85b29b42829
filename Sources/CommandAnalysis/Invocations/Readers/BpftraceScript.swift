import ShellSyntax

/// What can be told of a script for `bpftrace` by the words in it.
enum BpftraceScript {
    /// Whether it says no more than numbers, names of processes and of functions: it reads no text out
    /// of memory and no file, and runs nothing.
    static func isPlain(_ script: ShellText) -> Bool {
        var rest = Array(script.utf8)[...]
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "\""):
                guard skipString(&rest) else { return false }
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "/"):
                rest = rest.drop { $0 != 0x0A }
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "*"):
                guard skipComment(&rest) else { return false }
            case UInt8(ascii: "#"), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "`"):
                // Text that is read before, and whatever else begins so.
                return false
            case _ where isOfWord(byte):
                let word = rest.prefix { isOfWord($0) }
                if activeWords.contains(ShellText(Array(word))) { return false }
                rest = rest.dropFirst(word.count)
            default: rest.removeFirst()
            }
        }
        return true
    }

    /// Words that read text, files or buffers, or do something.
    private static let activeWords: Set<ShellText> = [
        "str", "ustr", "kstr", "buf", "cat", "join", "kptr", "uptr", "system", "signal",
        "signal_thread",
        "override", "skboutput", "include", "import", "unsafe", "config", "macro",
    ]

    private static func isOfWord(_ byte: UInt8) -> Bool {
        byte.isLetterOrDigit || byte == UInt8(ascii: "_")
    }

    /// False where it does not end.
    private static func skipString(_ rest: inout ArraySlice<UInt8>) -> Bool {
        rest.removeFirst()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
        }
        return false
    }

    /// False where it does not end.
    private static func skipComment(_ rest: inout ArraySlice<UInt8>) -> Bool {
        rest = rest.dropFirst(2)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "*"), rest.first == UInt8(ascii: "/") {
                rest.removeFirst()
                return true
            }
        }
        return false
    }
}
