internal import ShellSyntax

/// A few names, of which nearly all texts that it is asked about are none.
///
/// Most of those are told by what they begin with and by their lengths, which takes a tenth of what
/// hashing them does.
struct NameSet: ExpressibleByArrayLiteral, Sendable {
    private let names: Set<ShellText>
    private var firsts = ByteSet.empty
    /// A bit for each length; the last one for all that are longer.
    private var lengths: UInt64 = 0

    init(arrayLiteral names: ShellText...) { self.init(names) }

    init(_ names: some Sequence<ShellText>) {
        self.names = Set(names)
        for name in self.names {
            if let first = name.utf8.first { firsts.insert(first) }
            lengths |= Self.bit(name)
        }
    }

    private static func bit(_ name: ShellText) -> UInt64 { 1 << UInt64(min(name.utf8.count, 63)) }

    func contains(_ name: ShellText) -> Bool {
        guard lengths & Self.bit(name) != 0 else { return false }
        // The empty name, if it is one of them, has no first byte.
        if let first = name.utf8.first, !firsts.contains(first) { return false }
        return names.contains(name)
    }
}
