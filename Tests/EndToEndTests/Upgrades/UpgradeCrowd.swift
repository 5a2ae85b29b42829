import Foundation
import Synchronization
import TestSupport

/// Sessions that move data both ways for as long as something else happens, and clients who come
/// meanwhile; every second one exchanges keys again and again.
struct UpgradeCrowd: Sendable {
    /// What one client sent and got.
    struct Outcome: Sendable {
        /// Its command has this text in it, and so has nobody else's.
        let token: String
        /// Whether it came when the others were there, and went at once.
        let isPassing: Bool
        let findings: [String]
        let bytes: Int

        var lastLine: String { "over \(token)" }
    }

    /// LIMIT: so many sign in at once.
    private static let atOnce = 6

    private let lab: Lab
    private let count: Int
    /// In seconds, between two lines of each.
    private var pause: Double { max(0.05, Double(count) / 200) }

    init(_ lab: Lab, of count: Int) {
        self.lab = lab
        self.count = count
    }

    /// How each client fared that was there while `body` ran.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws -> [Outcome] {
        let isOver = Flag()
        let present = Counter()
        let turn = Gate(places: Self.atOnce)
        return try await withThrowingTaskGroup(of: [Outcome].self) { group in
            for number in 0..<count {
                group.addTask {
                    let token = "talk\(number)-\(Machine.marker())"
                    let rekeys = number.isMultiple(of: 2)
                    return [try await talk(token, rekeys, turn, present, isOver)]
                }
            }
            group.addTask {
                let areThere = try await eventually(within: .seconds(300)) {
                    present.value == count
                }
                defer { isOver.raise() }
                guard areThere else { throw Lab.Failure(description: "the crowd did not gather") }
                try await body()
                return []
            }
            group.addTask {
                _ = try await eventually(within: .seconds(300)) { present.value == count }
                var outcomes: [Outcome] = []
                while !isOver.isRaised { outcomes.append(try await pass()) }
                return outcomes
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Sends lines, which come back, beside lines of the other end's own.
    private func talk(
        _ token: String,
        _ rekeys: Bool,
        _ turn: Gate,
        _ present: Counter,
        _ isOver: Flag
    ) async throws -> Outcome {
        let command =
            "exec 9<> <(:); echo started; (i=0; while :; do echo own $((i += 1)); "
            + "read -rt \(pause) -u 9; done) & cat; kill $!; echo over \(token)"
        let client = lab.ssh(
            count.isMultiple(of: 2) ? "alice.web1" : "bob.web1",
            command,
            options: rekeys ? Rekeying.options(each: "512") : []
        )
        await turn.enter()
        return try await client.readingWhatIsWritten().start { child in
            try await child.printed("started", within: .seconds(120))
            await turn.leave()
            present.add()
            var sent: [String] = []
            while !isOver.isRaised {
                let line = "line \(sent.count) \(UInt64.random(in: .min ... .max))"
                sent.append(line)
                child.write(line + "\n")
                try await child.printed(line, within: .seconds(60))
                // Many would keep the machine from all else.
                try await Task.sleep(for: .seconds(pause))
            }
            child.closeInput()
            let outcome = try await child.finished(within: .seconds(120))
            return Outcome(
                token: token,
                isPassing: false,
                findings: findings(outcome, sent, token) + (rekeys ? rekeyFindings(outcome) : []),
                bytes: outcome.output.count
            )
        }
    }

    private func findings(
        _ outcome: TestSupport.Outcome,
        _ sent: [String],
        _ token: String
    ) -> [String] {
        var findings: [String] = []
        let lines = outcome.lines
        if !outcome.succeeded { findings.append("\(token): \(outcome)") }
        if lines.filter({ $0.hasPrefix("line ") }) != sent {
            findings.append("\(token): not what was sent came back")
        }
        let own = lines.filter { $0.hasPrefix("own ") }
        if own != own.indices.map({ "own \($0 + 1)" }) {
            findings.append("\(token): a line of the other end is missing or doubled")
        }
        if lines.last != "over \(token)" { findings.append("\(token): it has no last line") }
        return findings
    }

    private func rekeyFindings(_ outcome: TestSupport.Outcome) -> [String] {
        let count = Rekeying.count(in: outcome.errors)
        return count > 1 ? [] : ["keys were exchanged \(count) times"]
    }

    private func pass() async throws -> Outcome {
        let token = Machine.marker()
        let outcome = try await lab.ssh("bob.web1", "echo over \(token)").run(within: .seconds(60))
        let isWhole = outcome.succeeded && outcome.text == "over \(token)\n"
        return Outcome(
            token: token,
            isPassing: true,
            findings: isWhole ? [] : ["somebody who came meanwhile: \(outcome)"],
            bytes: outcome.output.count
        )
    }
}

final class Flag: Sendable {
    private let raised = Mutex(false)

    var isRaised: Bool { raised.withLock { $0 } }

    func raise() { raised.withLock { $0 = true } }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
}
