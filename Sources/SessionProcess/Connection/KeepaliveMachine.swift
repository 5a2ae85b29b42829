/// Whether a peer that says nothing is still there.
///
/// A keepalive goes out every interval. Whatever comes from the peer until the next one is due
/// answers it; a peer that answers none of so many in a row is gone, however quietly: it is noticed
/// within `maximumUnanswered + 1` intervals after its last packet. A process that could not run for a
/// while counts one interval for it, and reads what came meanwhile before the next.
struct KeepaliveMachine {
    /// What is due.
    enum Action: Hashable {
        case wait
        case send
        case giveUp
    }

    /// LIMIT: keepalives in a row without an answer, as OpenSSH's `ClientAliveCountMax`: the loss of
    /// one route for a moment ends nothing.
    static let maximumUnanswered = 3
    /// Why a connection ended, for people.
    static let silence = "it left \(maximumUnanswered) keepalives unanswered"

    private let interval: UInt64
    /// When the next one is due, on the clock of the loop.
    private(set) var deadline: UInt64
    private var unanswered = 0
    private var receivedPackets: UInt64 = 0

    init(seconds: UInt32, now: UInt64) {
        interval = Clock.seconds(max(seconds, 1))
        deadline = now + interval
    }

    /// Time has passed; `receivedPackets` is how many came since the connection began.
    mutating func passed(to now: UInt64, receivedPackets: UInt64) -> Action {
        guard now >= deadline else { return .wait }
        deadline = now + interval
        if receivedPackets != self.receivedPackets { unanswered = 0 }
        self.receivedPackets = receivedPackets
        guard unanswered < Self.maximumUnanswered else { return .giveUp }
        unanswered += 1
        return .send
    }
}
