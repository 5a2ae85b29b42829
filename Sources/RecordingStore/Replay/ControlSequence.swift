/// A control sequence (ECMA-48 §5.4) without intermediate bytes: `CSI`, parameters, a final byte.
struct ControlSequence {
    /// `<`, `=`, `>` or `?`, where the first parameter byte is one: a private sequence.
    let marker: UInt8?
    /// The text between `;`, each with subparameters after `:`; empty ones stand for the default.
    let parameters: [[UInt8]]
    let final: UInt8

    /// LIMIT: no terminal has more cells in a row; greater counts only keep a terminal busy.
    static let maximumDigits = 5

    /// Reads what stood between `CSI` and the final byte, or nil where nothing harmless has it.
    init?(parameters bytes: [UInt8], final: UInt8) {
        var rest = bytes[...]
        var marker: UInt8?
        if let first = rest.first, (0x3c...0x3f).contains(first) {
            marker = first
            rest = rest.dropFirst()
        }
        let parts = rest.split(
            separator: UInt8(ascii: ";"),
            omittingEmptySubsequences: false
        )
        for part in parts {
            let numbers = part.split(
                separator: UInt8(ascii: ":"),
                omittingEmptySubsequences: false
            )
            for number in numbers {
                guard number.count <= Self.maximumDigits,
                    number.allSatisfy({ (0x30...0x39).contains($0) })
                else { return nil }
            }
        }
        self.marker = marker
        self.final = final
        parameters = rest.isEmpty ? [] : parts.map(Array.init)
    }

    /// The parameters as numbers; nil where one is missing or has subparameters.
    var numbers: [Int?] {
        parameters.map { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// Whether all parameters are plain numbers.
    var hasSubparameters: Bool {
        parameters.contains { $0.contains(UInt8(ascii: ":")) }
    }

    /// Appends the sequence with some of its parameters.
    func append(_ chosen: [[UInt8]], to output: inout [UInt8]) {
        output.append(contentsOf: [0x1b, 0x5b])
        if let marker { output.append(marker) }
        output.append(contentsOf: chosen.joined(separator: [UInt8(ascii: ";")]))
        output.append(final)
    }
}
