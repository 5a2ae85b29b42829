/// A part of an answer.
package struct AuditPage<Entry: Sendable>: Sendable {
    package let entries: [Entry]
    /// Where the next part begins, to be given back as `after` or `before`; nil at the end.
    package let next: Int64?

    package init(entries: [Entry], next: Int64?) {
        self.entries = entries
        self.next = next
    }
}

extension AuditPage: Equatable where Entry: Equatable {}
extension AuditPage: Hashable where Entry: Hashable {}
