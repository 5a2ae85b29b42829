/// Which audit records are asked for; what is nil or empty admits all.
package struct AuditFilter: Hashable, Sendable {
    /// In which order records come, and from where the next page goes on.
    package enum Order: Hashable, Sendable {
        /// Those after this sequence number.
        case oldestFirst(after: Int64?)
        /// Those before this sequence number.
        case newestFirst(before: Int64?)
    }

    package var kinds: Set<AuditKind>
    package var about: Attribution
    /// The first moment.
    package var since: Timestamp?
    /// The first moment no more.
    package var until: Timestamp?
    package var order: Order
    /// Rows of the page; at most `AuditLimits.pageRows` come.
    package var limit: Int

    package init(
        kinds: Set<AuditKind> = [],
        about: Attribution = Attribution(),
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        order: Order = .oldestFirst(after: nil),
        limit: Int = AuditLimits.defaultPageRows
    ) {
        self.kinds = kinds
        self.about = about
        self.since = since
        self.until = until
        self.order = order
        self.limit = limit
    }
}

/// Which of the sessions or connections that match are asked for; what is nil admits all.
package struct PageFilter: Hashable, Sendable {
    /// Opened at this moment or later.
    package var since: Timestamp?
    /// Opened before this moment.
    package var until: Timestamp?
    package var isLive: Bool?
    /// `AuditPage.next` of the page before.
    package var before: Int64?
    /// Rows of the page; at most `AuditLimits.pageRows` come.
    package var limit: Int

    package init(
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        isLive: Bool? = nil,
        before: Int64? = nil,
        limit: Int = AuditLimits.defaultPageRows
    ) {
        self.since = since
        self.until = until
        self.isLive = isLive
        self.before = before
        self.limit = limit
    }
}

/// Which sessions are asked for; what is nil admits all.
package struct SessionFilter: Hashable, Sendable {
    package var connection: String?
    package var principal: String?
    package var onBehalfOf: String?
    package var target: String?
    package var page: PageFilter

    package init(
        connection: String? = nil,
        principal: String? = nil,
        onBehalfOf: String? = nil,
        target: String? = nil,
        page: PageFilter = PageFilter()
    ) {
        self.connection = connection
        self.principal = principal
        self.onBehalfOf = onBehalfOf
        self.target = target
        self.page = page
    }
}

/// Which connections are asked for; what is nil admits all.
package struct ConnectionFilter: Hashable, Sendable {
    package var connection: String?
    package var principal: String?
    package var onBehalfOf: String?
    package var peerAddress: String?
    package var page: PageFilter

    package init(
        connection: String? = nil,
        principal: String? = nil,
        onBehalfOf: String? = nil,
        peerAddress: String? = nil,
        page: PageFilter = PageFilter()
    ) {
        self.connection = connection
        self.principal = principal
        self.onBehalfOf = onBehalfOf
        self.peerAddress = peerAddress
        self.page = page
    }
}
