import ShellSyntax

/// What can be told of a script for `bpftrace` by the words in it.
///
/// Probes give numbers, names of processes and of functions, and fields of what the kernel has. Text, and
/// what a pointer leads to, is whatever somebody has in memory: passwords too.
struct BpftraceScript {
    /// Whether it says no more than that: it reads nothing that a pointer leads to and no file, and
    /// runs nothing.
    static func isPlain(_ script: ShellText) -> Bool {
        var reader = BpftraceScript(rest: Array(script.utf8)[...])
        while let byte = reader.rest.first {
            if !reader.take(byte) { return false }
        }
        return true
    }

    private enum Token {
        /// A star behind it multiplies.
        case value
        /// In the brackets behind it is a key.
        case map
        /// `struct` and its name.
        case type
        /// A type in parentheses: what is behind it is read as one.
        case cast
        case other
    }

    private var rest: ArraySlice<UInt8>
    private var last = Token.other
    /// Whether the innermost parentheses have a type in them, and so far nothing but words.
    private var isCast = false
    /// How many braces are open: outside of all are the names of probes, with wildcards.
    private var depth = 0

    private init(rest: ArraySlice<UInt8>) { self.rest = rest }

    /// Takes what comes next; false where it may read memory, or nobody knows what it is.
    private mutating func take(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: rest.removeFirst()
        case UInt8(ascii: "\""):
            last = .value
            return skipString()
        case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "/"):
            rest = rest.drop { $0 != 0x0A }
        case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "*"):
            return skipComment()
        case UInt8(ascii: "#"), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "`"):
            // Text that is read before, and whatever else begins so.
            return false
        case _ where Self.isOfWord(byte): return takeWord()
        default:
            rest.removeFirst()
            return takeSymbol(byte)
        }
        return true
    }

    private mutating func takeWord() -> Bool {
        let word = ShellText(Array(rest.prefix { Self.isOfWord($0) }))
        rest = rest.dropFirst(word.utf8.count)
        if Self.activeWords.contains(word) { return false }
        if last == .map { return true }
        if Self.types.contains(word) { isCast = true }
        last = Self.structures.contains(word) || last == .type ? .type : .value
        return true
    }

    private mutating func takeSymbol(_ byte: UInt8) -> Bool {
        let before = last
        last = .other
        switch byte {
        case UInt8(ascii: "@"): last = .map
        case UInt8(ascii: "*"):
            // `*p` and `(uint64)*p` read; `a*b` and `(uint64 *)p` do not.
            return isCast || depth == 0 || before == .value || before == .map
        case UInt8(ascii: "["): return before == .map || depth == 0
        case UInt8(ascii: "{"):
            // What memory is to be read as.
            if before == .type { return false }
            depth += 1
        case UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: ")"): last = isCast ? .cast : .value
        case UInt8(ascii: "]"): last = .value
        default: break
        }
        isCast = false
        return true
    }

    // MARK: Words

    /// Words that read text, files or buffers, or do something.
    private static let activeWords: Set<ShellText> = [
        "str", "ustr", "kstr", "buf", "cat", "join", "kptr", "uptr", "system", "signal",
        "signal_thread",
        "override", "skboutput", "include", "import", "unsafe", "config", "macro",
    ]

    private static let structures: Set<ShellText> = ["struct", "union", "typedef"]

    private static let types: Set<ShellText> = [
        "struct", "union", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64",
        "uint8_t", "uint16_t", "uint32_t", "uint64_t", "int8_t", "int16_t", "int32_t", "int64_t",
        "char", "short", "int", "long", "unsigned", "signed", "void", "bool", "size_t", "u8", "u16",
        "u32", "u64", "s8", "s16", "s32", "s64", "uintptr_t", "intptr_t",
    ]

    private static func isOfWord(_ byte: UInt8) -> Bool {
        byte.isLetterOrDigit || byte == UInt8(ascii: "_")
    }

    // MARK: What is passed over

    /// False where it does not end.
    private mutating func skipString() -> Bool {
        rest.removeFirst()
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
        }
        return false
    }

    /// False where it does not end.
    private mutating func skipComment() -> Bool {
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
