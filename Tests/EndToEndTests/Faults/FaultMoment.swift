import AuditTrail
import TestSupport

/// One fault: what is killed, when, and what runs meanwhile.
///
/// All of it follows from a seed and a number, so that a moment can be had again without those before
/// it.
struct FaultMoment: Sendable, CustomStringConvertible {
    /// What gets a SIGKILL.
    enum Victim: String, Sendable, CaseIterable {
        /// One that serves, or a spare.
        case sessionProcess
        case decider
        case authority
        /// One of the processes by which the target serves its connections.
        case targetConnection
        /// The sshd that listens, so that nobody can connect until it is started again.
        case targetListener
        case client
    }

    /// After what the pause begins.
    enum Event: Sendable {
        case clientsStarted
        case recorded(AuditKind)
        /// By the command of the first client, in lines.
        case printed(lines: Int)
        case firstClientEnded
    }

    /// What the command of a client does; each leaves its mark on the target first.
    enum Work: String, Sendable, CaseIterable {
        /// Ends at once.
        case quick
        /// A line every few milliseconds.
        case chatty
        /// A megabyte as fast as it goes.
        case bulk
        /// Repeats what the client says, until it says nothing more.
        case talk
    }

    /// LIMIT: of lines that a chatty command prints.
    static let chattyLines = 40

    let seed: UInt64
    let number: Int
    let victim: Victim
    let event: Event
    let pause: Duration
    /// Of several that there are, by the order of their start.
    let choice: UInt64
    /// Of three clients, on two targets.
    let work: [Work]

    init(seed: UInt64, number: Int) {
        var generator = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(number))
        self.seed = seed
        self.number = number
        // In turn, so that a short run has each.
        victim = Victim.allCases[number % Victim.allCases.count]
        work = (0..<3).map { index in
            // Somebody always is there for long enough to be met by a fault.
            index == 0
                ? [.chatty, .bulk, .talk].randomElement(using: &generator) ?? .talk
                : Work.allCases.randomElement(using: &generator) ?? .quick
        }
        let event = Self.event(work[0], &generator)
        self.event = event
        let longest = Self.longestPause(after: event)
        pause = .microseconds(Int.random(in: 0...longest, using: &generator))
        choice = generator.next()
    }

    private static func event(_ work: Work, _ generator: inout SeededGenerator) -> Event {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0, 1: return .clientsStarted
        case 2...4:
            let kinds: [AuditKind] = [
                .connectionOpened, .signedIn, .sessionOpened, .decided, .certificateIssued,
                .sessionStarted,
            ]
            return .recorded(kinds.randomElement(using: &generator) ?? .decided)
        case 5, 6:
            let lines = work == .chatty ? chattyLines : 1
            return .printed(lines: Int.random(in: 1...lines, using: &generator))
        default:
            // What talks does not end before the fault.
            return work == .talk ? .printed(lines: 1) : .firstClientEnded
        }
    }

    /// In microseconds: as long as it takes until another event is likelier to be the last one.
    private static func longestPause(after event: Event) -> Int {
        switch event {
        case .clientsStarted: 250_000
        case .recorded: 10_000
        case .printed: 20_000
        case .firstClientEnded: 10_000
        }
    }

    var description: String {
        let what =
            switch event {
            case .clientsStarted: "the start of the clients"
            case .recorded(let kind): "the record `\(kind.rawValue)`"
            case .printed(let lines): "line \(lines) of the first client"
            case .firstClientEnded: "the end of the first client"
            }
        let clients = work.map(\.rawValue).joined(separator: ", ")
        return "moment \(number) of seed \(seed): kill \(victim.rawValue) \(pause) after \(what);"
            + " clients: \(clients)"
    }
}
