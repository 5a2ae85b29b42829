import CommandAnalysis
import Foundation
import PolicyEngine

/// Asks a book what an agent on production may do.
struct Judge {
    private enum Failure: Error {
        case noName
        case unknownQuestion(String)
        case noMemory
    }

    private let book: RuleBook
    private let situation: CommandSituation

    init(book: RuleBook) throws {
        guard let agent = PrincipalName("agent:copilot"), let owner = PrincipalName("human:ana"),
            let target = TargetName("web1"), let login = Login("deploy")
        else { throw Failure.noName }
        self.book = book
        situation = CommandSituation(
            context: RequestContext(
                principal: agent,
                roles: [],
                onBehalfOf: owner,
                target: target,
                labels: ["env": "production"],
                login: login,
                sourceAddress: nil,
                unixSeconds: 1_767_787_200,
                claims: [:]
            )
        )
    }

    func answer(to question: String, _ texts: [[UInt8]]) throws -> String {
        switch question {
        case "round": texts.map { "\(time(of: $0, DecisionSpeed.now))" }.joined(separator: " ")
        case "rulings":
            texts.map { "\(book.judge($0, in: situation).verdict.ruling)" }.joined(separator: " ")
        case "hostile":
            HostileText.all.map { text in
                let bytes = text.bytes
                let time = time(of: bytes, DecisionSpeed.processorTime)
                let ruling = book.judge(bytes, in: situation).verdict.ruling
                return "\(text.name)\t\(bytes.count)\t\(time)\t\(ruling)"
            }.joined(separator: "\n") + "\n"
        case "memory": "\(try mostMemory())"
        default: throw Failure.unknownQuestion(question)
        }
    }

    private func time(of text: [UInt8], _ clock: () -> Int) -> Int {
        let start = clock()
        let judgement = book.judge(text, in: situation)
        let end = clock()
        // What it takes to give up the answer is not part of it.
        return withExtendedLifetime(judgement) { end - start }
    }

    /// Bytes, as the kernel counts them.
    private func mostMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let kibibytes = line?.split(whereSeparator: { " \t".contains($0) })[1],
            let number = Int(kibibytes)
        else { throw Failure.noMemory }
        return number * 1024
    }
}
