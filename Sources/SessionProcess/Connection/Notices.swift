import SessionProtocol

/// What was refused, and what of a recording failed, told to the authority up to a number.
///
/// A client decides how often something is refused, and the table between the processes limits how
/// often that may be told. What comes after the last is counted only; that a recording failed is in the
/// report of its session too.
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
