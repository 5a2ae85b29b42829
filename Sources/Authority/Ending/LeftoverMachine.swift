import AuditTrail

/// Which of the sessions that a crash left open are ended on their targets now.
///
/// | state of one | taken | tried, and known | tried, not reached | pause over | recorded |
/// |---|---|---|---|---|---|
/// | waiting | ending | – | – | – | – |
/// | ending | – | recording | pausing; recording at the last | – | – |
/// | pausing | – | – | – | waiting | – |
/// | recording | – | – | – | – | gone |
///
/// What is not in the table is a mistake of ours.
struct LeftoverMachine: Sendable {
    /// LIMIT: on all targets together; clients want session processes, too.
    static let atOnce = 8
    /// LIMIT: on one target, whose sshd drops connections at random when too many sign in at once.
    static let atOnceOnTarget = 4
    /// LIMIT: after each attempt that did not reach the target; there is one more than pauses.
    static let pauses: [Duration] = [.seconds(2), .seconds(8), .seconds(30)]

    private enum State: Sendable {
        case waiting
        case ending
        case pausing
        case recording
    }

    private struct Entry: Sendable {
        let leftover: LeftoverSession
        var state = State.waiting
        var attempts = 0

        var target: String? { leftover.attribution.target }
    }

    private var entries: [Entry]

    init(_ leftovers: [LeftoverSession]) { entries = leftovers.map { Entry(leftover: $0) } }

    /// Whether there is something that does not merely wait for a target to come back.
    var isBusy: Bool {
        entries.contains { entry in
            switch entry.state {
            case .waiting, .ending, .recording: true
            case .pausing: false
            }
        }
    }

    /// The next one that may be ended now, if any.
    mutating func taken() -> LeftoverSession? {
        let running = entries.filter { isEnding($0) }
        guard running.count < Self.atOnce else { return nil }
        let next = entries.firstIndex { entry in
            switch entry.state {
            case .waiting:
                running.count { $0.target == entry.target } < Self.atOnceOnTarget
            case .ending, .pausing, .recording: false
            }
        }
        guard let next else { return nil }
        entries[next].state = .ending
        entries[next].attempts += 1
        return entries[next].leftover
    }

    enum TriedAction: Hashable {
        case record
        /// Try again after this.
        case pause(Duration)
    }

    /// An attempt is over; `mayRetry` where the target was not reached, and may be later.
    mutating func tried(_ session: String, mayRetry: Bool) -> TriedAction {
        let index = index(of: session, in: .ending)
        let attempts = entries[index].attempts
        guard mayRetry, attempts <= Self.pauses.count else {
            entries[index].state = .recording
            return .record
        }
        entries[index].state = .pausing
        return .pause(Self.pauses[attempts - 1])
    }

    mutating func pauseEnded(_ session: String) {
        entries[index(of: session, in: .pausing)].state = .waiting
    }

    /// Its end is durable, or cannot be: then the next start takes it up again.
    mutating func recorded(_ session: String) {
        entries.remove(at: index(of: session, in: .recording))
    }

    private func isEnding(_ entry: Entry) -> Bool {
        switch entry.state {
        case .ending: true
        case .waiting, .pausing, .recording: false
        }
    }

    private func index(of session: String, in state: State) -> Int {
        let index = entries.firstIndex { $0.leftover.id == session }
        guard let index, entries[index].state == state else {
            preconditionFailure("a leftover goes from state to state in their order")
        }
        return index
    }
}
