import Testing

@testable import Recording

@Suite struct `an event encoder` {
    @Test func `writes output of both streams so that stock players show it`() {
        let lines = Recordings.lines { encoder, buffer in
            encoder.output(
                Array("out".utf8).span,
                of: .standardOutput,
                at: 1_500_000,
                into: &buffer
            )
            encoder.output(Array("err".utf8).span, of: .standardError, at: 2_500_000, into: &buffer)
            encoder.output(Array("err".utf8).span, of: .standardError, at: 3_500_000, into: &buffer)
            encoder.output(
                Array("out".utf8).span,
                of: .standardOutput,
                at: 4_500_000,
                into: &buffer
            )
        }

        #expect(
            lines == """
                [0.001500,"o","out"]
                [0.002500,"S","stderr"]
                [0.002500,"o","err"]
                [0.003500,"o","err"]
                [0.004500,"S","stdout"]
                [0.004500,"o","out"]

                """
        )
    }

    @Test func `escapes what JSON demands and what a reader takes for the end of a line`() {
        let text =
            "\u{0}\t\n\r\u{1b}\u{1f}\"\\\u{7f}\u{80}\u{85}\u{9f}\u{a0}\u{2027}\u{2028}\u{2029}é€🦊"
        let lines = Recordings.lines { encoder, buffer in
            encoder.output(Array(text.utf8).span, of: .standardOutput, at: 20_000, into: &buffer)
        }

        #expect(
            lines == #"[0.000020,"o","\u0000\t\n\r\u001b\u001f\"\\\u007f\u0080\u0085\u009f"#
                + "\u{a0}\u{2027}" + #"\u2028\u2029é€🦊"]"# + "\n"
        )
    }

    @Test func `escapes wherever the eight-byte steps begin`() {
        let specials = ["\"", "\\", "\n", "\u{7f}", "\u{1}", "\u{85}", "\u{2028}", "é"]
        for lead in 0..<20 {
            for special in specials {
                let text = String(repeating: "a", count: lead) + special + "bcdefghijk"
                let line = Recordings.lines { encoder, buffer in
                    encoder.output(Array(text.utf8).span, of: .standardOutput, at: 0, into: &buffer)
                }
                let event = try? CastLine(Array(line.utf8)[...])
                #expect(event?.data == Array(text.utf8), "\(lead) \(special)")
                #expect(line.utf8.count { $0 < 0x20 || $0 == 0x7f } == 1)
            }
        }
    }

    @Test func `keeps bytes that are no UTF-8 beside what a player shows of them`() {
        let lines = Recordings.lines { encoder, buffer in
            encoder.output(
                [0x63, 0x61, 0x66, 0xe9, 0x21].span,
                of: .standardOutput,
                at: 0,
                into: &buffer
            )
        }

        #expect(
            lines == """
                [0.000010,"o","caf"]
                [0.000010,"B","6SE="]
                [0.000010,"o","\u{fffd}!"]

                """
        )
    }

    @Test func `writes only the damaged stretch twice`() {
        let bytes = Array("a".utf8) + [0xff] + Array(String(repeating: "b", count: 64).utf8)
        let lines = Recordings.lines { encoder, buffer in
            encoder.output(bytes.span, of: .standardOutput, at: 0, into: &buffer)
        }

        #expect(lines.contains(#""B","/w=="]"#))
    }

    @Test func `joins a character that two reads cut, and loses nothing between`() {
        let lines = Recordings.lines { encoder, buffer in
            encoder.output([0x61, 0xe2, 0x82].span, of: .standardOutput, at: 0, into: &buffer)
            let heldInside = encoder.holdsTail
            #expect(heldInside)
            encoder.output([0xac, 0x62].span, of: .standardOutput, at: 0, into: &buffer)
            let heldAfter = encoder.holdsTail
            #expect(!heldAfter)
        }

        #expect(
            lines == """
                [0.000010,"o","a"]
                [0.000010,"P","4oI="]
                [0.000010,"o","€b"]

                """
        )
    }

    @Test func `gives a cut character up when the stream switches, when asked, and at the exit`() {
        let given = """
            [0.000010,"P","4oI="]
            [0.000010,"B","4oI="]
            [0.000010,"o","\u{fffd}"]

            """
        let cut: [UInt8] = [0xe2, 0x82]
        let switched = Recordings.lines { encoder, buffer in
            encoder.output(cut.span, of: .standardOutput, at: 0, into: &buffer)
            encoder.output([0x62].span, of: .standardError, at: 0, into: &buffer)
        }
        let flushed = Recordings.lines { encoder, buffer in
            encoder.output(cut.span, of: .standardOutput, at: 0, into: &buffer)
            encoder.flushTail(at: 0, into: &buffer)
            encoder.flushTail(at: 0, into: &buffer)
        }
        let exited = Recordings.lines { encoder, buffer in
            encoder.output(cut.span, of: .standardOutput, at: 0, into: &buffer)
            encoder.exit(status: 3, at: 0, into: &buffer)
        }

        #expect(switched.hasPrefix(given + #"[0.000010,"S","stderr"]"#))
        #expect(flushed == given)
        #expect(exited == given + #"[0.000010,"x","3"]"# + "\n")
    }

    @Test func `puts a carriage return in front of every line feed where there is no terminal`() {
        let lines = Recordings.lines(addsCarriageReturns: true) { encoder, buffer in
            encoder.output(Array("a\nb\r\n".utf8).span, of: .standardOutput, at: 0, into: &buffer)
            encoder.input(Array("a\n".utf8).span, at: 0, into: &buffer)
        }

        #expect(
            lines == #"""
                [0.000010,"o","a\r\nb\r\r\n"]
                [0.000010,"i","a\n"]

                """#
        )
    }

    @Test func `never writes a time that falls, a whole second, or one below ten microseconds`() {
        let lines = Recordings.lines { encoder, buffer in
            for nanoseconds: UInt64 in [0, 5_999_999_999, 6_000_000_000, 1, 7_000_009_000] {
                encoder.marker("", at: nanoseconds, into: &buffer)
            }
        }

        let times = lines.split(separator: "\n").map { $0.dropFirst().prefix { $0 != "," } }
        #expect(times == ["0.000010", "5.999999", "6.000010", "6.000010", "7.000010"])
    }

    @Test func `brings a terminal size into what players accept`() {
        let lines = Recordings.lines { encoder, buffer in
            encoder.resize(columns: 0, rows: 70_000, at: 0, into: &buffer)
        }

        #expect(lines == #"[0.000010,"r","1x65535"]"# + "\n")
    }

    @Test func `splits what is long in front of a character`() throws {
        let text = "a" + String(repeating: "€", count: 30_000)
        let lines = Recordings.lines { encoder, buffer in
            encoder.output(Array(text.utf8).span, of: .standardOutput, at: 0, into: &buffer)
        }

        #expect(!lines.contains("\"B\""))
        let data = try lines.split(separator: "\n").map { line in
            try #require(try CastLine(Array(line.utf8)[...]).data)
        }
        #expect(data.allSatisfy { $0.count <= StreamSegment.maximumBytes })
        #expect(Array(data.joined()) == Array(text.utf8))
    }
}
