import AuditTrail
import Foundation
import Recording
import TestSupport

/// What is wrong after a fault.
///
/// Nothing acknowledged is missing, nothing unrecorded ran, everybody was told, everything is closed.
extension FaultRun.Evidence {
    /// One line for each thing.
    func findings(play: (String) async throws -> Outcome) async throws -> [String] {
        var findings = trailFindings
        for (client, processID, outcome) in clients {
            findings += endFindings(client, processID, outcome)
            findings += try await sessionFindings(client, outcome, play).map {
                "\(client.token) (\(client.work.rawValue)): \($0)"
            }
        }
        return findings
    }

    // MARK: the trail

    private var trailFindings: [String] {
        var findings: [String] = []
        if Array(records.prefix(acknowledged.count)) != acknowledged {
            findings.append("records that were there before the fault are gone, or are others")
        }
        if records.map(\.sequence) != Array(firstSequence..<firstSequence + Int64(records.count)) {
            findings.append("the numbers of records have a gap")
        }
        if !open.isEmpty { findings.append("still open: \(open)") }
        if records.contains(where: { $0.kind == .protocolViolation }) {
            findings.append("a process is said to have lied")
        }
        let deaths = records.filter { $0.kind == .processDied }
        let mayDie = [.sessionProcess, .decider].contains(moment.victim) ? 1 : 0
        if deaths.count > mayDie { findings.append("of our processes died, too: \(deaths)") }
        if let most = mostAffected, failures > most {
            findings.append("\(failures) clients were affected, not \(most)")
        }
        return findings
    }

    /// How many clients one fault may cost; nil where it may be all of them.
    private var mostAffected: Int? {
        switch moment.victim {
        case .authority, .targetListener: nil
        case .sessionProcess, .decider, .targetConnection, .client: killed == nil ? 0 : 1
        }
    }

    private var failures: Int { clients.count { $0.outcome?.end != .exited(0) } }

    // MARK: the clients

    private func endFindings(
        _ client: FaultClient,
        _ processID: Int32,
        _ outcome: Outcome?
    ) -> [String] {
        guard let outcome else { return ["\(client.token) hangs"] }
        switch outcome.end {
        case .exited(0):
            // A cut output must not look like a whole one. OpenSSH's client drops what it has not written
            // yet when its connection is closed, says that it is, and exits with the status that it got.
            let isWhole = outcome.text.hasSuffix(client.lastLine + "\n")
            guard isWhole || outcome.errorText.contains("closed by remote host") else {
                return ["\(client.token) succeeds without its last line: \(outcome)"]
            }
            return []
        case .exited:
            guard !outcome.errors.isEmpty else {
                return ["\(client.token) is not told why it ends: \(outcome)"]
            }
            return []
        case .killed:
            return killed == processID ? [] : ["\(client.token) was killed by somebody: \(outcome)"]
        }
    }

    // MARK: the sessions

    private func sessionFindings(
        _ client: FaultClient,
        _ outcome: Outcome?,
        _ play: (String) async throws -> Outcome
    ) async throws -> [String] {
        var findings: [String] = []
        let runs = try client.runs()
        if runs > 1 { findings.append("its command ran \(runs) times") }
        if try Machine.isRunning(client.token) { findings.append("its command still runs") }
        let received = outcome?.output ?? []
        let openings = records.filter { $0.isOpening(with: client.token) }
        guard let opening = openings.first else {
            if runs > 0 { findings.append("its command ran, and no session is on record") }
            if !received.isEmpty { findings.append("it received what no session sent") }
            return findings
        }
        if openings.count > 1 { findings.append("\(openings.count) sessions are on record") }
        let own = records.filter { $0.attribution.session == opening.attribution.session }
        if runs > 0 { findings += try orderFindings(client, own) }
        if own.last(where: { $0.kind == .sessionEnded }) == nil {
            findings.append("its session has no end")
        }
        let recording = own.compactMap(\.recording).first.map { "\(recordings)/\($0)" }
        guard let recording, FileManager.default.fileExists(atPath: recording) else {
            if runs > 0 { findings.append("its command ran, and nothing was recorded") }
            return findings
        }
        findings += try recordingFindings(recording)
        let played = try await play(recording)
        if !played.succeeded { findings.append("its recording cannot be played: \(played)") }
        if !played.output.starts(with: received) {
            findings.append("it received what is not recorded: \(received.count) bytes")
        }
        return findings
    }

    /// LIMIT: by how much a kernel's clock for files lags behind: a tick.
    private static let tickSeconds = 0.010

    /// Each command has its decision and its certificate on record before it runs.
    private func orderFindings(_ client: FaultClient, _ own: [AuditRecord]) throws -> [String] {
        guard let decision = own.first(where: \.isPermit) else {
            return ["its command ran, and no permit is on record"]
        }
        guard let certificate = own.first(where: \.isSessionCertificate) else {
            return ["its command ran, and no certificate is on record"]
        }
        guard decision.sequence < certificate.sequence else {
            return ["its certificate is older than its decision"]
        }
        guard let ran = try client.ranAt() else { return [] }
        let late = certificate.seconds - ran.timeIntervalSince1970
        return late > Self.tickSeconds
            ? ["its certificate was recorded \(late) s after its command ran"] : []
    }

    /// It is whole events to its end, and closed.
    private func recordingFindings(_ path: String) throws -> [String] {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var reader = CastReader()
        var isClosed = false
        reader.feed(bytes[...])
        while let item = try reader.next() {
            switch item {
            case .header: break
            case .damaged(let line, let reason): return ["line \(line) of \(path): \(reason)"]
            case .event(let event):
                if case .fact(let fact) = event.kind { isClosed = fact.isLast }
            }
        }
        guard reader.pendingBytes == 0 else { return ["\(path) ends in a cut line"] }
        return isClosed ? [] : ["\(path) is not closed"]
    }
}
