/// One recorded fact.
package struct AuditRecord: Hashable, Sendable {
    /// From 1, without a gap: a missing number is a removed record.
    package let sequence: Int64
    package let time: Timestamp
    package let attribution: Attribution
    package let event: AuditEvent

    package init(sequence: Int64, time: Timestamp, attribution: Attribution, event: AuditEvent) {
        self.sequence = sequence
        self.time = time
        self.attribution = attribution
        self.event = event
    }

    package var kind: AuditKind { event.kind }
}

/// One JSON object; what is not known has no key.
extension AuditRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case sequence
        case time
        case kind
        case version
        case connection
        case session
        case principal
        case onBehalfOf
        case target
        case login
        case event
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard try container.decode(Int.self, forKey: .version) == AuditEvent.version else {
            throw DecodingError.dataCorruptedError(
                forKey: .version,
                in: container,
                debugDescription: "is not \(AuditEvent.version)"
            )
        }
        func part(_ key: CodingKeys) throws -> String? {
            try container.decodeIfPresent(String.self, forKey: key)
        }
        let kind = try container.decode(AuditKind.self, forKey: .kind)
        self.init(
            sequence: try container.decode(Int64.self, forKey: .sequence),
            time: try container.decode(Timestamp.self, forKey: .time),
            attribution: Attribution(
                connection: try part(.connection),
                session: try part(.session),
                principal: try part(.principal),
                onBehalfOf: try part(.onBehalfOf),
                target: try part(.target),
                login: try part(.login)
            ),
            event: try AuditEvent(kind: kind, from: container.superDecoder(forKey: .event))
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sequence, forKey: .sequence)
        try container.encode(time, forKey: .time)
        try container.encode(kind, forKey: .kind)
        try container.encode(AuditEvent.version, forKey: .version)
        try container.encodeIfPresent(attribution.connection, forKey: .connection)
        try container.encodeIfPresent(attribution.session, forKey: .session)
        try container.encodeIfPresent(attribution.principal, forKey: .principal)
        try container.encodeIfPresent(attribution.onBehalfOf, forKey: .onBehalfOf)
        try container.encodeIfPresent(attribution.target, forKey: .target)
        try container.encodeIfPresent(attribution.login, forKey: .login)
        try container.encode(event.payload, forKey: .event)
    }
}
