/// One upgrade, from the signal to the end of this release.
struct Upgrade {
    /// LIMIT: for what is under way to come to rest; what takes longer is told to give way.
    static let patience = Duration.seconds(10)
    /// LIMIT: for that to have ended; where it has not, there is no upgrade.
    static let lastPatience = Duration.seconds(5)
    /// LIMIT: between two looks.
    static let interval = Duration.milliseconds(20)

    let successor: Successor
    /// When it gives up, by the monotonic clock; nil before anybody is told.
    private var begunAt: UInt64?
    /// Whether all that had not come to rest was told to give way.
    private(set) var hasGivenWay = false

    init(_ successor: Successor) { self.successor = successor }

    var isSettling: Bool { begunAt != nil }

    mutating func beginSettling(at now: UInt64) { begunAt = now }

    enum Step: Hashable {
        case wait
        /// What is still under way is told that it does not go on.
        case giveWay
        case callOff
    }

    /// What to do at a moment where something is still under way.
    mutating func next(at now: UInt64) -> Step {
        guard let begunAt else { return .wait }
        let patience = begunAt &+ Self.patience.wholeNanoseconds
        guard now >= patience else { return .wait }
        guard hasGivenWay else {
            hasGivenWay = true
            return .giveWay
        }
        return now >= patience &+ Self.lastPatience.wholeNanoseconds ? .callOff : .wait
    }
}
