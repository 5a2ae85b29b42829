import Testing

@testable import Authority

extension RemoteScript.Transport {
    /// With addresses that no real connection has: from the block for documentation (RFC 5737).
    static func unreal(_ port: UInt16) throws -> RemoteScript.Transport {
        RemoteScript.Transport(
            client: try #require(SocketAddress(host: "203.0.113.1", port: port)),
            server: try #require(SocketAddress(host: "203.0.113.2", port: 22))
        )
    }
}

extension RemoteScript.Mark {
    static func unreal(_ port: UInt16, _ age: Duration? = nil) throws -> RemoteScript.Mark {
        RemoteScript.Mark(transport: try .unreal(port), greatestAge: age)
    }
}
