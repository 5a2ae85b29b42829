import Foundation
import Recording
import Testing

@testable import RecordingStore

/// Real players over our recordings; `script` gives them the terminal that they insist on.
@Suite struct `a stock player` {
    /// asciinema of Debian, and the last one in Python, which `scripts/install-asciinema` puts here.
    static let players: [String] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let installed = root.appending(path: ".build/asciinema-2.4.0/bin/asciinema").path
        return ["/usr/bin/asciinema", installed].filter {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }()

    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    /// Runs a command line with a terminal and returns what it wrote there.
    private func run(_ commandLine: String) throws -> (output: [UInt8], status: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/script")
        process.arguments = ["-qec", commandLine, "/dev/null"]
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": temporary.path, "LC_ALL": "C.UTF-8", "TERM": "xterm",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = Pipe()
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (Array(bytes), process.terminationStatus)
    }

    /// Everything that a session may hold.
    private func everything(hasTerminal: Bool) -> [UInt8] {
        Samples.file(hasTerminal: hasTerminal) { encoder, buffer in
            encoder.output(
                Array("out 1\n\u{1b}[1mbold\u{1b}[0m\n".utf8).span,
                of: .standardOutput,
                at: 0,
                into: &buffer
            )
            encoder.output(
                Array("err 1: é€🦊\n".utf8).span,
                of: .standardError,
                at: 1_000_000,
                into: &buffer
            )
            encoder.input(Array("typed\u{3}".utf8).span, at: 2_000_000, into: &buffer)
            encoder.resize(columns: 100, rows: 30, at: 3_000_000, into: &buffer)
            encoder.output(
                [0x63, 0x61, 0x66, 0xe9, 0x0a, 0xe2, 0x82].span,
                of: .standardOutput,
                at: 4_000_000,
                into: &buffer
            )
            encoder.output(
                [0xac, 0x0a, 0xf0].span,
                of: .standardOutput,
                at: 5_000_000,
                into: &buffer
            )
            encoder.output(
                Array("\u{85}\u{2028}\u{2029}\u{9b}\u{7f}\u{0}\"\\\n".utf8).span,
                of: .standardError,
                at: 6_000_000,
                into: &buffer
            )
            encoder.marker("a mark", at: 7_000_000, into: &buffer)
            encoder.fact(
                .exitSignal(signal: "TERM", coreDumped: false, message: ""),
                at: 8_000_000,
                into: &buffer
            )
            encoder.exit(status: 255, at: 9_000_000, into: &buffer)
            encoder.fact(Samples.end, at: 9_000_000, into: &buffer)
        }
    }

    @Test(arguments: players, [true, false])
    func `prints what both streams showed, byte for byte`(player: String, hasTerminal: Bool) throws
    {
        let file = everything(hasTerminal: hasTerminal)
        let path = try temporary.file("whole.cast", file)
        let shown = try Samples.shown(file)

        for command in ["cat", "play -s 100"] {
            let (output, status) = try run("\(player) \(command) \(path)")
            #expect(status == 0)
            #expect(
                String(decoding: output, as: UTF8.self) == String(decoding: shown, as: UTF8.self)
            )
        }
    }

    @Test(arguments: players)
    func `reads a command and a path that are no UTF-8`(player: String) throws {
        var header = Samples.header(hasTerminal: false)
        header.command = [0xff, 0x22, 0x0a]
        header.title = "\u{2028}\"\\"
        var file = header.encoded
        var encoder = EventEncoder(addsCarriageReturns: true)
        let moved = Fact.MovedFile(path: [0xff, 0x22], direction: .read, bytes: 1, sha256: "00")
        encoder.fact(.file(moved), at: 0, into: &file)
        encoder.output(Array("seen\n".utf8).span, of: .standardOutput, at: 0, into: &file)

        let (output, status) = try run("\(player) cat \(try temporary.file("odd.cast", file))")
        #expect(status == 0)
        #expect(output == Array("seen\r\n".utf8))
    }

    @Test(arguments: players)
    func `plays a recording that was torn and recovered`(player: String) throws {
        let folder = try RecordingFolder(path: temporary.path + "/recordings")
        let created = try folder.create(session: Samples.session, header: Samples.header(), at: 0)
        let path = created.path
        let lines = Samples.file { encoder, buffer in
            buffer.removeAll()
            encoder.output(Array("before".utf8).span, of: .standardOutput, at: 0, into: &buffer)
        }
        let handle = FileHandle(fileDescriptor: created.release(), closeOnDealloc: true)
        try handle.write(contentsOf: Data(lines + Array(#"[1.0,"o","to"#.utf8)))
        try handle.close()
        #expect(try folder.settle(session: Samples.session)?.wasClosed == false)

        let (output, status) = try run("\(player) cat \(path)")
        #expect(status == 0)
        #expect(output == Array("before".utf8))
    }

    /// The golden files are what we promise to write for ever, so they must play for ever.
    @Test(arguments: players, ["exec.cast", "terminal.cast", "transfer.cast"])
    func `plays the golden recordings`(player: String, name: String) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/recordings/\(name)").path

        let (output, status) = try run("\(player) cat \(path)")
        #expect(status == 0)
        #expect(output == (try Samples.shown(try contents(path))))
    }

    @Test(.enabled(if: players.count == 2, "scripts/install-asciinema was not run"))
    func `of both kinds is there`() {
        #expect(Self.players.count == 2)
    }

    @Test(.enabled(if: !players.isEmpty, "asciinema is not installed"))
    func `records what we read`() throws {
        let path = temporary.path + "/theirs.cast"
        let command = "printf 'héllo\\n\\377'"
        let (_, status) = try run(
            "\(Self.players[0]) rec -q -c \"\(command)\" \(path)"
        )

        #expect(status == 0)
        #expect(try Samples.shown(try contents(path)) == Array("héllo\r\n\u{fffd}".utf8))
    }
}
