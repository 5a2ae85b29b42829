import Foundation
import Recording
import TestSupport
import Testing

@testable import RecordingStore

/// Real players over our recordings; `script` gives them the terminal that they insist on.
@Suite struct `a stock player` {
    /// asciinema of Debian, and the last one in Python, which `scripts/install-players` puts here.
    static let players: [String] = {
        ["/usr/bin/asciinema", Samples.installed("asciinema")].filter {
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

    @Test(arguments: players, [true, false])
    func `prints what both streams showed, byte for byte`(player: String, hasTerminal: Bool) throws
    {
        let file = Samples.everything(hasTerminal: hasTerminal)
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
        let path = try Samples.recovered(in: temporary)

        let (output, status) = try run("\(player) cat \(path)")
        #expect(status == 0)
        #expect(output == Array("before".utf8))
    }

    /// The golden files are what we promise to write for ever, so they must play for ever.
    @Test(arguments: players, ["exec.cast", "terminal.cast", "transfer.cast"])
    func `plays the golden recordings`(player: String, name: String) throws {
        let path = RepositoryFile.path("Tests/Fixtures/recordings/\(name)")

        let (output, status) = try run("\(player) cat \(path)")
        #expect(status == 0)
        #expect(output == (try Samples.shown(try contents(path))))
    }

    @Test(.enabled(if: players.count == 2, "scripts/install-players was not run"))
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
