import Foundation
import TestSupport
import Testing

@Suite struct `sallyport parse` {
    private func parse(_ arguments: String..., reading text: String) async throws -> Outcome {
        try await LoneTarget.sallyport(["parse"] + arguments).reading(text).run()
    }

    @Test func `prints the tree of what is accepted`() async throws {
        let accepted = try await parse(reading: "echo a")
        let json = try await parse("--json", reading: "echo a")

        #expect(accepted.end == .exited(0), "\(accepted)")
        #expect(accepted.lines.first == "Program 1:1-1:7")
        #expect(accepted.lines.last?.hasSuffix("parts: Literal 1:6-1:7 text=`a`") == true)
        #expect(json.end == .exited(0) && json.lines.count == 1, "\(json)")
        #expect(json.text.hasPrefix(#"{"type":"Program","range":{"start":0,"end":6},"#))
    }

    @Test func `says where a file is rejected, and prints no tree`() async throws {
        let scratch = try Scratch()
        let path = try scratch.write("a\n\tb )\n", to: "x.sh")
        let rejected = try await parse(path, reading: "")

        #expect(rejected.end == .exited(1), "\(rejected)")
        #expect(rejected.output.isEmpty)
        #expect(
            rejected.errorText
                == "\(path):2:4: unexpected `)`, expected the end of the command\n\tb )\n\t  ^\n"
        )
    }

    @Test func `tells what more text could complete`() async throws {
        for text in ["if a", "echo 'b", "cat <<E\nc", "a &&", "a \\"] {
            let incomplete = try await parse("-", reading: text)
            #expect(incomplete.end == .exited(2), "\(text) \(incomplete)")
            #expect(incomplete.errorText.hasPrefix("<stdin>:1:"), "\(incomplete)")
        }
    }

    @Test func `reads the language that it is told`() async throws {
        let ends = [
            try await parse(reading: "a=(b)"),
            try await parse("--dialect", "posix", reading: "a=(b)"),
            try await parse(reading: "echo @(a|b)"),
            try await parse("--extglob", reading: "echo @(a|b)"),
            try await parse("--dialect", "zsh", reading: ""),
            try await parse("--batch", "x", reading: ""),
            try await parse("/nonexistent", reading: ""),
        ].map(\.end)

        #expect(ends == [0, 1, 1, 0, 64, 64, 66].map { .exited($0) })
    }

    @Test func `answers each line of a batch`() async throws {
        let requests = [
            #"{"id":"a","command":"echo b"}"#,
            #"{"command":"a )","id":12345678901234567890.50}"#,
            #"{"id":"\u00e9\n","command":"if a\n"}"#,
            #"{"id":{},"command":"a"}"#,
            #"{"id":1}"#,
            "nonsense",
            "",
            #"{"id":1,"command":"\ud800"}"#,
            #"{"id":2,"command":"\ud83d\ude00 \u0000"}"#,
            String(repeating: "[", count: 99999),
            #"{"id":3,"command":"cat <<E"}"#,
            #"{"id":4,"command":"cat <<\"E"}"#,
            #"{"id":5,"command":"a\\"}"#,
        ]
        let outcome = try await parse("--batch", reading: requests.joined(separator: "\n"))

        #expect(outcome.end == .exited(0), "\(outcome)")
        #expect(
            outcome.lines == [
                #"{"id":"a","status":"accepted"}"#,
                #"{"id":12345678901234567890.50,"status":"rejected","#
                    + #""error":"1:3: unexpected `)`, expected the end of the command"}"#,
                #"{"id":"é\n","status":"incomplete","error":"1:1: `if` is not complete"}"#,
                #"{"status":"rejected","error":"line 4 has no `id` that is a string or a number"}"#,
                #"{"id":1,"status":"rejected","#
                    + #""error":"line 5 has no `command` that is a string"}"#,
                #"{"status":"rejected","error":"line 6 is no JSON from byte 1 on"}"#,
                #"{"status":"rejected","error":"line 7 ends in the middle of a value"}"#,
                #"{"status":"rejected","#
                    + #""error":"line 8 has half of a surrogate pair, which is no character"}"#,
                #"{"id":2,"status":"rejected","#
                    + #""error":"1:6: a NUL byte, which no shell command can hold"}"#,
                #"{"status":"rejected","error":"line 10 is nested deeper than 16 levels"}"#,
                #"{"id":3,"status":"accepted","#
                    + #""warning":"1:7: the here-document `E` is not complete"}"#,
                #"{"id":4,"status":"incomplete","#
                    + #""error":"1:7: the double-quoted text is not complete"}"#,
                #"{"id":5,"status":"accepted","#
                    + #""warning":"1:2: the continued line is not complete"}"#,
            ]
        )
    }

    @Test func `refuses a line of a batch that is a byte too long, and goes on behind it`()
        async throws
    {
        // Of the page of limits: 32,769 KiB, the line feed left out.
        let blanks = String(repeating: " ", count: 32_769 * 1024 + 1)
        let outcome = try await parse(
            "--batch",
            reading: blanks + "\n" + #"{"id":3,"command":"true"}"#
        )

        #expect(
            outcome.lines == [
                #"{"status":"rejected","error":"line 1 is longer than 33555456 bytes"}"#,
                #"{"id":3,"status":"accepted"}"#,
            ]
        )
    }

    @Test func `answers a line before the next one comes`() async throws {
        try await LoneTarget.sallyport(["parse", "--batch", "--json"]).readingWhatIsWritten()
            .start { child in
                child.write(#"{"id":0,"command":"echo a"}"# + "\n")
                try await child.printed(#"{"id":0,"status":"accepted","tree":{"type":"Program""#)
                child.write(#"{"id":1,"command":"b )"}"# + "\n")
                try await child.printed(#"{"id":1,"status":"rejected","error":"1:3: "#)
            }
    }
}
