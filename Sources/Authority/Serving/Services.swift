import AuditTrail
import Logging
import RecordingStore
import SessionProtocol

/// What connections, sessions and endings share; all of it belongs to the loop's thread.
final class Services {
    /// LIMIT: threads for names, agents and files.
    static let helperThreads = 8
    /// LIMIT: jobs that wait for such a thread; more are refused.
    static let helperJobs = 4096

    /// LIMIT: threads that look how the bastion is.
    static let watcherThreads = 2
    /// LIMIT: jobs that wait for such a thread; more are not done.
    static let watcherJobs = 16

    let reactor: Reactor
    let logger: Logger
    let confinement: ProcessConfinement
    let auditor: Auditor
    let metering: Metering
    let work: BlockingWork
    /// For what is looked at to say how the bastion is: where all of these hang, that is an answer.
    let watchers = BlockingWork(
        label: "sallyport.health",
        atOnce: watcherThreads,
        limit: watcherJobs
    )
    let recordings: RecordingFolder
    /// Those of the start: others in the settings count only after the next.
    let places: HandedPlaces
    let spares: SpareProcesses
    let mint: Mint
    let hostKey: Signer
    let hostKeyBytes: [UInt8]
    var snapshot: Snapshot
    var snapshotVersion: UInt64
    var deciders: DeciderPool
    var locks: Locks
    var breaker = TargetBreaker()
    var deniedDigests = DeniedDigests()
    /// How often each limit refused or ended something.
    var limitCounts = LimitCounts() {
        didSet { metering.measurements.count(limitCounts, since: oldValue) }
    }
    /// How much each principal has now.
    var principalUse = PrincipalUse()
    /// The exchange hashes of the transports that sessions have now.
    var liveTransports: Set<[UInt8]> = []
    /// The marks of what runs on targets or is still to be ended there: no other transport of ours
    /// gets one, or what it runs would be ended with that.
    ///
    /// The kernel gives the ports of a transport that is gone to another one, some at once.
    var takenMarks: Set<String> = []
    private(set) lazy var storage = StorageWatch(self)
    private(set) lazy var hostKeyProbe = SigningProbe(hostKey, on: reactor)
    private(set) lazy var authorityKeyProbe = SigningProbe(mint.signer, on: reactor)
    private(set) lazy var endings = RemoteEndings(self)
    private(set) var identification: Identification
    private var nextQuestion: UInt64 = 1

    init(
        reactor: Reactor,
        logger: Logger,
        confinement: ProcessConfinement,
        auditor: Auditor,
        metering: Metering,
        work: BlockingWork,
        recordings: RecordingFolder,
        spares: SpareProcesses,
        mint: Mint,
        hostKey: Signer,
        hostKeyBytes: [UInt8],
        snapshot: Snapshot,
        snapshotVersion: UInt64,
        deciders: DeciderPool,
        locks: Locks
    ) {
        self.reactor = reactor
        self.logger = logger
        self.confinement = confinement
        self.auditor = auditor
        self.metering = metering
        self.work = work
        self.recordings = recordings
        self.spares = spares
        self.mint = mint
        self.hostKey = hostKey
        self.hostKeyBytes = hostKeyBytes
        self.snapshot = snapshot
        places = HandedPlaces(snapshot.settings)
        self.snapshotVersion = snapshotVersion
        self.deciders = deciders
        self.locks = locks
        identification = Identification(inventory: snapshot.inventory, locks: locks)
    }

    /// After another inventory or other locks are in force.
    func refreshIdentification() {
        identification = Identification(inventory: snapshot.inventory, locks: locks)
    }

    func takeQuestionNumber() -> UInt64 {
        defer { nextQuestion += 1 }
        return nextQuestion
    }

    /// Connects to an address, by a transport that nothing on a target is confused with.
    func dial(
        _ host: String,
        port: UInt16,
        within timeout: Duration,
        completion: @escaping (Dial.Outcome) -> Void
    ) -> Dial {
        Dial(
            host: host,
            port: port,
            within: timeout,
            on: reactor,
            lookups: work,
            unless: { [weak self] in self?.takenMarks.contains($0.ends.mark) ?? false },
            completion: completion
        )
    }

    static func milliseconds() -> UInt64 { Reactor.monotonicNanoseconds() / 1_000_000 }

    /// The same for instants that may lie before the machine's start.
    static func signedMilliseconds() -> Int64 { Int64(milliseconds()) }

    /// Asks the deciders, or answers for them where the same question broke one before.
    func decide(_ plan: SessionPlan, completion: @escaping (DeciderPool.Verdict) -> Void) {
        let question = plan.question(number: takeQuestionNumber(), at: .now())
        guard !deniedDigests.contains(question.digest, at: Self.milliseconds()) else {
            let reason = "the same question ended a decider less than ten minutes ago"
            // Later, as every other answer, so that the caller sees one order of events.
            reactor.later { completion(.undecidable(reason: reason)) }
            return
        }
        let start = Reactor.monotonicNanoseconds()
        deciders.ask(question) { [metering] verdict in
            metering.measurements.took(since: start, .decisionSeconds)
            completion(verdict)
        }
    }
}
