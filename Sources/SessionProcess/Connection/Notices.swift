import SessionProtocol

/// What a client tried, told to the authority, up to a number.
///
/// A client decides how often it tries; the table between the processes limits how often it is told.
final class Notices {
    /// LIMIT: far below the table's own, so that no client can have its process taken for a liar.
    static let maximum = 1000
    private var count = 0

    func send(_ kind: NoticeKind, _ detail: String, on link: AuthorityLink) throws(LinkError) {
        count += 1
        guard count <= Self.maximum else { return }
        try link.send(.notice(kind, detail: detail.clippedProse))
    }

    /// What to say at the end about those that were not told; empty where all were.
    var rest: String {
        count > Self.maximum ? "; \(count - Self.maximum) further notices were not sent" : ""
    }
}
