import SSH

/// An input that is held back until it is known to be the one that was promised.
struct HeldInput {
    /// LIMIT: of an input that is held back in memory.
    static let maximumBytes = 1 << 20
    /// LIMIT: how long the end of an input is waited for.
    static let maximumSeconds: UInt32 = 10

    /// What to do about it.
    enum Verdict: Equatable {
        /// More may come.
        case wait
        /// It is what was promised, and whole.
        case handOn
        /// It is another, or too long.
        case refuse
    }

    private let digest: [UInt8]
    private(set) var bytes: [UInt8] = []
    private var isTooLong = false

    init(digest: [UInt8]) { self.digest = digest }

    mutating func take(_ more: ArraySlice<UInt8>) {
        guard !isTooLong, bytes.count + more.count <= Self.maximumBytes else {
            isTooLong = true
            bytes = []
            return
        }
        bytes += more
    }

    func verdict(hasEnded: Bool) -> Verdict {
        if isTooLong { return .refuse }
        guard hasEnded else { return .wait }
        let hash = SHA256Hash()
        hash.update(bytes)
        return hash.finish() == digest ? .handOn : .refuse
    }
}
