internal import ArgumentParser
internal import Authority
internal import Foundation

/// `sallyport health`: whether a running bastion serves as it should.
struct HealthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Ask a running bastion how it is.",
        discussion: """
            Ends with 0 where all is well, 1 where it serves and something is not as it should be, 2 \
            where it does not serve or hangs, 3 where that cannot be known. A viewer may ask.
            """
    )

    /// LIMIT: the pause between two tries of `--wait`.
    static let pauseSeconds = 0.2

    @OptionGroup var admin: AdminOptions

    @Flag(help: "One JSON object.")
    var json = false

    @Option(help: "How long an answer may take.")
    var timeout = TimeSpan(seconds: 5)

    @Option(
        name: .customLong("wait"),
        help: "Try again for so long until it serves, as at a start."
    )
    var wait: TimeSpan?

    @Flag(help: "End with 0 for warnings too, as for what restarts whatever is not well.")
    var onlyErrors = false

    func run() throws {
        let end = wait.map { ContinuousClock.now + .seconds(Int64($0.seconds)) }
        while true {
            let outcome = HealthOutcome(of: admin, within: .seconds(Int64(timeout.seconds)))
            if outcome.exitStatus < 2 || end.map({ ContinuousClock.now >= $0 }) ?? true {
                return try show(outcome)
            }
            Thread.sleep(forTimeInterval: Self.pauseSeconds)
        }
    }

    private func show(_ outcome: HealthOutcome) throws {
        if json {
            try Output.json(outcome.answer)
        } else {
            for line in outcome.answer.report.lines { Output.line(line) }
        }
        let status = outcome.exitStatus
        guard status == 0 || (onlyErrors && status == 1) else { throw ExitCode(status) }
    }
}

/// What is known of a bastion, also where it does not answer.
struct HealthOutcome {
    /// What is printed: `facts` are only there where it answered.
    struct Answer: Encodable {
        let report: HealthReport
        let facts: BastionHealth.Facts?
    }

    let answer: Answer
    let exitStatus: Int32

    init(of admin: AdminOptions, within patience: Duration) {
        do throws(AdminError) {
            let answered = try admin.client(within: patience).ask(.health)
            guard let health = answered.health else {
                throw AdminError.malformed(reason: "it says nothing of its health")
            }
            self.init(Answer(report: health.report, facts: health.facts))
        } catch {
            self.init(error)
        }
    }

    init(_ answer: Answer) {
        self.answer = answer
        exitStatus = answer.report.exitStatus
    }

    init(_ error: AdminError) {
        answer = Answer(report: HealthReport(unanswered: error), facts: nil)
        switch error {
        case .notServing, .lost, .silent: exitStatus = 2
        case .settings, .malformed, .refused, .noDescriptor: exitStatus = 3
        }
    }
}
