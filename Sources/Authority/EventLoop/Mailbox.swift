import CSystem
import Glibc
import MessageSockets
import Synchronization

/// Where other threads leave values for the loop, and wake it.
///
/// Values cross threads, the objects of the loop do not: what is to be done with a value was left
/// at the loop beforehand, under the number that the value brings back.
final class Mailbox: Sendable {
    struct Letter: Sendable {
        let ticket: UInt64
        let value: any Sendable
    }

    private let letters = Mutex<[Letter]>([])
    private let wakeup: Descriptor

    var raw: CInt { wakeup.raw }

    init() throws(SocketError) {
        let raw = sp_eventfd()
        guard raw >= 0 else { throw SocketError(call: "eventfd") }
        wakeup = Descriptor(adopting: raw)
    }

    func leave(_ letter: Letter) {
        letters.withLock { $0.append(letter) }
        var one: UInt64 = 1
        // A full counter (EAGAIN) wakes the loop as well, and no other failure is possible.
        _ = unsafe write(wakeup.raw, &one, MemoryLayout<UInt64>.size)
    }

    var isEmpty: Bool { letters.withLock { $0.isEmpty } }

    func takeAll() -> [Letter] {
        var count: UInt64 = 0
        // Nothing to read (EAGAIN) is as good as something: the letters tell.
        _ = unsafe read(wakeup.raw, &count, MemoryLayout<UInt64>.size)
        return letters.withLock { letters in
            defer { letters = [] }
            return letters
        }
    }
}

/// The promise of one value from another thread.
///
/// It must be fulfilled exactly once; the loop keeps what to do with it until then.
struct Ticket<Value: Sendable>: Sendable {
    let number: UInt64
    let mailbox: Mailbox

    func fulfil(_ value: Value) {
        mailbox.leave(Mailbox.Letter(ticket: number, value: value))
    }
}
