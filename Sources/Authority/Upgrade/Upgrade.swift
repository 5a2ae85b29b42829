/// One upgrade, from the signal to the end of this release.
struct Upgrade {
    /// LIMIT: for who has not signed in; there is nearly always somebody who does not.
    static let signInPatience = Duration.seconds(2)
    /// LIMIT: for what is under way to come to rest; what takes longer is told to give way.
    static let patience = Duration.seconds(10)
    /// LIMIT: for that to have ended, longer than a process has for it; where it has not, there is no
    /// upgrade.
    static let lastPatience = Duration.seconds(7)
    /// LIMIT: between two looks.
    static let interval = Duration.milliseconds(20)
    /// What those are told who have to give way.
    static let reason = "the bastion is being upgraded: try again"

    let successor: Successor
    /// When everything was told to come to rest; nil before.
    private var begunAt: UInt64?
    private var hasDismissed = false
    /// Whether somebody wants to have the files read again, by this release or the other one.
    var wantsReload = false
    /// Whether all that had not come to rest was told to give way.
    private(set) var hasGivenWay = false

    init(_ successor: Successor) { self.successor = successor }

    var isSettling: Bool { begunAt != nil }

    mutating func beginSettling(at now: UInt64) { begunAt = now }

    enum Step: Hashable {
        case wait
        /// Who has not signed in has to come again.
        case dismiss
        /// What is still under way is told that it does not go on.
        case giveWay
        case callOff
    }

    /// What to do at a moment where something is still under way.
    mutating func next(at now: UInt64) -> Step {
        guard let begunAt else { return .wait }
        func isOver(_ time: Duration) -> Bool { now >= begunAt &+ time.wholeNanoseconds }
        if !hasDismissed, isOver(Self.signInPatience) {
            hasDismissed = true
            return .dismiss
        }
        if !hasGivenWay, isOver(Self.patience) {
            hasGivenWay = true
            return .giveWay
        }
        return isOver(Self.patience + Self.lastPatience) ? .callOff : .wait
    }
}
