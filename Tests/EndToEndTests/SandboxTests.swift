import Foundation
import Glibc
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `a process that reads what strangers write` {
    /// What the kernel says of a process, by its names.
    private func status(of process: Int32) throws -> [Substring: String] {
        let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        return Dictionary(
            text.split(separator: "\n").compactMap { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return parts.count == 2
                    ? (parts[0], parts[1].trimmingCharacters(in: .whitespaces)) : nil
            }
        ) { first, _ in first }
    }

    @Test(arguments: ["sallyport-session", "sallyport-decide"])
    func `is confined while it serves`(program: String) async throws {
        let lab = try await Lab.shared()
        try await lab.ssh("alice.web1", "echo started; cat").readingWhatIsWritten().start {
            client in
            try await client.printed("started")
            // A spare may still be on its way into its sandbox.
            let areConfined = try await eventually(within: .seconds(10)) {
                let processes = try Machine.children(of: lab.bastionProcess, named: program)
                return try !processes.isEmpty && processes.allSatisfy(isConfined)
            }
            #expect(areConfined)
            client.closeInput()
            #expect(try await client.finished().succeeded)
        }
    }

    private func isConfined(_ process: Int32) throws -> Bool {
        let status = try status(of: process)
        let none = "0000000000000000"
        // 2 is a filter. As root the lab gives processes the account `nobody`.
        return status["Seccomp"] == "2" && status["NoNewPrivs"] == "1" && status["Threads"] == "1"
            && ["CapInh", "CapPrm", "CapEff", "CapAmb"].allSatisfy { status[$0] == none }
            && (!Machine.isRoot || isNobodys(status))
    }

    private func isNobodys(_ status: [Substring: String]) -> Bool {
        let nobody = [Substring](repeating: "65534", count: 4)
        return status["Uid"]?.split(separator: "\t") == nobody
            && status["Gid"]?.split(separator: "\t") == nobody && status["Groups"] == ""
    }

    @Test func `is in the audit trail once it makes a forbidden call, and others go on`()
        async throws
    {
        let settings = ["--set", "spares=1"]
        try await Lab.with("forbidden-call", settings, mayMeetForbiddenCalls: true) { lab in
            // The one spare serves who comes first.
            let first = try #require(try sessionProcesses(of: lab).first)
            try await lab.ssh("bob.db1", "echo started; cat").readingWhatIsWritten().start {
                victim in
                try await victim.printed("started")
                // The kernel goes on with a wait by a call of its own, which is on the list.
                kill(first, SIGSTOP)
                kill(first, SIGCONT)
                victim.write("stopped before\n")
                try await victim.printed("stopped before")
                try await lab.ssh("alice.web1", "echo started; cat").readingWhatIsWritten().start {
                    survivor in
                    try await survivor.printed("started")
                    kill(first, SIGSYS)
                    #expect(try await victim.finished().end == .exited(255))
                    survivor.write("still here\n")
                    survivor.closeInput()
                    let outcome = try await survivor.finished()
                    #expect(outcome.succeeded && outcome.text.contains("still here"), "\(outcome)")
                }
            }
            let text = "made a forbidden system call"
            for kind in ["process-died", "connection-ended", "session-ended"] {
                let isRecorded = try await eventually(within: .seconds(10)) {
                    try await lab.sallyport("audit", "--kind", kind, "--json").run()
                        .text.contains(text)
                }
                #expect(isRecorded, "\(kind)")
            }
        }
    }

    @Test(.enabled(if: Machine.isRoot, "needs root"))
    func `is not started as root where its account is not there`() async throws {
        let scratch = try Scratch()
        let directory = "\(scratch.path)/bastion"
        try await LoneTarget.initialize(directory)
        let settings = "\(directory)/sallyport.yaml"
        let text = try String(contentsOfFile: settings, encoding: .utf8)
        try scratch.write(
            text.replacing("unix-user: nobody", with: "unix-user: no-such-account"),
            to: "bastion/sallyport.yaml"
        )

        let served = try await LoneTarget.sallyport(["serve", "--config", settings]).run()
        let health = try Health(
            try await LoneTarget.sallyport(["doctor", "--json", "--config", settings]).run()
        )

        #expect(served.end == .exited(1))
        #expect(served.errorText.contains("there is no account `no-such-account`"), "\(served)")
        #expect(served.errorText.contains("useradd --system"), "\(served)")
        #expect(health.complaints.contains("error process-account"), "\(health)")
    }

    private func sessionProcesses(of lab: Lab) throws -> [Int32] {
        try Machine.children(of: lab.bastionProcess, named: "sallyport-session")
    }

    /// A filter around the whole bastion answers for the kernel, which here has Landlock.
    @Test func `is confined without Landlock where the kernel has none, and all say so`()
        async throws
    {
        let scratch = try Scratch()
        // A link to a program that reads it: what was just written may still be open somewhere.
        try scratch.write(
            """
            exec \(Machine.repository)/.build/debug/sandbox-probe on-a-kernel-without-landlock \
                \(Lab.programs)/sallyport "$@"

            """,
            to: "sallyport.sh"
        )
        let script = Machine.fixture("processes/script")
        for (name, program) in [
            "sallyport": script, "sallyport-session": "/bin/true", "sallyport-decide": "/bin/true",
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(scratch.path)/\(name)",
                withDestinationPath: program
            )
        }
        try await Lab.with("no-landlock", programs: scratch.path) { lab in
            let ran = try await lab.ssh("alice.web1", "echo ran").run()
            #expect(ran.text == "ran\n", "\(ran)")
            #expect(try lab.log.contains("the kernel has no Landlock"))
            let opened = try await lab.sallyport("audit", "--kind", "connection-opened", "--json")
                .run()
            #expect(!opened.lines.isEmpty)
            #expect(opened.lines.allSatisfy { $0.contains("\"landlock\":0") }, "\(opened)")
            let served = try await lab.sallyport("audit", "--kind", "served", "--json").run()
            #expect(served.text.contains("the kernel has no Landlock"), "\(served)")
            let health = try Health(try await lab.sallyport("doctor", "--json").run())
            #expect(health.complaints.contains("warning landlock"), "\(health)")
        }
    }
}
