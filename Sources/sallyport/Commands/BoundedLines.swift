internal import Glibc

/// The lines of a file, the standard input by default, as they come, none longer than a limit in memory.
struct BoundedLines {
    enum Line {
        /// Without its line feed.
        case whole([UInt8])
        /// It was longer, and is gone.
        case tooLong
    }

    /// The file cannot be read.
    struct Failure: Error {}

    /// LIMIT: what is read at once.
    static let chunkBytes = 64 * 1024

    private let descriptor: Int32
    private let maximumBytes: Int
    private var chunk: ArraySlice<UInt8> = []

    /// The descriptor stays whoever's it is.
    init(descriptor: Int32 = STDIN_FILENO, maximumBytes: Int) {
        self.descriptor = descriptor
        self.maximumBytes = maximumBytes
    }

    /// - Returns: Nil at the end. A last line needs no line feed.
    mutating func next() throws(Failure) -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            let end = chunk.firstIndex(of: 0x0A)
            let piece = chunk[..<(end ?? chunk.endIndex)]
            isTooLong = isTooLong || line.count + piece.count > maximumBytes
            if isTooLong { line = [] } else { line += piece }
            if let end {
                chunk = chunk[(end + 1)...]
                return isTooLong ? .tooLong : .whole(line)
            }
            guard try read() else {
                chunk = []
                return isTooLong ? .tooLong : line.isEmpty ? nil : .whole(line)
            }
        }
    }

    /// Takes what is there, so that a line is answered before the next one comes.
    ///
    /// - Returns: False at the end of the input.
    private mutating func read() throws(Failure) -> Bool {
        var bytes = [UInt8](repeating: 0, count: Self.chunkBytes)
        var count: Int
        repeat {
            count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw Failure() }
        chunk = bytes[..<count]
        return count > 0
    }
}
