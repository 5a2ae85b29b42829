internal import ShellSyntax

/// Some names, of which nearly all texts that it is asked about are none.
///
/// Most of those are told by their lengths and what they begin with, which takes a tenth of what hashing
/// them does.
struct NameSet: ExpressibleByArrayLiteral, Sendable {
    private let names: NameTable<Bool>
    /// For each first byte a bit for each length, the last one for all that are longer.
    private let lengths: [UInt64]

    init(arrayLiteral names: ShellText...) { self.init(names) }

    init(_ names: some Sequence<ShellText>) {
        let names = Array(names)
        self.names = NameTable(names.map { (key: $0, value: true) })
        var lengths = [UInt64](repeating: 0, count: names.isEmpty ? 0 : 256)
        for name in names { lengths[Self.start(name)] |= Self.length(name) }
        self.lengths = lengths
    }

    /// A text without bytes is like one that begins with NUL, which no other does.
    private static func start(_ name: ShellText) -> Int { Int(name.utf8.first ?? 0) }

    private static func length(_ name: ShellText) -> UInt64 {
        1 << UInt64(min(name.utf8.count, 63))
    }

    func contains(_ name: ShellText) -> Bool {
        guard !lengths.isEmpty else { return false }
        return lengths[Self.start(name)] & Self.length(name) != 0 && names[name] != nil
    }
}
