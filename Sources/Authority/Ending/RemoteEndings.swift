import AuditTrail
import Logging
import PolicyEngine

/// Ends what sessions left on their targets: those of one place together, some errands at once, and
/// again where a target is not reached.
final class RemoteEndings {
    /// One session that may have left something.
    struct Request {
        let attribution: Attribution
        let address: ResolvedAddress
        let transport: RemoteScript.Transport
        /// Nil where nobody knows it, as after a crash.
        let age: TransportAge?
    }

    /// What the end record says.
    struct Outcome: Hashable, Sendable {
        let remoteEnd: AuditEvent.RemoteEnd
        let detail: String?
    }

    /// LIMIT: how long the first session waits for others that end with it.
    static let gathering = Duration.milliseconds(100)

    /// Runs a script on a target about sessions, and calls back once.
    typealias Run = (
        RemoteScript, ResolvedAddress, [Attribution], @escaping (RemoteTask.Outcome) -> Void
    ) -> Void

    private unowned let services: Services
    /// By an errand of its own, in a session process.
    var runScript: Run
    private var machine = EndingMachine()
    private var requests: [String: (request: Request, completion: (Outcome) -> Void)] = [:]
    private var isGathering = false
    /// How many were given up or left something since the start.
    private(set) var failures = 0
    /// Called when there is less to do.
    var quieted: (() -> Void)?

    init(_ services: Services) {
        self.services = services
        runScript = { [unowned services] script, address, sessions, completion in
            RemoteTask.run(script, at: address, about: sessions, services, completion: completion)
        }
    }

    /// Whether there is something that does not merely wait for a target to come back.
    var isBusy: Bool { machine.isBusy }
    /// How many are not ended yet.
    var pending: Int { requests.count }

    /// `completion` runs on the loop, once: in seconds, or in a minute where a target is not reached.
    func end(_ request: Request, completion: @escaping (Outcome) -> Void) {
        guard let session = request.attribution.session else {
            preconditionFailure("what is ended is of a session")
        }
        requests[session] = (request, completion)
        machine.added(session, in: EndingMachine.Place(request.transport, at: request.address))
        guard !isGathering else { return }
        isGathering = true
        _ = services.reactor.after(Self.gathering) { [weak self] in
            self?.isGathering = false
            self?.begin()
        }
    }

    private func begin() {
        while let sessions = machine.taken() {
            run(sessions, sessions.compactMap { requests[$0]?.request })
        }
    }

    private func run(_ sessions: [String], _ requests: [Request]) {
        precondition(requests.count == sessions.count, "what is taken was asked for")
        let address = requests[0].address
        let script = RemoteScript.ending(
            requests.map {
                RemoteScript.Mark(transport: $0.transport, greatestAge: $0.age?.greatest)
            }
        )
        runScript(script, address, requests.map(\.attribution)) { [weak self] outcome in
            guard let self else { return }
            machine.errandEnded(on: address.target.name)
            ended(sessions, outcome)
            begin()
            quieted?()
        }
    }

    private func ended(_ sessions: [String], _ outcome: RemoteTask.Outcome) {
        let outcomes: [(Outcome, mayRetry: Bool)]
        switch outcome {
        case .unreachable(let reason, let mayRetry):
            let outcome = Outcome(
                remoteEnd: .unreachable,
                detail: "ending it failed: \(reason)"
            )
            outcomes = sessions.map { _ in (outcome, mayRetry) }
        case .printed(let output, let value):
            let reports = RemoteReport.endings(of: sessions.count, in: output, value: value)
            outcomes = zip(sessions, reports).map { session, report in
                let isFirst = machine.attempts(at: session) == 1
                return (Self.outcome(report, isFirst: isFirst), mayRetry: report == nil)
            }
        }
        var pausing: [Duration: [String]] = [:]
        for (session, (outcome, mayRetry)) in zip(sessions, outcomes) {
            switch machine.tried(session, mayRetry: mayRetry) {
            case .record: finish(session, outcome)
            case .pause(let pause):
                pausing[pause, default: []].append(session)
                services.logger.warning(
                    "what a session left cannot be ended yet",
                    metadata: ["session.id": "\(session)", "reason": "\(outcome.detail ?? "")"]
                )
            }
        }
        for (pause, sessions) in pausing { resume(sessions, after: pause) }
    }

    private func resume(_ sessions: [String], after pause: Duration) {
        _ = services.reactor.after(pause) { [weak self] in
            for session in sessions { self?.machine.pauseEnded(session) }
            self?.begin()
        }
    }

    private func finish(_ session: String, _ outcome: Outcome) {
        switch outcome.remoteEnd {
        case .exited, .ended: break
        case .left, .uncertain, .unreachable:
            failures += 1
            services.logger.error(
                "what a session left on its target may still run",
                metadata: [
                    "session.id": "\(session)", "end": "\(outcome.remoteEnd)",
                    "detail": "\(outcome.detail ?? "")",
                ]
            )
        }
        requests.removeValue(forKey: session)?.completion(outcome)
    }

    /// Where nothing is found and it is not the first attempt, one whose report was lost ended it.
    static func outcome(_ report: RemoteReport.Ending?, isFirst: Bool = true) -> Outcome {
        guard let report else {
            return Outcome(
                remoteEnd: .unreachable,
                detail: "ending it failed: the target did not say how it went"
            )
        }
        var details: [String] = []
        if report.ended > 0 {
            let were = report.ended == 1 ? "process was" : "processes were"
            details.append("\(report.ended) \(were) ended")
        }
        if report.ended == 0, !isFirst { details.append("an earlier attempt may have ended it") }
        if report.uncertain > 0 {
            details.append("of \(report.uncertain) nothing tells of which session they are")
        }
        if report.older > 0 {
            details.append("\(report.older) of an older session were left alone")
        }
        let remoteEnd: AuditEvent.RemoteEnd =
            if report.left > 0 {
                .left(processes: report.left)
            } else if report.uncertain > 0 {
                .uncertain(processes: report.uncertain)
            } else if report.ended > 0 || !isFirst {
                .ended
            } else {
                .exited
            }
        return Outcome(
            remoteEnd: remoteEnd,
            detail: details.isEmpty ? nil : details.joined(separator: "; ")
        )
    }
}
