/// Lines and columns of the offsets of a text.
public struct LineTable: Sendable {
    /// A place as people count: from 1; columns in bytes.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        public let line: Int
        public let column: Int

        public var description: String { "\(line):\(column)" }
    }

    /// The offset of the first byte of each line.
    private let starts: [Int]

    public init(_ text: some Sequence<UInt8>) {
        var starts = [0]
        var offset = 0
        for byte in text {
            offset += 1
            if byte == 0x0A { starts.append(offset) }
        }
        self.starts = starts
    }

    public func place(of offset: Int) -> Place {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return Place(line: low + 1, column: offset - starts[low] + 1)
    }
}
