import PolicyEngine

/// Which of the sessions that left something on targets are ended now, and which together.
///
/// Those of one place are ended by one errand, and an errand needs a session process, a certificate
/// and a connection; so a lock that ends hundreds of sessions needs a few.
///
/// | state of one | taken | tried, and known | tried, not reached | pause over |
/// |---|---|---|---|---|
/// | waiting | ending | – | – | – |
/// | ending | – | gone | pausing; gone at the last | – |
/// | pausing | – | – | – | waiting |
///
/// What is not in the table is a mistake of ours. It holds no more than there are sessions.
struct EndingMachine: Sendable {
    /// LIMIT: errands on all targets together; clients want session processes, too.
    static let atOnce = 8
    /// LIMIT: on one target, whose sshd drops connections at random when too many sign in at once.
    static let atOnceOnTarget = 4
    /// LIMIT: sessions of one errand.
    static let together = RemoteScript.maximumMarks
    /// LIMIT: after each attempt that did not reach the target; there is one more than pauses.
    static let pauses: [Duration] = [.seconds(2), .seconds(8), .seconds(30)]

    /// What sessions of one errand have in common; they differ in the client's port.
    struct Place: Hashable, Sendable {
        let target: TargetName
        let login: Login
        let client: String
        let server: SocketAddress

        init(_ transport: RemoteScript.Transport, at address: ResolvedAddress) {
            target = address.target.name
            login = address.login
            client = transport.client.host
            server = transport.server
        }
    }

    private enum State: Sendable {
        case waiting
        case ending
        case pausing
    }

    private struct Entry: Sendable {
        let session: String
        let place: Place
        var state = State.waiting
        var attempts = 0

        var isWaiting: Bool {
            switch state {
            case .waiting: true
            case .ending, .pausing: false
            }
        }

        var isPausing: Bool {
            switch state {
            case .pausing: true
            case .waiting, .ending: false
            }
        }
    }

    private var entries: [Entry] = []
    /// How many errands there are on each target.
    private var errands: [TargetName: Int] = [:]

    /// Whether there is something that does not merely wait for a target to come back.
    var isBusy: Bool { entries.contains { !$0.isPausing } }

    mutating func added(_ session: String, in place: Place) {
        precondition(!entries.contains { $0.session == session }, "a session is ended once")
        entries.append(Entry(session: session, place: place))
    }

    /// The sessions that may be ended together now, the longest waiting ones first, if any.
    mutating func taken() -> [String]? {
        guard errands.values.reduce(0, +) < Self.atOnce else { return nil }
        let first = entries.first {
            $0.isWaiting && errands[$0.place.target, default: 0] < Self.atOnceOnTarget
        }
        guard let place = first?.place else { return nil }
        errands[place.target, default: 0] += 1
        var sessions: [String] = []
        for index in entries.indices where sessions.count < Self.together {
            guard entries[index].isWaiting, entries[index].place == place else { continue }
            entries[index].state = .ending
            entries[index].attempts += 1
            sessions.append(entries[index].session)
        }
        return sessions
    }

    /// An errand is over; each of its sessions is tried then.
    mutating func errandEnded(on target: TargetName) {
        guard let count = errands[target] else { preconditionFailure("an errand ends once") }
        errands[target] = count > 1 ? count - 1 : nil
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
            entries.remove(at: index)
            return .record
        }
        entries[index].state = .pausing
        return .pause(Self.pauses[attempts - 1])
    }

    /// How often it was tried, the present attempt included.
    func attempts(at session: String) -> Int { entries[index(of: session, in: .ending)].attempts }

    mutating func pauseEnded(_ session: String) {
        entries[index(of: session, in: .pausing)].state = .waiting
    }

    private func index(of session: String, in state: State) -> Int {
        let index = entries.firstIndex { $0.session == session }
        guard let index, entries[index].state == state else {
            preconditionFailure("an ending goes from state to state in their order")
        }
        return index
    }
}
