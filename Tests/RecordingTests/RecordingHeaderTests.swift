import Testing

@testable import Recording

@Suite struct `a header` {
    @Test func `has our keys in one object that stock players pass over`() {
        var header = Recordings.header(hasTerminal: false)
        header.terminalType = "xterm"
        header.title = "a \"title\""

        #expect(
            String(decoding: header.encoded, as: UTF8.self)
                == #"{"version":2,"width":80,"height":24,"timestamp":1700000000,"#
                + #""title":"a \"title\"","command":"make test","env":{"TERM":"xterm"},"#
                + #""sallyport":{"format":1,"connection":"c-0123456789ab","#
                + #""session":"s-0123456789ab","principal":"agent:copilot","#
                + #""on_behalf_of":"human:alice","target":"web1","login":"deploy","#
                + #""request":"exec","adds_carriage_returns":true}}"# + "\n"
        )
    }

    @Test(arguments: [
        RecordedSession.Request.exec, .shell, .subsystem(name: "sftp"),
    ])
    func `is read back as it was written`(request: RecordedSession.Request) throws {
        for hasTerminal in [true, false] {
            var header = Recordings.header(hasTerminal: hasTerminal)
            header.session?.request = request
            header.session?.onBehalfOf = nil
            header.shell = "/bin/bash"
            header.columns = 65_535

            #expect(try RecordingHeader(line: header.encoded[...]) == header)
        }
    }

    @Test func `keeps a command that is no UTF-8 exactly`() throws {
        var header = Recordings.header()
        header.command = [0x6c, 0x73, 0x20, 0xe9, 0x00]

        let line = header.encoded
        #expect(String(decoding: line, as: UTF8.self).contains(#""command":"ls \#u{fffd}\u0000""#))
        #expect(try RecordingHeader(line: line[...]).command == header.command)
    }

    @Test func `of asciinema is read too`() throws {
        let line = #"""
            {"version": 2, "width": 0, "height": 40, "timestamp": 1504467315.5, "title": null, \#
            "idle_time_limit": 2.5, "env": {"TERM": "xterm", "SHELL": null}, \#
            "theme": {"fg": "#fff", "palette": ["#000"]}}
            """#
        let header = try RecordingHeader(line: Array(line.utf8)[...])

        #expect(header.columns == 80)
        #expect(header.rows == 40)
        #expect(header.timestamp == 1_504_467_315)
        #expect(header.terminalType == "xterm")
        #expect(header.session == nil)
        #expect(!header.addsCarriageReturns)
    }

    @Test func `of another version or format is refused by its number`() {
        #expect(throws: CastError.unsupportedVersion(3)) {
            try RecordingHeader(line: Array(#"{"version":3}"#.utf8)[...])
        }
        #expect(throws: CastError.unsupportedFormat(2)) {
            try RecordingHeader(
                line: Array(#"{"version":2,"sallyport":{"format":2}}"#.utf8)[...]
            )
        }
        #expect(throws: CastError.notAsciicast) {
            try RecordingHeader(line: Array(#"[1,"o","x"]"#.utf8)[...])
        }
        #expect(throws: CastError.noHeader(.unexpected(offset: 0))) {
            try RecordingHeader(line: Array("hello".utf8)[...])
        }
    }
}
