/// Reads a recording front to back, in pieces of any size, with bounded memory.
///
/// Feed bytes, take items until there is none; at the end of the file `finish`. A damaged line is
/// an item of its own and not the end: one flipped bit must not hide the rest of a session.
package struct CastReader: ~Copyable {
    /// One thing that was read.
    package enum Item: Hashable, Sendable {
        case header(RecordingHeader)
        case event(RecordedEvent)
        case damaged(line: Int, reason: JSONError)
    }

    /// LIMIT: asciinema reads up to 1 MiB at once, which escaping makes up to six times longer.
    package static let maximumLineBytes = 8 * 1024 * 1024

    private var buffer: [UInt8] = []
    /// The first byte that was not taken.
    private var start = 0
    /// INVARIANT: no line feed stands in `start..<scanned`.
    private var scanned = 0
    private var line = 0
    private var events: EventAssembler?
    private var ready: [RecordedEvent] = []

    package init() {}

    /// The header once it was read.
    package var header: RecordingHeader? { events?.header }

    /// Bytes that were fed and are no whole line yet.
    package var pendingBytes: Int { buffer.count - start }

    package mutating func feed(_ bytes: ArraySlice<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            scanned -= start
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next item, or nil until more is fed.
    package mutating func next() throws(CastError) -> Item? {
        while ready.isEmpty {
            guard let lineFeed = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) else {
                scanned = buffer.count
                guard pendingBytes <= Self.maximumLineBytes else {
                    throw .lineTooLong(line: line + 1, limit: Self.maximumLineBytes)
                }
                return nil
            }
            let bytes = buffer[start..<lineFeed]
            start = lineFeed + 1
            scanned = start
            guard bytes.count <= Self.maximumLineBytes else {
                throw .lineTooLong(line: line + 1, limit: Self.maximumLineBytes)
            }
            if let item = try item(of: bytes) { return item }
        }
        return .event(ready.removeFirst())
    }

    private mutating func item(of bytes: ArraySlice<UInt8>) throws(CastError) -> Item? {
        line += 1
        if events == nil {
            let header = try RecordingHeader(line: bytes)
            events = EventAssembler(header: header)
            return .header(header)
        }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0d }) { return nil }
        do {
            let read = try CastLine(bytes)
            ready = try events?.assemble(read) ?? []
            return nil
        } catch {
            // The line may have been the `o` of a `B`: the next `o` must not be taken for it.
            ready = events?.interrupted() ?? []
            return .damaged(line: line, reason: error)
        }
    }

    /// What the end of the file brings.
    package struct Ending: Hashable, Sendable {
        /// Events that only the end of the file makes certain.
        package let events: [RecordedEvent]
        /// The length of a last line that is cut; 0 where there is none.
        package let cutBytes: Int
    }

    /// The file ends here; every item was taken.
    package mutating func finish() throws(CastError) -> Ending {
        let last = buffer[start...]
        start = buffer.count
        scanned = start
        guard events != nil else {
            // A file that is cut in its first line is no recording.
            _ = try item(of: last)
            return Ending(events: [], cutBytes: 0)
        }
        var cutBytes = 0
        // Only the line feed may be missing.
        if !last.isEmpty, case .damaged = try item(of: last) { cutBytes = last.count }
        let rest = ready + (events?.finish() ?? [])
        ready = []
        return Ending(events: rest, cutBytes: cutBytes)
    }
}
