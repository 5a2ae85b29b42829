// Compiled by scripts/fuzz on the modules of Sources, with Shipped.swift.

import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML

/// Reads any bytes as a policy, as knowledge, and as a command line that these judge.
///
/// The first byte chooses the circumstances; NULs separate the four texts behind it. Where there is no
/// policy or no knowledge, that is what the repository ships.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPolicyEngine(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let request = Request(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    let policy = request.policy.isEmpty ? request.shippedPolicy : read(policy: request.policy)
    let knowledge = request.knowledge.isEmpty ? Shipped.knowledge : read(request.knowledge)
    guard let policy, let knowledge else { return 0 }
    if !request.knowledge.isEmpty { run(knowledge) }
    let judgement = RuleBook(policy: policy, knowledge: knowledge)
        .judge(request.line, in: request.situation)
    checkReading(request, judgement)
    checkPlaces(request, judgement)
    checkText(request, judgement.verdict)
    checkRules(request, judgement)
    return 0
}

/// What the bytes ask for.
private struct Request {
    /// `1` a person, `2` a terminal, `4` dash, `8` an unknown shell, `16` a guarded shell, `32` no input;
    /// the rest is which of the shipped policies.
    let choice: UInt8
    let policy: [UInt8]
    let knowledge: [UInt8]
    let line: [UInt8]
    let situation: CommandSituation

    init(_ bytes: [UInt8]) {
        choice = bytes[0]
        let texts = bytes.dropFirst().split(
            separator: 0,
            maxSplits: 3,
            omittingEmptySubsequences: false
        ).map(Array.init)
        func text(_ number: Int) -> [UInt8] { number < texts.count ? texts[number] : [] }
        (policy, knowledge, line) = (text(0), text(1), text(2))
        var situation = Shipped.situation(isAgent: choice & 1 == 0)
        situation.hasTerminal = choice & 2 != 0
        switch choice & 12 {
        case 0: break
        case 4: situation.shell = .program("/bin/dash")
        case 8: situation.shell = .program("/bin/sh")
        default: situation.shell = .none
        }
        situation.isGuardedShell = choice & 16 != 0
        if choice & 32 != 0 {
            situation.input = .nothing
        } else if !text(3).isEmpty {
            situation.input = .text(ShellText(text(3)))
        }
        self.situation = situation
    }

    var shippedPolicy: Policy { Shipped.policies[Int(choice >> 6)] }

    /// Whether some shell that may read the line does not understand it, whatever it is set to.
    var isUnreadable: Bool {
        let dialects: [Dialect] =
            switch choice & 12 {
            case 0: [.bash]
            case 4: [.posix]
            default: [.bash, .posix]
            }
        return dialects.contains { dialect in
            let program = Program(line, dialect: dialect)
            return program.status != .accepted && program.hasCertainSettings
        }
    }
}

// MARK: Files

private func read(policy bytes: [UInt8]) -> Policy? {
    do throws(RefusedFiles) {
        return try Policy.read([SourceFile(name: "a.yaml", bytes: bytes)]).value
    } catch {
        check(error)
        return nil
    }
}

private func read(_ bytes: [UInt8]) -> KnowledgeBase? {
    do throws(RefusedFiles) {
        return try KnowledgeBase.read([SourceFile(name: "a.yaml", bytes: bytes)]).value
    } catch {
        check(error)
        return nil
    }
}

private func check(_ refused: RefusedFiles) {
    precondition(
        refused.findings.contains { $0.severity == .error },
        "a file is refused without a reason"
    )
    for (index, finding) in refused.findings.enumerated() {
        // Behind as many as are shown stands how many there are.
        let isCount = index == Findings.maximumCount
        precondition(
            finding.location.file == "a.yaml" && (isCount || finding.location.line >= 1)
                && !finding.message.isEmpty,
            "a finding without file, line or message"
        )
        precondition(isPrintable(finding.description), "a finding that is no line")
    }
}

/// Runs some of the programs with arguments of all kinds.
private func run(_ base: KnowledgeBase) {
    let names = base.programs.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for name in names.prefix(4) {
        let line = name.utf8 + Array(" -x --long=y -- z /etc 0 --last -f \"$A\" *".utf8)
        _ = Interpreter.analyze(line, for: AnalysisRequest(login: "deploy"), with: base)
    }
}

// MARK: Decisions

private func checkReading(_ request: Request, _ judgement: CommandJudgement) {
    guard judgement.verdict.mode != .observeEverything, request.isUnreadable else { return }
    precondition(judgement.verdict.ruling == .deny, "what cannot be read is not denied")
}

private func checkPlaces(_ request: Request, _ judgement: CommandJudgement) {
    for action in judgement.actions {
        precondition(
            action.range.lowerBound >= 0 && Int(action.range.upperBound) <= request.line.count,
            "an action stands where no text is"
        )
    }
}

private func checkText(_ request: Request, _ verdict: RuleVerdict) {
    guard let text = verdict.refusal?.text(of: request.line) else {
        precondition(verdict.ruling == .permit, "a refusal without a word")
        return
    }
    precondition(text.hasSuffix("\n"), "a refusal that ends within a line")
    let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    precondition(lines.allSatisfy { isPrintable($0) }, "a refusal that a terminal acts on")
}

private func checkRules(_ request: Request, _ judgement: CommandJudgement) {
    let verdict = judgement.verdict
    guard verdict.undecidable == nil, verdict.observation?.undecidable == nil else { return }
    let context = request.situation.context
    let nothing = RuleDecider(policy: Policies.nothing).judge(judgement.actions, in: context)
    precondition(nothing.ruling == .deny, "a policy without rules does not deny")
    for policy in Policies.stricter(request) {
        let ruling = RuleDecider(policy: policy).judge(judgement.actions, in: context).ruling
        precondition(ruling >= verdict.ruling, "one more forbid, and the decision is milder")
    }
}

private enum Policies {
    static let nothing: Policy = {
        guard let policy = read(policy: Array("policy: 1\nname: nothing\nrules: []\n".utf8)) else {
            preconditionFailure("a policy may be empty")
        }
        return policy
    }()

    private static let forbids = [
        "any", "'file.*'", "file.read, where: {path: '/etc/**'}", "any, where: {user: root}",
        "any, unless: {certainty: certain}", "any, applies: {kinds: [agent]}",
        "[system.read, program.unknown], unless: {place: host}, reason: for a test",
        "any, where: {any: [{path: './*'}, {not: {wrapper: sudo}}]}, otherwise: true",
    ]

    /// The policy of a request with one more forbid: at its end, and in a file of its own.
    ///
    /// Neither where it cannot be read like that, because a name or the end of the text is another one.
    static func stricter(_ request: Request) -> [Policy] {
        guard !request.policy.isEmpty else { return [] }
        let forbid = forbids[(Int(request.line.last ?? 0) + request.line.count) % forbids.count]
        let rule = "  - {id: added-by-the-fuzzer, forbid: \(forbid)}\n"
        let longer = request.policy + Array("\n\(rule)".utf8)
        let beside = Array("policy: 1\nname: added-by-the-fuzzer\nrules:\n\(rule)".utf8)
        return [[longer], [request.policy, beside]].compactMap { texts in
            let files = texts.enumerated().map { SourceFile(name: "\($0).yaml", bytes: $1) }
            do throws(RefusedFiles) {
                let policy = try Policy.read(files).value
                return policy.rules.contains { $0.id.text.contains("added-by-the-fuzzer") }
                    ? policy : nil
            } catch {
                return nil
            }
        }
    }
}

/// Whether a terminal shows it on one line and does nothing else.
private func isPrintable(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
        case .format: !scalar.properties.isBidiControl
        default: true
        }
    }
}
