import TestSupport
import Testing

@testable import RecordingStore

@Suite struct `the sanitizer of a replay` {
    private func sanitized(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var sanitizer = TerminalSanitizer()
        var output: [UInt8] = []
        sanitizer.sanitize(bytes, into: &output)
        return output
    }

    private func sanitized(_ text: String) -> String {
        String(decoding: sanitized(Array(text.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        "plain text\r\n\ttab\u{8}\u{7}", "é€🦊 \u{a0}", "\u{1b}[1;31mred\u{1b}[0m",
        "\u{1b}[38;2;1;2;3m\u{1b}[4:3m\u{1b}[58:2::1:2:3m",
        "\u{1b}[H\u{1b}[2J\u{1b}[10;20H\u{1b}[K",
        "\u{1b}[5A\u{1b}[B\u{1b}[C\u{1b}[D\u{1b}[E\u{1b}[F\u{1b}[G\u{1b}[d\u{1b}[L\u{1b}[M\u{1b}[P",
        "\u{1b}[1;24r\u{1b}[S\u{1b}[2T\u{1b}[@\u{1b}[X\u{1b}[3b\u{1b}[s\u{1b}[u\u{1b}[4h\u{1b}[4l",
        "\u{1b}[?1049h\u{1b}[?25l\u{1b}[?25h\u{1b}[?1049l\u{1b}[?7l\u{1b}[?6h",
        "\u{1b}7\u{1b}8\u{1b}D\u{1b}E\u{1b}M",
        "\u{1b}(0qqq\u{1b}(B\u{1b})0\u{e}x\u{f}", "\u{1b}#8",
    ])
    func `passes on what only shows`(text: String) {
        #expect(sanitized(text) == text)
    }

    @Test(arguments: [
        // Strings: title, clipboard, hyperlink, DCS, APC, PM, SOS, the title of screen.
        "\u{1b}]0;title\u{7}", "\u{1b}]52;c;ZXZpbA==\u{7}", "\u{1b}]52;c;?\u{1b}\\",
        "\u{1b}]8;;http://x\u{1b}\\", "\u{1b}]4;1;?\u{7}", "\u{1b}P$qm\u{1b}\\",
        "\u{1b}P+q544e\u{1b}\\",
        "\u{1b}_Gi=1;AAAA\u{1b}\\", "\u{1b}^private\u{1b}\\", "\u{1b}Xstart\u{1b}\\",
        "\u{1b}ktitle\u{1b}\\",
        // Requests for an answer.
        "\u{5}", "\u{1b}Z", "\u{1b}[c", "\u{1b}[0c", "\u{1b}[>c", "\u{1b}[=c", "\u{1b}[>0q",
        "\u{1b}[5n",
        "\u{1b}[6n", "\u{1b}[?6n", "\u{1b}[?1$p", "\u{1b}[4$p", "\u{1b}[x", "\u{1b}[14t",
        "\u{1b}[21t",
        "\u{1b}[?1;1;0S", "\u{1b}[?u", "\u{1b}[?4m", "\u{1b}[1;1;1;1;1;1*y",
        // What changes or locks the terminal, its keys, its window, its printer.
        "\u{1b}[8;9;9t", "\u{1b}[i", "\u{1b}[5i", "\u{1b}[?5i", "\u{1b}[2h", "\u{1b}[12h",
        "\u{1b}[20h",
        "\u{1b}[?1h", "\u{1b}[?3h", "\u{1b}[?9h", "\u{1b}[?1000h", "\u{1b}[?1002;1006h",
        "\u{1b}[?1004h",
        "\u{1b}[?2004h", "\u{1b}[?2026h", "\u{1b}[?69h", "\u{1b}[>4;2m", "\u{1b}[>1u",
        "\u{1b}[=1;1u",
        "\u{1b}=", "\u{1b}>", "\u{1b} G", "\u{1b}%@", "\u{1b}%G", "\u{1b}n", "\u{1b}|", "\u{1b}l",
        "\u{1b}[!p",
        "\u{1b}[61\"p", "\u{1b}[1 q", "\u{1b}[3g", "\u{1b}H", "\u{1b}[3J", "\u{1b}[?3J",
        "\u{1b}[1;5;1;10;1T",
        "\u{1b}[1;80s", "\u{1b}[1;1;1;1$r", "\u{1b}[?25s", "\u{1b}[?25r", "\u{1b}[1;2'z",
        "\u{11}\u{13}\u{0}",
        "\u{7f}",
    ])
    func `leaves out what answers, writes or changes`(text: String) {
        #expect(sanitized("a" + text + "b") == "ab", "\(text.debugDescription)")
    }

    @Test func `reads the one-byte forms as the two-byte forms`() {
        #expect(sanitized("a\u{9d}0;title\u{9c}b") == "ab")
        #expect(sanitized("a\u{9b}6nb\u{9b}1mc") == "ab\u{1b}[1mc")
        #expect(sanitized("a\u{90}$qm\u{9c}b\u{85}c") == "ab\u{1b}Ec")
        #expect(sanitized([0x61, 0x9b, 0x36, 0x6e]) == Array("a\u{fffd}6n".utf8))
    }

    @Test func `keeps the harmless part of a list of modes`() {
        #expect(sanitized("\u{1b}[?1049;2004;25h") == "\u{1b}[?1049;25h")
    }

    @Test func `is not led astray by a sequence inside a sequence`() {
        #expect(sanitized("\u{1b}[\u{1b}[6n") == "")
        #expect(sanitized("\u{1b}[3\u{1b}]52;c;x\u{7}1m") == "1m")
        #expect(sanitized("\u{1b}]0;a\u{1b}[6nb") == "b")
        #expect(sanitized("\u{1b}[1\n2m") == "\n\u{1b}[12m")
        #expect(sanitized("\u{1b}[1\u{18}2m") == "2m")
        #expect(sanitized("\u{1b}]52;c;\u{18}text") == "text")
        #expect(sanitized("\u{1b}[6é") == "é")
        #expect(sanitized("\u{1b}\u{1b}\u{1b}[6n") == "")
        #expect(sanitized("\u{1b}[1;2;:;3m") == "\u{1b}[1;2;:;3m")
    }

    @Test func `bounds a sequence and a number in it`() {
        let long = "\u{1b}[" + String(repeating: "1;", count: 500) + "m"
        #expect(sanitized(long + "x") == "x")
        #expect(sanitized("\u{1b}[999999Cx") == "x")
    }

    @Test func `hides nothing behind a string that never ends`() {
        let length = TerminalSanitizer.maximumStringBytes
        let text = sanitized("\u{1b}P" + String(repeating: "a", count: length) + "shown")
        #expect(text == "shown")
    }

    @Test func `shows a full reset, but keeps the scrollback`() {
        #expect(sanitized("\u{1b}[1m\u{1b}c") == "\u{1b}[1m\u{1b}[0m\u{1b}[2J\u{1b}[H")
    }

    @Test func `puts back what was switched, and only that`() {
        func ending(_ text: String) -> String {
            var sanitizer = TerminalSanitizer()
            var output: [UInt8] = []
            sanitizer.sanitize(Array(text.utf8), into: &output)
            output.removeAll()
            sanitizer.finish(into: &output)
            return String(decoding: output, as: UTF8.self)
        }
        #expect(ending("text") == "")
        #expect(ending("\u{1b}[1m") == "\u{1b}[0m")
        #expect(ending("\u{1b}[?25l") == "\u{1b}[?25h")
        #expect(ending("\u{1b}[?25l\u{1b}[?25h") == "")
        #expect(ending("\u{1b}[?1049h") == "\u{1b}[?1049l")
        #expect(ending("\u{1b}[?1049h\u{1b}[?1049l") == "")
        #expect(ending("\u{1b}[2;3r") == "\u{1b}[?6l\u{1b}[r\u{1b}[999;1H")
        #expect(ending("\u{1b}(0\u{1b}[4h\u{1b}[?7l") == "\u{1b}[?7h\u{1b}[4l\u{f}\u{1b}(B\u{1b})B")
        #expect(ending("\u{1b}]0;never ended") == "")
        #expect(ending("\u{1b}[") == "")
    }

    /// Random text that is rich in the beginnings, middles and ends of sequences.
    private func hostile(_ random: inout SeededGenerator) -> [UInt8] {
        let pieces: [[UInt8]] = [
            [0x1b], [0x5b], [0x5d], [0x50], [0x3b], [0x3a], [0x3f], [0x31], [0x6d], [0x6e], [0x68],
            [0x07], [0x18], [0xc2], [0x9b], [0x9c], [0x9d], [0x90], [0xe2, 0x82], [0xac], [0xff],
            Array("52;c;".utf8), Array("\u{1b}[6n".utf8), Array("\u{1b}\\".utf8), Array("é".utf8),
            Array("\u{1b}[?1000h".utf8), Array("\u{1b}]0;x\u{7}".utf8), Array(" text ".utf8),
        ]
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...60, using: &random) {
            bytes += pieces.randomElement(using: &random) ?? []
            if Int.random(in: 0..<6, using: &random) == 0 {
                bytes.append(UInt8.random(in: 0...255, using: &random))
            }
        }
        return bytes
    }

    @Test func `gives the same however the bytes are cut`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3000 {
            let bytes = hostile(&random)
            let whole = sanitized(bytes)
            var sanitizer = TerminalSanitizer()
            var pieces: [UInt8] = []
            var position = 0
            while position < bytes.count {
                let end = min(position + Int.random(in: 1...5, using: &random), bytes.count)
                sanitizer.sanitize(bytes[position..<end], into: &pieces)
                position = end
            }
            #expect(pieces == whole)
        }
    }

    @Test func `changes nothing more when it is applied twice`() {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<3000 {
            let once = sanitized(hostile(&random))
            #expect(sanitized(once) == once)
        }
    }

    @Test func `lets out UTF-8 without dangerous controls, whatever comes in`() {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<3000 {
            let output = sanitized(hostile(&random))
            // What is left of a character at the end was not let out.
            let text = String(validating: output, as: UTF8.self)
            #expect(text != nil)
            let scalars = text?.unicodeScalars.filter { scalar in
                (0x80...0x9f).contains(scalar.value) || scalar == "\u{5}" || scalar == "\u{7f}"
            }
            #expect(scalars?.isEmpty == true)
        }
    }
}
