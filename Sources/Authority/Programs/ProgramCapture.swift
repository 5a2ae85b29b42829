import Glibc
import MessageSockets

/// Reads both streams of a program until they end, a limit is reached, or time is up.
struct ProgramCapture {
    /// Why reading stopped before the program did.
    enum Failure: Hashable {
        case late
        case long
        case broken(SocketError)
    }

    private let descriptors: [Descriptor]
    private let maximumBytes: Int
    private var isOpen = [true, true]
    private var collected: [[UInt8]] = [[], []]

    /// Both descriptors are read ends of pipes.
    init(output: Descriptor, error: Descriptor, maximumBytes: Int) {
        descriptors = [output, error]
        self.maximumBytes = maximumBytes
    }

    var standardOutput: [UInt8] { collected[0] }
    var standardError: [UInt8] { collected[1] }

    /// `deadline` is of the monotonic clock; nil is both streams' end.
    mutating func collect(until deadline: UInt64) -> Failure? {
        while isOpen.contains(true) {
            let now = Reactor.monotonicNanoseconds()
            guard now < deadline else { return .late }
            var entries = descriptors.indices.map { index in
                pollfd(
                    fd: isOpen[index] ? descriptors[index].raw : -1,
                    events: Int16(POLLIN),
                    revents: 0
                )
            }
            let wait = CInt(min((deadline - now) / 1_000_000 + 1, 1000))
            let count = unsafe poll(&entries, nfds_t(entries.count), wait)
            guard count >= 0 || errno == EINTR else { return .broken(SocketError(call: "poll")) }
            for index in entries.indices where count > 0 && entries[index].revents != 0 {
                if let failure = read(index) { return failure }
            }
        }
        return nil
    }

    private mutating func read(_ index: Int) -> Failure? {
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        let count = unsafe Glibc.read(descriptors[index].raw, &chunk, chunk.count)
        if count < 0 {
            return errno == EAGAIN || errno == EINTR ? nil : .broken(SocketError(call: "read"))
        }
        guard count > 0 else {
            isOpen[index] = false
            return nil
        }
        collected[index] += chunk.prefix(count)
        return collected[index].count > maximumBytes ? .long : nil
    }
}
