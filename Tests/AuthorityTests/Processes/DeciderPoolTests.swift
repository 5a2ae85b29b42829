import Foundation
import Glibc
import Logging
import MessageSockets
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `the pool of deciders` {
    @Test func `is gone when its snapshot could not be loaded, and so are its processes`() throws {
        let stage = try Stage("echo nothing >&2")
        var reasons: [String] = []
        weak var weakPool: DeciderPool?
        do {
            let pool = try stage.pool()
            weakPool = pool
            // As a reload does: the pool is held by what it calls.
            pool.settled = { load in
                if case .failed(let reason) = load { reasons.append(reason) }
                pool.retire()
            }
            pool.fill()
        }

        try stage.turn { weakPool == nil }

        #expect(reasons.count == 1, "\(reasons)")
    }

    @Test func `is gone when it is retired while its processes still load`() throws {
        let stage = try Stage("echo $$ >> \"$0.started\"; exec sleep 1000")
        weak var weakPool: DeciderPool?
        do {
            let pool = try stage.pool()
            weakPool = pool
            pool.fill()
            // They write their number before they wait.
            try stage.turn { stage.processes().count == 2 }
            pool.retire()
        }

        #expect(weakPool == nil)
        try stage.turn { stage.processes().allSatisfy { kill($0, 0) != 0 } }
    }

    @Test func `denies what it was asked when it is retired without a process`() throws {
        let stage = try Stage("exec sleep 1000")
        var verdicts: [DeciderPool.Verdict] = []
        do {
            let pool = try stage.pool()
            pool.ask(Stage.question) { verdicts.append($0) }
            pool.retire()
        }
        #expect(verdicts.count == 1)
    }

    @Test func `denies a question that waits too long for a process`() throws {
        let stage = try Stage("exec sleep 1000")
        let pool = try stage.pool(waitingTimeout: .milliseconds(20))
        pool.fill()
        var verdict: DeciderPool.Verdict?
        pool.ask(Stage.question) { verdict = $0 }

        try stage.turn { verdict != nil }

        #expect(verdict == .undecidable(reason: "no decider was free in time"))
        pool.retire()
    }

    @Test(arguments: ["SEGV", "ILL", "TRAP", "ABRT", "PROF", "SYS"])
    func `remembers a question that broke a process`(signal: String) throws {
        let broken = try digests(brokenBy: "kill -\(signal) $$")
        #expect(broken == [Stage.question.digest])
    }

    @Test(arguments: ["exit 71", "kill -KILL $$", "kill -USR2 $$", "exec 3>&-; exec sleep 1000"])
    func `does not hold it against a question when its process is lost otherwise`(
        end: String
    ) throws {
        #expect(try digests(brokenBy: end).isEmpty)
    }

    @Test func `hands a process nothing that happens to be open`() throws {
        let stage = try Stage(
            """
            for file in /proc/$$/fd/*; do readlink "$file"; done > "$0.open.$$"
            echo $$ >> "$0.started"
            \(Stage.saysLoaded) >&3
            \(Stage.readsMessage)
            """
        )
        // As other code may open it: a program that is started inherits both ends.
        var ends: [CInt] = [-1, -1]
        #expect(unsafe pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var status = stat()
        #expect(unsafe fstat(ends[0], &status) == 0)
        let pool = try stage.pool()
        pool.fill()
        try stage.turn { !stage.processes().isEmpty }
        let process = try #require(stage.processes().first)
        pool.retire()

        let path = "\(stage.folder.path)/decide.open.\(process)"
        let open = String(
            decoding: FileManager.default.contents(atPath: path) ?? Data(),
            as: UTF8.self
        )
        #expect(open.contains("socket:"))
        #expect(!open.contains("pipe:[\(status.st_ino)]"))
    }

    @Test func `outlives what tells all processes to stop, for the authority to end it`() throws {
        // dash takes signals again as soon as it starts something.
        let stage = try Stage(
            """
            [ "$BASH_VERSION" ] || exec bash "$0.sh" "$0"
            dd bs=300000 count=1 <&3 >/dev/null 2>&1
            \(Stage.saysLoaded) >&3
            echo $$ >> "$1.started"
            dd bs=300000 count=1 <&3 >/dev/null 2>&1
            exit 71
            """
        )
        let pool = try stage.pool()
        var losses: [String] = []
        var verdict: DeciderPool.Verdict?
        pool.lostProcess = { losses.append($0) }
        pool.fill()
        try stage.turn { stage.processes().count == 2 }
        for process in stage.processes() {
            for signal in [SIGHUP, SIGINT, SIGTERM, SIGUSR2] { kill(process, signal) }
        }

        pool.ask(Stage.question) { verdict = $0 }
        try stage.turn { verdict != nil }
        pool.retire()

        #expect(losses == ["exited with status 71"])
    }

    @Test func `does not hold it against a question when there is no answer in time`() throws {
        #expect(try digests(brokenBy: "exec sleep 1000").isEmpty)
    }

    /// The questions that are remembered when a process does this instead of answering.
    private func digests(brokenBy end: String) throws -> [[UInt8]] {
        let next = Stage.readsMessage
        let stage = try Stage("\(next)\n\(Stage.saysLoaded) >&3\n\(next)\n\(end)")
        let pool = try stage.pool()
        var digests: [[UInt8]] = []
        var verdict: DeciderPool.Verdict?
        pool.brokeOn = { digests.append($0) }
        pool.fill()
        pool.ask(Stage.question) { verdict = $0 }
        try stage.turn { verdict != nil }
        guard case .undecidable = verdict else {
            Issue.record("\(String(describing: verdict))")
            return []
        }
        pool.retire()
        return digests
    }
}

/// A program in the place of a decider, and the loop that the pool runs on.
struct Stage {
    struct TooSlow: Error {}

    let folder: Folder
    let reactor: Reactor

    init(_ script: String) throws {
        folder = try Folder()
        reactor = try Reactor()
        try folder.makeScript(script, named: "decide")
    }

    /// A command that takes one order.
    static let readsMessage = "dd bs=300000 count=1 <&3 >/dev/null 2>&1"

    /// A command that says that the snapshot is loaded.
    static let saysLoaded = "printf '\(octal(DeciderReport.loaded(version: 1).encoded()))'"

    /// Bytes as `printf` of a shell takes them.
    static func octal(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }.joined()
    }

    func pool(
        waitingTimeout: Duration = DeciderPool.waitingTimeout
    ) throws -> DeciderPool {
        let (snapshot, _) = try ChildLog.pipe()
        return DeciderPool(
            program: "\(folder.path)/decide",
            snapshot: snapshot,
            version: 1,
            size: 2,
            waitingTimeout: waitingTimeout,
            on: reactor,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    static let question = DecisionQuestion.sample(digest: [UInt8](repeating: 7, count: 32))

    /// The numbers of the processes that said that they run.
    func processes() -> [pid_t] {
        let text = FileManager.default.contents(atPath: "\(folder.path)/decide.started") ?? Data()
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { pid_t($0) }
    }

    /// Lets the loop turn until something holds.
    func turn(until isDone: () -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while !isDone() {
            guard .now < deadline else { throw TooSlow() }
            try reactor.turn(atMost: .milliseconds(20))
        }
    }
}
