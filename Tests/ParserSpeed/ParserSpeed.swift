import Glibc
import ShellSyntax

/// The parser as `scripts/bench parse` measures it; scripts/lib/mvdan-speed is the same for mvdan/sh.
///
/// The argument is a file of texts that NULs separate. The first line that it writes has the numbers of
/// those that are not accepted. Then each line that it reads is a round: every text is parsed and
/// its tree freed, and a line has the nanoseconds that each took. A line `pull` is a round too, in which
/// the complete commands of a text are pulled, and each is freed before the next is read.
enum ParserSpeed {
    static func run() {
        guard CommandLine.arguments.count == 2, let bytes = read(CommandLine.arguments[1]) else {
            print("usage: parser-speed FILE")
            exit(2)
        }
        let texts = bytes.split(separator: 0).map(Array.init)
        let refused = texts.indices.filter { !isAccepted(texts[$0]) }
        answer(refused.map { "\($0)" })
        while let line = readLine() {
            let read = line == "pull" ? pulls : isAccepted
            answer(texts.map { "\(nanoseconds(for: $0, read))" })
        }
    }

    private static func isAccepted(_ text: [UInt8]) -> Bool {
        Program(text, dialect: .bash).status == .accepted
    }

    private static func pulls(_ text: [UInt8]) -> Bool {
        var parser = Parser(text, dialect: .bash)
        var settings = ShellSettings(.bash)
        while true {
            switch parser.next(options: settings.options, aliases: settings.aliases) {
            case .command(let list): settings.follow(list)
            case .error, .incomplete: return false
            case .end: return true
            }
        }
    }

    private static func nanoseconds(for text: [UInt8], _ read: ([UInt8]) -> Bool) -> Int {
        let start = now()
        let accepted = read(text)
        let end = now()
        precondition(accepted, "what was accepted once is not accepted again")
        return end - start
    }

    private static func now() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static func answer(_ words: [String]) {
        print(words.joined(separator: " "))
        fflush(nil)
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe fread(&piece, 1, piece.count, file)
            if count == 0 { return unsafe ferror(file) == 0 ? bytes : nil }
            bytes += piece[..<count]
        }
    }
}
