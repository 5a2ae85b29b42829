import Foundation
import TestSupport
import Testing

/// An audit trail that cannot be used: it is said which file, and what to do, and nobody is let in.
@Suite(.throughTurnstile)
struct `an audit trail at the start` {
    /// A lab whose bastion has ended, and what it says when it is started.
    private func start(
        _ name: String,
        after spoil: (Lab, String) async throws -> Void
    ) async throws -> (refused: Outcome, file: String) {
        try await Lab.with(name) { lab in
            let ran = try await lab.ssh("alice.web1", "echo ran").run()
            #expect(ran.text == "ran\n", "\(ran)")
            try await lab.crash()
            let file = "\(try lab.state)/audit.db"
            try await spoil(lab, file)
            return (try await lab.serve().run(within: .seconds(30)), file)
        }
    }

    /// Brings all of a trail into its one file.
    private func foldLog(into file: String) async throws {
        let fold =
            "import sqlite3, sys; "
            + "sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint(TRUNCATE)')"
        let folded = try await Command("python3", ["-c", fold, file]).run()
        #expect(folded.succeeded, "\(folded)")
    }

    private func expectRefusal(_ refused: Outcome, _ file: String, _ words: String...) {
        #expect(refused.end == .exited(1), "\(refused)")
        #expect(!refused.text.contains("listening"), "\(refused)")
        for word in ["`\(file)`"] + words {
            #expect(refused.errorText.contains(word), "\(refused)")
        }
    }

    @Test func `that is damaged is refused`() async throws {
        let (refused, file) = try await start("damaged") { _, file in
            try await foldLog(into: file)
            var bytes = try Data(contentsOf: URL(filePath: file))
            for page in stride(from: 4096, to: bytes.count, by: 4096) {
                bytes.replaceSubrange(page..<page + 64, with: Data(repeating: 0xFF, count: 64))
            }
            let handle = try FileHandle(forWritingTo: URL(filePath: file))
            try handle.write(contentsOf: bytes)
            try handle.close()
        }
        expectRefusal(refused, file, "damaged", "restore a copy")
    }

    @Test func `that lost its second half is refused`() async throws {
        let (refused, file) = try await start("truncated") { _, file in
            try await foldLog(into: file)
            let handle = try FileHandle(forWritingTo: URL(filePath: file))
            try handle.truncate(atOffset: try handle.seekToEnd() / 8192 * 4096)
            try handle.close()
        }
        expectRefusal(refused, file, "damaged", "restore a copy")
    }

    @Test func `that another program holds is refused after a while`() async throws {
        try await Lab.with("held") { lab in
            try await lab.crash()
            let file = "\(try lab.state)/audit.db"
            let hold =
                "import sqlite3, sys; d = sqlite3.connect(sys.argv[1], isolation_level=None); "
                + "d.execute('PRAGMA locking_mode = EXCLUSIVE'); d.execute('BEGIN EXCLUSIVE'); "
                + "print('held', flush=True); sys.stdin.read()"
            try await Command("python3", ["-c", hold, file]).readingWhatIsWritten().start {
                holder in
                try await holder.printed("held")
                let refused = try await lab.serve().run(within: .seconds(30))
                expectRefusal(refused, file, "held by somebody else", "fuser")
                holder.closeInput()
                _ = try await holder.finished()
            }
            let again = try await Lab.up("held")
            let ran = try await again.ssh("alice.web1", "echo ran").run()
            #expect(ran.text == "ran\n", "\(ran)")
        }
    }

    @Test func `that another authority serves from is left to it`() async throws {
        let lab = try await Lab.shared()
        let refused = try await lab.serve().run()
        expectRefusal(refused, "\(try lab.state)/audit.db", "another authority serves")
        let ran = try await lab.ssh("alice.web1", "echo ran").run()
        #expect(ran.text == "ran\n", "\(ran)")
    }
}
