import Testing

@testable import Authority

@Suite struct `a bounded program` {
    private func shell(
        _ text: String,
        timeout: Duration = .seconds(20),
        maximumBytes: Int = 1000
    ) -> BoundedProgram {
        BoundedProgram(
            path: "/bin/sh",
            arguments: ["-c", text],
            timeout: timeout,
            maximumBytes: maximumBytes
        )
    }

    @Test func `gives back both of its streams and its status`() throws {
        let output = try shell("echo out; echo err >&2; exit 3").run()

        #expect(output.standardOutput == Array("out\n".utf8))
        #expect(output.standardError == Array("err\n".utf8))
        #expect(output.exitStatus == 3)
        #expect(try shell("kill -s KILL $$").run().exitStatus == nil)
    }

    @Test func `gets its arguments as they are, no input, and a plain environment`() throws {
        let output = try BoundedProgram(
            path: "/bin/sh",
            arguments: ["-c", "cat; env | sort; printf '%s|' \"$@\"", "sh", "a b", "*", "$(id)"],
            timeout: .seconds(20),
            maximumBytes: 4096
        ).run()
        let text = String(decoding: output.standardOutput, as: UTF8.self)

        #expect(text.hasSuffix("a b|*|$(id)|"))
        #expect(!text.contains("HOME="))
        #expect(text.contains("LC_ALL=C\n"))
    }

    @Test(arguments: ["sleep 60", "exec >&- 2>&-; sleep 60", "sleep 60 & wait"])
    func `is ended with all that it started when its time is over`(_ text: String) {
        #expect(throws: ProgramError.timedOut(program: "/bin/sh", seconds: 0)) {
            try shell(text, timeout: .milliseconds(200)).run()
        }
    }

    @Test func `is ended when it says too much`() {
        #expect(throws: ProgramError.saidTooMuch(program: "/bin/sh", limit: 1000)) {
            try shell("while :; do echo more; done").run()
        }
    }

    @Test func `that cannot be started is told`() {
        for path in ["/nonexistent", "/etc/passwd"] {
            let program = BoundedProgram(
                path: path,
                arguments: [],
                timeout: .seconds(1),
                maximumBytes: 1
            )
            #expect(throws: ProgramError.self) { try program.run() }
        }
        #expect(throws: ProgramError.self) { try shell("echo \0").run() }
    }

    @Test func `is looked for in absolute directories only`() {
        #expect(ProgramSearch.find("sh", in: "relative:.::/nonexistent:/bin") == "/bin/sh")
        #expect(ProgramSearch.find("sh", in: "bin:.:") == nil)
        #expect(ProgramSearch.find("passwd", in: "/etc") == nil)
    }
}
