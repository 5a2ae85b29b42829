/// When a transport that was lost before it was authenticated is tried again.
///
/// `MaxStartups` of sshd drops connections at random under load; a retry some moments later, not at
/// the same moment as all others, gets through.
struct ConnectRetry: Sendable {
    /// LIMIT: attempts after the first.
    static let maximumRetries = 3
    static let firstPauseMilliseconds: UInt64 = 100

    enum Action: Hashable, Sendable {
        case retry(afterMilliseconds: UInt64)
        case giveUp
    }

    private let deadline: UInt64
    private var retries = 0

    /// `deadline` is the end of the setup time by the clock whose `now` is given to `lost`.
    init(deadlineMilliseconds deadline: UInt64) { self.deadline = deadline }

    /// `jitter` is any number, taken at random.
    mutating func lost(at nowMilliseconds: UInt64, jitter: UInt64) -> Action {
        guard retries < Self.maximumRetries else { return .giveUp }
        let base = Self.firstPauseMilliseconds << UInt64(retries)
        let pause = base + jitter % base
        guard nowMilliseconds + pause < deadline else { return .giveUp }
        retries += 1
        return .retry(afterMilliseconds: pause)
    }
}
