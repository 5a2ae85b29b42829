/// What an authority that starts must remember of how it was used, put together from the records.
package protocol UsageReading: Sendable {
    /// From which addresses somebody signed in, in connections opened since then; of each the last
    /// one, and the latest of all first.
    func signIns(since moment: Timestamp, limit: Int) throws(StoreError) -> [SignInPlace]
}

/// An address from which somebody signed in.
package struct SignInPlace: Hashable, Sendable {
    /// As the connection's record has it.
    package let address: String
    /// When the last such connection was opened.
    package let openedAt: Timestamp

    package init(address: String, openedAt: Timestamp) {
        self.address = address
        self.openedAt = openedAt
    }
}
