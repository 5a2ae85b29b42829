/// How much may wait for its commit.
package struct QueueLimits: Hashable, Sendable {
    package let records: Int
    package let bytes: Int

    package init(
        records: Int = AuditLimits.queuedRecords,
        bytes: Int = AuditLimits.queuedBytes
    ) {
        self.records = records
        self.bytes = bytes
    }

    func records(isUrgent: Bool) -> Int { Self.extended(records, isUrgent) }

    func bytes(isUrgent: Bool) -> Int { Self.extended(bytes, isUrgent) }

    /// Ends and locks have a reserve, so that a flood of beginnings does not keep them out.
    private static func extended(_ limit: Int, _ isUrgent: Bool) -> Int {
        isUrgent ? limit + limit * AuditLimits.queueReservePercent / 100 : limit
    }
}

/// What a committer did since its start.
package struct CommitStatistics: Hashable, Sendable {
    package internal(set) var transactions = 0
    package internal(set) var failedTransactions = 0
    package internal(set) var records = 0
    package internal(set) var refusedSubmissions = 0
    package internal(set) var largestTransactionRecords = 0

    mutating func count(_ result: Result<[Committed], StoreError>) {
        switch result {
        case .success(let committed):
            transactions += 1
            records += committed.count
            largestTransactionRecords = max(largestTransactionRecords, committed.count)
        case .failure:
            failedTransactions += 1
        }
    }
}
