import Foundation
import Glibc
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `the death of the authority` {
    /// The processes that a process has started, as far as they run.
    private func children(of parent: Int) throws -> [pid_t] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(pid_t.init)
            .filter { self.parent(of: $0) == parent }
    }

    /// Nil for a process that is gone, or dead and not yet reaped.
    private func parent(of process: pid_t) -> Int? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else {
            return nil
        }
        // The name stands in parentheses and may hold anything.
        let fields =
            String(decoding: data, as: UTF8.self)
            .split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 1, fields[0] != "Z" else { return nil }
        return Int(fields[1])
    }

    @Test func `is that of every process it started`() async throws {
        try await Lab.with("authority-death") { lab in
            try await lab.ssh("alice.web1", "echo started; sleep 60").start { client in
                try await client.printed("started")
                let authority = try lab.bastionProcess
                let started = try children(of: authority)
                // The one that serves, two spares and two deciders.
                #expect(started.count >= 4)

                kill(pid_t(authority), SIGKILL)

                let areGone = try await eventually(within: .seconds(10)) {
                    started.allSatisfy { parent(of: $0) == nil }
                }
                #expect(areGone, "a process outlives the authority")
                let outcome = try await client.finished()
                #expect(outcome.end == .exited(255))
            }
        }
    }

    /// What the page of limits gives a process for its last words.
    private static let lastWordsSeconds = 2

    @Test func `ends a session process whose socket somebody else holds open`() async throws {
        let outcome = try await Command(
            "/usr/bin/python3",
            [
                Machine.fixture("outlive-parent.py"), "\(Lab.programs)/sallyport-session",
                "\(Self.lastWordsSeconds)",
            ]
        ).run()

        #expect(outcome.text == "signal \(SIGALRM)\n")
    }
}
