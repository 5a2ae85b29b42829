import AuditTrail

/// Ends of sessions and connections that the audit trail did not take, kept until it does.
///
/// They happened already, so nothing can be refused for them; without them what they end would be
/// live in the trail until the next start.
struct UnwrittenEnds {
    /// LIMIT: as many as may wait for their commit; what comes later is closed at the next start.
    static let maximumRecords = AuditLimits.queuedRecords
    /// LIMIT: some of them hold a command, because they were over before they were decided.
    static let maximumBytes = 16 * 1024 * 1024
    /// LIMIT: submitted at once, so that other records find room beside them.
    static let submissionsAtOnce = 64
    /// LIMIT: between two tries; the first pause, and the longest, in seconds.
    static let pauseSeconds: ClosedRange<Int64> = 1...30

    // INVARIANT: in the order in which they happened; the first `submitted` are being tried.
    private(set) var submissions: [[NewAuditRecord]] = []
    private var submitted = 0
    /// Of the submitted ones, in whatever order they are answered.
    private var done: Set<Int> = []
    private var answers = 0
    private var bytes = 0
    private(set) var records = 0
    private var nextPauseSeconds = pauseSeconds.lowerBound

    var isEmpty: Bool { submissions.isEmpty }

    /// False where no more fits.
    mutating func append(_ submission: [NewAuditRecord]) -> Bool {
        let weight = Self.weight(submission)
        guard records + submission.count <= Self.maximumRecords,
            bytes + weight <= Self.maximumBytes
        else { return false }
        submissions.append(submission)
        records += submission.count
        bytes += weight
        return true
    }

    /// How long to wait before the next try; longer each time.
    mutating func takePause() -> Duration {
        defer { nextPauseSeconds = min(nextPauseSeconds * 2, Self.pauseSeconds.upperBound) }
        return .seconds(nextPauseSeconds)
    }

    /// What to try now; each is to be answered, by its place in the list.
    mutating func beginTry() -> [[NewAuditRecord]] {
        precondition(submitted == 0, "one try is under way at a time")
        let tried = Array(submissions.prefix(Self.submissionsAtOnce))
        submitted = tried.count
        answers = 0
        done = []
        return tried
    }

    /// How far a try is.
    enum Progress: Hashable {
        case underWay
        case tried(all: Bool)
    }

    /// `isDone` where it is written, or will never be.
    mutating func answered(_ index: Int, isDone: Bool) -> Progress {
        precondition(index < submitted && answers < submitted, "each is answered once")
        answers += 1
        if isDone {
            done.insert(index)
            records -= submissions[index].count
            bytes -= Self.weight(submissions[index])
        }
        guard answers == submitted else { return .underWay }
        let kept = (0..<submitted).filter { !done.contains($0) }.map { submissions[$0] }
        submissions.replaceSubrange(..<submitted, with: kept)
        submitted = 0
        if kept.isEmpty { nextPauseSeconds = Self.pauseSeconds.lowerBound }
        return .tried(all: kept.isEmpty)
    }

    private static func weight(_ submission: [NewAuditRecord]) -> Int {
        submission.reduce(0) { $0 + $1.weightBytes }
    }
}
