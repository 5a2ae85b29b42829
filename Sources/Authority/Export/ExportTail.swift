/// What the end of a file of JSON lines says, from its last bytes.
enum ExportTail: Hashable {
    /// Nothing is in it that must stay.
    case empty(cutBytes: Int)
    /// The last whole line, without its end, and how many bytes behind it a crash left.
    case line([UInt8], cutBytes: Int)
    /// More of the file is to be looked at.
    case unclear
    /// It holds what no export of ours wrote.
    case foreign

    private static let lineEnd = UInt8(ascii: "\n")

    /// `bytes` are the last ones of a file, all of them where `isWhole`.
    init(_ bytes: [UInt8], isWhole: Bool) {
        guard let lastEnd = bytes.lastIndex(of: Self.lineEnd) else {
            if !isWhole { self = .unclear } else { self = Self.withoutLines(bytes) }
            return
        }
        let rest = bytes[(lastEnd + 1)...]
        guard Self.mayBeCut(rest) else {
            self = .foreign
            return
        }
        let before = bytes[..<lastEnd].lastIndex(of: Self.lineEnd)
        guard before != nil || isWhole else {
            self = .unclear
            return
        }
        let line = bytes[(before.map { $0 + 1 } ?? 0)..<lastEnd]
        self = .line(Array(line), cutBytes: rest.count)
    }

    private static func withoutLines(_ bytes: [UInt8]) -> ExportTail {
        let isTorn =
            beginnings.contains { zip($0.utf8, bytes).allSatisfy(==) }
            || bytes.allSatisfy { $0 == 0 }
        return isTorn ? .empty(cutBytes: bytes.count) : .foreign
    }

    /// How the line of a record begins, whose keys are sorted: with one of a connection or without.
    private static let beginnings = ["{\"connection\":\"", "{\"event\":{"]

    /// Whether it is the beginning of a record, or the zeros that a file system leaves where the
    /// machine lost its power: what somebody else wrote is never cut.
    private static func mayBeCut(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.isEmpty || bytes.first == UInt8(ascii: "{") || bytes.allSatisfy { $0 == 0 }
    }
}
