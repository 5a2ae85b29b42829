import CSystem
import Glibc
import MessageSockets

/// The one thread of the authority: descriptors, timers, and values from other threads.
///
/// Nothing that it calls may block for long. All of its methods belong to the thread that runs it;
/// others reach it through a `Ticket`.
final class Reactor {
    /// What a descriptor is watched for.
    struct Interest: OptionSet, Sendable {
        let rawValue: UInt32

        static let readable = Interest(rawValue: SP_READABLE)
        static let writable = Interest(rawValue: SP_WRITABLE)
    }

    /// One watched descriptor.
    struct Watch: Hashable, Sendable {
        fileprivate let identifier: UInt64
        fileprivate let raw: CInt
    }

    // LIMIT: events taken from the kernel at once; the rest waits for the next turn.
    static let eventsAtOnce: CInt = 64

    private let epoll: Descriptor
    private let mailbox: Mailbox
    private let clock: () -> UInt64
    private var handlers: [UInt64: (Interest) -> Void] = [:]
    private var completions: [UInt64: (any Sendable) -> Void] = [:]
    private var timers = TimerQueue()
    private var timerActions: [TimerQueue.ID: () -> Void] = [:]
    private var nextIdentifier: UInt64 = 1
    private var isStopping = false

    /// `clock` gives nanoseconds that never fall.
    init(clock: @escaping () -> UInt64 = Reactor.monotonicNanoseconds) throws(SocketError) {
        self.clock = clock
        let raw = sp_epoll_create()
        guard raw >= 0 else { throw SocketError(call: "epoll_create") }
        epoll = Descriptor(adopting: raw)
        mailbox = try Mailbox()
        guard sp_epoll_add(raw, mailbox.raw, SP_READABLE, 0) == 0 else {
            throw SocketError(call: "epoll_ctl")
        }
    }

    // MARK: Descriptors

    /// Calls `handler` whenever the descriptor is what it is watched for, until it is forgotten.
    func watch(
        _ raw: CInt,
        for interest: Interest,
        _ handler: @escaping (Interest) -> Void
    ) throws(SocketError) -> Watch {
        let watch = Watch(identifier: newIdentifier(), raw: raw)
        guard sp_epoll_add(epoll.raw, raw, interest.rawValue, watch.identifier) == 0 else {
            throw SocketError(call: "epoll_ctl")
        }
        handlers[watch.identifier] = handler
        return watch
    }

    func change(_ watch: Watch, to interest: Interest) throws(SocketError) {
        guard handlers[watch.identifier] != nil else { return }
        guard
            sp_epoll_change(epoll.raw, watch.raw, interest.rawValue, watch.identifier) == 0
        else { throw SocketError(call: "epoll_ctl") }
    }

    /// Ends a watch; must come before the descriptor is closed.
    func forget(_ watch: Watch) {
        guard handlers.removeValue(forKey: watch.identifier) != nil else { return }
        let result = sp_epoll_remove(epoll.raw, watch.raw)
        precondition(result == 0, "a descriptor was closed before its watch was forgotten")
    }

    // MARK: Time

    struct TimerID: Hashable, Sendable {
        fileprivate let id: TimerQueue.ID
    }

    func after(_ delay: Duration, _ action: @escaping () -> Void) -> TimerID {
        at(instant(after: delay), action)
    }

    /// The instant by its clock that comes after so long.
    func instant(after delay: Duration) -> UInt64 { clock() &+ delay.wholeNanoseconds }

    /// The same as `after`, at an instant; at once where that is past.
    func at(_ instant: UInt64, _ action: @escaping () -> Void) -> TimerID {
        let id = timers.insert(deadline: instant)
        timerActions[id] = action
        return TimerID(id: id)
    }

    func cancel(_ timer: TimerID) {
        timers.cancel(timer.id)
        timerActions[timer.id] = nil
    }

    /// Nanoseconds of a clock that nobody sets.
    static func monotonicNanoseconds() -> UInt64 {
        var now = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
    }

    // MARK: Other threads

    /// A ticket for another thread; `completion` runs here when it is fulfilled.
    func expect<Value: Sendable>(
        _ completion: @escaping (Value) -> Void
    ) -> Ticket<Value> {
        let number = newIdentifier()
        completions[number] = { value in
            guard let value = value as? Value else {
                preconditionFailure("a ticket was fulfilled with a value of another type")
            }
            completion(value)
        }
        return Ticket(number: number, mailbox: mailbox)
    }

    /// Runs `action` on the next turn, when the present call stack is gone.
    func later(_ action: @escaping () -> Void) {
        _ = after(.zero, action)
    }

    /// Whether other threads have left nothing that is not handled.
    var hasNoLetters: Bool { mailbox.isEmpty }

    // MARK: Running

    func run() throws(SocketError) {
        while !isStopping { try turn() }
    }

    func stop() { isStopping = true }

    /// Waits for what happens next, at most for `longest`, and handles it.
    func turn(atMost longest: Duration? = nil) throws(SocketError) {
        var events = [sp_event](repeating: sp_event(), count: Int(Self.eventsAtOnce))
        let count = unsafe events.withUnsafeMutableBufferPointer { events in
            unsafe sp_epoll_wait(
                epoll.raw,
                events.baseAddress,
                Self.eventsAtOnce,
                waitMilliseconds(atMost: longest)
            )
        }
        guard count >= 0 || errno == EINTR else { throw SocketError(call: "epoll_wait") }
        for event in events.prefix(Int(max(count, 0))) {
            if event.identifier == 0 {
                deliver()
            } else {
                // A handler that ran before in this turn may have forgotten this one.
                handlers[event.identifier]?(Interest(rawValue: event.found))
            }
        }
        for timer in timers.takeDue(at: clock()) {
            timerActions.removeValue(forKey: timer)?()
        }
    }

    private func deliver() {
        for letter in mailbox.takeAll() {
            completions.removeValue(forKey: letter.ticket)?(letter.value)
        }
    }

    private func waitMilliseconds(atMost longest: Duration?) -> CInt {
        var wait = longest?.wholeNanoseconds
        if let deadline = timers.nextDeadline() {
            let now = clock()
            wait = min(wait ?? .max, deadline > now ? deadline - now : 0)
        }
        guard let wait else { return -1 }
        // Rounded up: waking before the deadline would spin.
        return CInt(min((wait + 999_999) / 1_000_000, 3_600_000))
    }

    private func newIdentifier() -> UInt64 {
        defer { nextIdentifier += 1 }
        return nextIdentifier
    }
}

extension Duration {
    /// Nanoseconds, none of them negative.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
    }
}
