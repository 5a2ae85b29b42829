import AuditTrail
import SSHWire

extension SocketAddress: Codable {
    private enum CodingKeys: CodingKey {
        case host
        case port
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let host = try container.decode(String.self, forKey: .host)
        let port = try container.decode(UInt16.self, forKey: .port)
        guard let address = SocketAddress(host: host, port: port) else {
            throw DecodingError.dataCorruptedError(
                forKey: .host,
                in: container,
                debugDescription: "is no address"
            )
        }
        self = address
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(host, forKey: .host)
        try container.encode(port, forKey: .port)
    }
}
