package import AuditTrail

/// What an administrator asks, one JSON object on one line; `docs/formats/admin.md` describes it.
package enum AdminRequest: Hashable, Sendable {
    /// Which sessions; what is nil admits all.
    package struct Sessions: Hashable, Sendable, Codable {
        package var connection: String?
        package var principal: String?
        package var onBehalfOf: String?
        package var target: String?
        package var since: Timestamp?
        package var until: Timestamp?
        package var live: Bool?
        package var before: Int64?
        package var limit: Int?

        package init() {}
    }

    /// Which audit records; what is nil admits all.
    package struct Audit: Hashable, Sendable, Codable {
        package var kinds: [AuditKind]?
        package var connection: String?
        package var session: String?
        package var principal: String?
        package var onBehalfOf: String?
        package var target: String?
        package var since: Timestamp?
        package var until: Timestamp?
        /// Oldest first after this one; without it newest first.
        package var after: Int64?
        package var before: Int64?
        package var limit: Int?

        package init() {}
    }

    /// A session or a connection that is to end.
    package struct Terminate: Hashable, Sendable, Codable {
        package var id: String
        package var reason: String?

        package init(id: String, reason: String?) {
            self.id = id
            self.reason = reason
        }
    }

    /// Who or what is kept out, or is no longer.
    package struct Lock: Hashable, Sendable, Codable {
        /// A principal, a target, or `all-agents`.
        package var subject: String
        /// For so long; without it until it is unlocked.
        package var seconds: UInt64?
        package var reason: String?

        package init(subject: String, seconds: UInt64? = nil, reason: String? = nil) {
            self.subject = subject
            self.seconds = seconds
            self.reason = reason
        }
    }

    /// A target that is to be examined.
    package struct Examine: Hashable, Sendable, Codable {
        package var target: String
        /// Without it the target's first one.
        package var login: String?

        package init(target: String, login: String?) {
            self.target = target
            self.login = login
        }
    }

    /// In which lines metrics are wanted.
    package struct Metrics: Hashable, Sendable, Codable {
        package var format: MetricsText

        package init(format: MetricsText) { self.format = format }
    }

    case sessions(Sessions)
    case connections(Sessions)
    case audit(Audit)
    case locks
    case terminate(Terminate)
    case lock(Lock)
    case unlock(Lock)
    /// The recording of a session; its descriptor comes with the answer.
    case play(session: String)
    case reload
    case status
    case health
    /// The numbers of the bastion.
    case metrics(Metrics)
    /// Sign in to a target and let it say how it is.
    case examine(Examine)

    /// The word for it on the line.
    enum Kind: String, Codable, CaseIterable {
        case sessions
        case connections
        case audit
        case locks
        case terminate
        case lock
        case unlock
        case play
        case reload
        case status
        case health
        case metrics
        case examine
    }

    var kind: Kind {
        switch self {
        case .sessions: .sessions
        case .connections: .connections
        case .audit: .audit
        case .locks: .locks
        case .terminate: .terminate
        case .lock: .lock
        case .unlock: .unlock
        case .play: .play
        case .reload: .reload
        case .status: .status
        case .health: .health
        case .metrics: .metrics
        case .examine: .examine
        }
    }
}

extension AdminRequest: Codable {
    private enum CodingKeys: String, CodingKey {
        case request
        case with
    }

    private struct Play: Codable {
        let session: String
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func with<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try container.decode(type, forKey: .with)
        }
        self =
            switch try container.decode(Kind.self, forKey: .request) {
            case .sessions: .sessions(try with(Sessions.self))
            case .connections: .connections(try with(Sessions.self))
            case .audit: .audit(try with(Audit.self))
            case .locks: .locks
            case .terminate: .terminate(try with(Terminate.self))
            case .lock: .lock(try with(Lock.self))
            case .unlock: .unlock(try with(Lock.self))
            case .play: .play(session: try with(Play.self).session)
            case .reload: .reload
            case .status: .status
            case .health: .health
            case .metrics: .metrics(try with(Metrics.self))
            case .examine: .examine(try with(Examine.self))
            }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .request)
        switch self {
        case .sessions(let filter), .connections(let filter):
            try container.encode(filter, forKey: .with)
        case .audit(let filter): try container.encode(filter, forKey: .with)
        case .terminate(let what): try container.encode(what, forKey: .with)
        case .lock(let what), .unlock(let what): try container.encode(what, forKey: .with)
        case .play(let session): try container.encode(Play(session: session), forKey: .with)
        case .examine(let what): try container.encode(what, forKey: .with)
        case .metrics(let what): try container.encode(what, forKey: .with)
        case .locks, .reload, .status, .health: break
        }
    }
}
