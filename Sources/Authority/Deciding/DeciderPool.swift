import Logging
import MessageSockets
import SessionProtocol

/// The processes that decide, all loaded with the same snapshot.
///
/// They are hostile as soon as they have read a command line: an answer counts only for the
/// question that was asked, and everything else that can happen to a question is a denial.
final class DeciderPool {
    /// What came of a question.
    enum Verdict: Hashable, Sendable {
        /// The answer to the question that was asked.
        case answered(DecisionAnswer)
        /// Nobody could tell: denied, and the reason is for the audit trail.
        case undecidable(reason: String)
    }

    /// LIMIT: questions that wait for a process; more are denied.
    static let maximumWaiting = 1024
    /// LIMIT: how long a question waits for one, as long as a start may take; then it is denied.
    static let waitingTimeout = DeciderProcess.loadTimeout
    /// LIMIT: the pause before another process is started where starting fails.
    static let restartPause = Duration.milliseconds(500)

    private typealias Asked = (question: DecisionQuestion, completion: (Verdict) -> Void)

    private let program: String
    private let account: ProcessAccount?
    private let snapshot: Descriptor
    /// Two or more: one may die over a question while the others answer.
    let size: Int
    private let version: UInt64
    private let reactor: Reactor
    private let logger: Logger
    private var processes: [DeciderProcess] = []
    private let waiting: WaitingLine<Asked>
    /// Itself from its retirement until the last answer: its owner has let go of it by then.
    private var retired: DeciderPool?
    private var isReady = false
    private var starts = 0
    /// Whether another process is started after a pause.
    private(set) var hasRestartTimer = false

    /// How many can answer.
    var ready: Int { processes.count(where: \.hasLoaded) }

    private var isRetired: Bool { retired != nil || hasEnded }
    private var hasEnded = false

    /// Whether the snapshot can be used: what the first process made of it.
    enum FirstLoad {
        /// A process has loaded it.
        case ready
        /// A process was lost before any had loaded it.
        case failed(String)
    }

    /// Called once, and forgotten with what it holds.
    var settled: ((FirstLoad) -> Void)?
    /// Called whenever a process is lost.
    var lostProcess: ((String) -> Void)?
    /// Called with the digest of a question that ended a process.
    var brokeOn: (([UInt8]) -> Void)?

    init(
        program: String,
        as account: ProcessAccount? = nil,
        snapshot: Descriptor,
        version: UInt64,
        size: Int,
        waitingTimeout: Duration = DeciderPool.waitingTimeout,
        on reactor: Reactor,
        logger: Logger
    ) {
        self.program = program
        self.account = account
        self.snapshot = snapshot
        self.version = version
        self.size = size
        self.reactor = reactor
        self.logger = logger
        waiting = WaitingLine(
            limit: Self.maximumWaiting,
            patience: waitingTimeout,
            on: reactor
        )
    }

    func fill() {
        guard !isRetired else { return }
        while processes.count < size {
            guard start() else { return restartLater() }
        }
    }

    func ask(_ question: DecisionQuestion, completion: @escaping (Verdict) -> Void) {
        let waits = waiting.join((question, completion)) { [weak self] asked in
            asked.completion(.undecidable(reason: "no decider was free in time"))
            self?.endIfDone()
        }
        guard waits else {
            return completion(.undecidable(reason: "too many questions wait"))
        }
        dispatch()
    }

    /// Answers what is asked already, then ends.
    func retire() {
        guard !isRetired else { return }
        settled = nil
        retired = self
        if processes.isEmpty { denyWaiting("the deciders of this snapshot are gone") }
        endIfDone()
    }

    private func start() -> Bool {
        do throws(SocketError) {
            let process = try DeciderProcess(
                program: program,
                as: account,
                snapshot: snapshot,
                version: version,
                on: reactor,
                logger: logger,
                loaded: { [weak self] _ in self?.loaded() },
                lost: { [weak self] process, reason in self?.lost(process, reason) }
            )
            processes.append(process)
            return true
        } catch {
            logger.error("a decider did not start", metadata: ["reason": "\(error)"])
            tell(.failed("\(error)"))
            return false
        }
    }

    private func loaded() {
        isReady = true
        tell(.ready)
        dispatch()
    }

    private func tell(_ load: FirstLoad) {
        let settled = self.settled
        self.settled = nil
        settled?(load)
    }

    private func lost(_ process: DeciderProcess, _ reason: String) {
        processes.removeAll { $0 === process }
        logger.error("a decider was lost", metadata: ["reason": "\(reason)"])
        lostProcess?(reason)
        tell(.failed(reason))
        if isRetired, processes.isEmpty {
            denyWaiting("the deciders of this snapshot are gone")
        } else {
            restartLater()
        }
        endIfDone()
    }

    private func restartLater() {
        guard !hasRestartTimer, !isRetired else { return }
        hasRestartTimer = true
        // The first loss is mended at once; one after the other is slowed down.
        starts += 1
        let pause = starts == 1 ? Duration.zero : Self.restartPause
        _ = reactor.after(pause) { [weak self] in
            self?.hasRestartTimer = false
            self?.fill()
        }
        if processes.isEmpty, !isReady { denyWaiting("no decider could load the snapshot") }
    }

    private func dispatch() {
        while let process = processes.first(where: \.isIdle), let asked = waiting.takeFirst() {
            process.ask(asked.question) { [weak self] outcome in
                self?.settle(asked, outcome)
            }
        }
        endIfDone()
    }

    private func settle(_ asked: Asked, _ outcome: DeciderProcess.Outcome) {
        switch outcome {
        case .lost(let reason, let brokeOnQuestion):
            if brokeOnQuestion { brokeOn?(asked.question.digest) }
            asked.completion(.undecidable(reason: "the decider \(reason)"))
        case .answer(let answer):
            starts = 0
            asked.completion(Self.verdict(answer, to: asked.question))
        }
        reactor.later { [weak self] in self?.dispatch() }
    }

    /// What an answer is worth: nothing where it is not the answer to this question.
    static func verdict(_ answer: DecisionAnswer, to question: DecisionQuestion) -> Verdict {
        guard answer.number == question.number, answer.digest == question.digest else {
            return .undecidable(reason: "the decider answered another question")
        }
        switch answer.effect {
        case .deny, .noGrant: return .answered(answer)
        case .permit, .review:
            guard !answer.determiningRules.isEmpty else {
                return .undecidable(reason: "the decider permitted without a rule")
            }
            return .answered(answer)
        }
    }

    private func denyWaiting(_ reason: String) {
        for asked in waiting.takeAll() { asked.completion(.undecidable(reason: reason)) }
    }

    /// Stops what has nothing to answer any more; the last answer ends the pool itself.
    private func endIfDone() {
        guard isRetired, waiting.isEmpty else { return }
        let needless = processes.filter { !$0.isAsked }
        processes.removeAll { !$0.isAsked }
        for process in needless { process.stop() }
        guard processes.isEmpty else { return }
        hasEnded = true
        retired = nil
    }
}
