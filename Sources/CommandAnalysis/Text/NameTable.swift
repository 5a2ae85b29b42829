internal import ShellSyntax

/// A name made ready to be looked up in many tables.
struct TableKey: Sendable {
    let name: ShellText
    let hash: UInt64

    init(_ name: ShellText) {
        self.name = name
        let utf8 = name.utf8
        let bytes = utf8.span
        var hash = UInt64(truncatingIfNeeded: bytes.count)
        for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
        // The place in a table is made of the low bits.
        self.hash = hash ^ hash >> 32
    }
}

/// Values by names, made once and then asked about texts of commands.
///
/// Finding one takes a fraction of what a `Dictionary` does, whose hash keeps those who can add keys
/// from making them collide. Nobody can add any here: with how many names a text is compared at most
/// is settled when the files are read.
struct NameTable<Value: Sendable>: Sendable {
    /// A name by its hash and its number, which count no references.
    private struct Slot: Sendable {
        var hash: UInt64 = 0
        var number = -1

        var isEmpty: Bool { number < 0 }
    }

    private let names: [ShellText]
    private let values: [Value]
    /// A power of two of them, at least half of which are empty.
    private let slots: [Slot]

    /// Of several values of a name the first counts.
    init(_ values: some Sequence<(key: ShellText, value: Value)>) {
        let values = Array(values)
        names = values.map(\.key)
        self.values = values.map(\.value)
        var count = 1
        while count < 2 * values.count { count *= 2 }
        var slots = [Slot](repeating: Slot(), count: values.isEmpty ? 0 : count)
        for (number, name) in names.enumerated() {
            let hash = TableKey(name).hash
            var index = Int(truncatingIfNeeded: hash) & (count - 1)
            while !slots[index].isEmpty { index = (index + 1) & (count - 1) }
            slots[index] = Slot(hash: hash, number: number)
        }
        self.slots = slots
    }

    subscript(_ name: ShellText) -> Value? { slots.isEmpty ? nil : self[TableKey(name)] }

    subscript(_ key: TableKey) -> Value? {
        if slots.isEmpty { return nil }
        var index = Int(truncatingIfNeeded: key.hash) & (slots.count - 1)
        while !slots[index].isEmpty {
            if slots[index].hash == key.hash, names[slots[index].number] == key.name {
                return values[slots[index].number]
            }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }
}
