internal import Glibc
internal import Recording

/// The events of a file, which may still grow.
struct ReplaySource: ~Copyable {
    enum Item {
        case event(RecordedEvent)
        /// Nothing more for now; what was read is a whole prefix.
        case nothing
    }

    /// LIMIT: one read.
    static let readBytes = 64 * 1024

    let path: String
    private let file: OwnedDescriptor
    private var reader = CastReader()
    private var last: [RecordedEvent] = []
    private var isFinished = false
    private(set) var flaws = ReplayFlaws()
    /// The last event said that nothing follows.
    private(set) var isClosed = false

    init(path: String) throws(ReplayError) {
        self.path = path
        let number = retrying { unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        guard number >= 0 else { throw .system(operation: "open", path: path, code: errno) }
        file = OwnedDescriptor(adopting: number)
    }

    /// Reads what somebody else has opened, and closes it in the end.
    init(adopting number: Int32, name: String) {
        path = name
        file = OwnedDescriptor(adopting: number)
    }

    mutating func next() throws(ReplayError) -> Item {
        while true {
            if !last.isEmpty { return .event(last.removeFirst()) }
            if isFinished { return .nothing }
            if let item = try readItem() {
                switch item {
                case .header: continue
                case .damaged(let line, let reason):
                    flaws.damaged(line: line, reason: reason)
                    continue
                case .event(let event):
                    if case .fact(let fact) = event.kind {
                        isClosed = isClosed || fact.isLast
                        flaws.noted(fact)
                    }
                    return .event(event)
                }
            }
            guard try fill() else { return .nothing }
        }
    }

    /// The file does not grow any more: what was held back for its rest comes now.
    mutating func finish() throws(ReplayError) {
        guard !isFinished else { return }
        isFinished = true
        do throws(CastError) {
            let ending = try reader.finish()
            last = ending.events
            flaws.cutBytes = ending.cutBytes
        } catch {
            throw .noRecording(path: path, error)
        }
    }

    private mutating func readItem() throws(ReplayError) -> CastReader.Item? {
        do throws(CastError) {
            return try reader.next()
        } catch {
            throw .noRecording(path: path, error)
        }
    }

    private mutating func fill() throws(ReplayError) -> Bool {
        var bytes = [UInt8](repeating: 0, count: Self.readBytes)
        let number = file.number
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            retrying { unsafe read(number, buffer.baseAddress, buffer.count) }
        }
        guard count >= 0 else { throw .system(operation: "read", path: path, code: errno) }
        reader.feed(bytes[..<count])
        return count > 0
    }
}
