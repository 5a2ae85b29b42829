import AuditTrail
import TestSupport

/// A place where a store of one kind is made, broken and opened again: what a conformer brings to
/// the conformance tests.
protocol StoreWorkshop: Sendable {
    /// Where it is, for another process: `StoreKind.workshop(at:)` of the same kind leads there.
    var place: String { get }

    /// Opens the store, or makes it where there is none.
    func open() throws -> any Store
    /// The same with little patience for others.
    func openImpatient() throws -> any Store
    /// Opens it for reading beside whoever writes.
    func openReader() throws -> any AuditReading
    /// Damages what is stored while nobody has it open.
    func damage() throws
    /// All that is stored, byte for byte, while nobody has it open.
    func contents() throws -> [String: [UInt8]]
    /// What the log of the last commits holds, in bytes, while the store is open.
    func logBytes() throws -> Int
    /// Has another process keep everybody from writing while the body runs.
    func whileHeld(_ body: () throws -> Void) throws
}

/// A store whose room can be taken and given.
protocol CrampedStore: Sendable {
    var workshop: any StoreWorkshop { get }
    /// Opens it; there is room for a few hundred records and no more.
    func open() throws -> any Store
    /// Makes room on the disk, for a store that is open.
    ///
    /// False where it has to be opened anew for that.
    func giveRoom() throws -> Bool
}

/// The stores that conform; another one becomes a case, and gets every test.
enum StoreKind: String, CaseIterable, Sendable {
    case sqlite

    /// One that is not there yet, gone with the value.
    func workshop() throws -> any StoreWorkshop {
        switch self {
        case .sqlite: try SQLiteWorkshop()
        }
    }

    /// One that another process has made and removes.
    func workshop(at place: String) -> any StoreWorkshop {
        switch self {
        case .sqlite: SQLiteWorkshop(at: place)
        }
    }

    /// On the real disk that this machine can give, and by the store's own limit.
    func cramped() throws -> [any CrampedStore] {
        switch self {
        case .sqlite:
            try SmallDisk.canBeMade
                ? [SQLiteOnSmallDisk(), LimitedSQLite()] : [LimitedSQLite()]
        }
    }
}
