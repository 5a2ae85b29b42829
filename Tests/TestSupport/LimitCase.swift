/// Something that takes as much as a limit says and no more, for tests at the limit and one above.
package struct LimitCase: Sendable, CustomStringConvertible {
    package let description: String
    package let limit: Int
    /// Offers so much; throws where it is refused.
    package let take: @Sendable (Int) throws -> Void

    package init(_ name: String, _ limit: Int, _ take: @escaping @Sendable (Int) throws -> Void) {
        description = name
        self.limit = limit
        self.take = take
    }
}
