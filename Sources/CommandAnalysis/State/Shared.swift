/// A value that many copies have in common until one of them changes its own.
///
/// Copying it takes as long as copying one reference, whatever is in it.
struct Shared<Value: Hashable & Sendable>: Hashable, Sendable {
    // Whoever writes to it is the only one who has it.
    private final class Storage: @unchecked Sendable {
        // Whoever has the value around it has this one alone.
        @exclusivity(unchecked) var value: Value

        init(_ value: Value) { unsafe self.value = value }
    }

    private var storage: Storage

    init(_ value: Value) { storage = Storage(value) }

    var value: Value {
        _read { yield unsafe storage.value }
        _modify {
            if !isKnownUniquelyReferenced(&storage) { storage = unsafe Storage(storage.value) }
            yield unsafe &storage.value
        }
    }

    static func == (left: Shared, right: Shared) -> Bool {
        left.isSame(as: right) || left.value == right.value
    }

    /// Whether neither has changed since one was copied from the other.
    func isSame(as other: Shared) -> Bool { storage === other.storage }

    func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
