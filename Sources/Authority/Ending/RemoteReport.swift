/// What a remote script printed.
enum RemoteReport {
    /// How many processes of one session there were.
    struct Ending: Hashable, Sendable {
        var ended: UInt32 = 0
        /// Still there, or met too late to know.
        var left: UInt32 = 0
        /// Nothing tells of which session they are.
        var uncertain: UInt32 = 0
        /// They have its mark and are older than it: of an earlier one, and left alone.
        var older: UInt32 = 0
    }

    /// How each of `count` sessions was ended; nil where its line is not there.
    ///
    /// The lines repeat a value that the script was told, so that no other ones are taken for them.
    static func endings(of count: Int, in output: [UInt8], value: String) -> [Ending?] {
        var endings = [Ending?](repeating: nil, count: count)
        for words in lines("sallyport-end", value, in: output) {
            guard words.count == 5, let index = Int(words[0]), endings.indices.contains(index),
                let values = numbers(words[1...]), let ended = values["ended"],
                let left = values["left"], let uncertain = values["uncertain"],
                let older = values["older"]
            else { continue }
            endings[index] = Ending(ended: ended, left: left, uncertain: uncertain, older: older)
        }
        return endings
    }

    static func signalling(in output: [UInt8], value: String) -> UInt32? {
        lines("sallyport-signal", value, in: output).last.flatMap { numbers($0[...])?["sent"] }
    }

    /// What is behind the two words in the lines that begin with them.
    private static func lines(
        _ word: String,
        _ value: String,
        in output: [UInt8]
    ) -> [[Substring]] {
        output.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count > 2, words[0] == word, words[1] == value else { return nil }
            return Array(words.dropFirst(2))
        }
    }

    private static func numbers(_ words: ArraySlice<Substring>) -> [String: UInt32]? {
        var numbers: [String: UInt32] = [:]
        for word in words {
            let pair = word.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let number = UInt32(pair[1]) else { return nil }
            numbers[String(pair[0])] = number
        }
        return numbers
    }
}
