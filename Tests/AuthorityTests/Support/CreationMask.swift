import Foundation

/// The mask of new files is the whole process's: who makes an admin socket has it alone.
enum CreationMask {
    private static let lock = NSRecursiveLock()

    static func alone<Value>(_ body: () throws -> Value) rethrows -> Value {
        lock.lock()
        defer { lock.unlock() }
        return try body()
    }
}
