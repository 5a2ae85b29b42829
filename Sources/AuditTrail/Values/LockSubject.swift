/// What a lock keeps out.
package enum LockSubject: Hashable, Sendable {
    case principal(String)
    case target(String)
    case allAgents

    /// The word for the kind in JSON and in the database.
    var kind: String {
        switch self {
        case .principal: "principal"
        case .target: "target"
        case .allAgents: "all-agents"
        }
    }

    /// The name of what is locked, nil for all agents.
    package var name: String? {
        switch self {
        case .principal(let name), .target(let name): name
        case .allAgents: nil
        }
    }

    init?(kind: String, name: String?) {
        switch (kind, name) {
        case ("principal", .some(let name)): self = .principal(name)
        case ("target", .some(let name)): self = .target(name)
        case ("all-agents", .none): self = .allAgents
        default: return nil
        }
    }
}

extension LockSubject: Codable, CustomStringConvertible {
    private enum CodingKeys: String, CodingKey {
        case kind
        case name
    }

    package var description: String {
        guard let name else { return kind }
        return "\(kind) `\(name)`"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(String.self, forKey: .kind)
        let name = try container.decodeIfPresent(String.self, forKey: .name)
        guard let subject = LockSubject(kind: kind, name: name) else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind,
                in: container,
                debugDescription: "names nothing that can be locked"
            )
        }
        self = subject
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encodeIfPresent(name, forKey: .name)
    }
}
