import AuditTrail

extension RemoteScript {
    /// The two ends of the transport as the target's sshd sees them.
    struct Transport: Hashable, Sendable {
        let client: SocketAddress
        let server: SocketAddress

        init(client: SocketAddress, server: SocketAddress) {
            self.client = client
            self.server = server
        }

        /// As they were recorded; nil where they are no addresses in numbers.
        init?(_ ends: TransportEnds) {
            guard let client = SocketAddress(host: ends.localAddress, port: ends.localPort),
                let server = SocketAddress(host: ends.peerAddress, port: ends.peerPort)
            else { return nil }
            self.init(client: client, server: server)
        }

        /// As they are recorded.
        var recorded: TransportEnds {
            TransportEnds(
                localAddress: client.host,
                localPort: client.port,
                peerAddress: server.host,
                peerPort: server.port
            )
        }

        /// The value of `SSH_CONNECTION`.
        var mark: String { "\(client.host) \(client.port) \(server.host) \(server.port)" }
    }

    /// By what the processes of one session are known.
    struct Mark: Hashable, Sendable {
        let transport: Transport
        /// How old its transport is at most when the script runs; nil where nobody knows that, as
        /// after a crash.
        let greatestAge: Duration?

        /// In hundredths of a second, as the kernel counts the starts of processes.
        var greatestTicks: String {
            guard let greatestAge else { return "-" }
            let (seconds, attoseconds) = greatestAge.components
            return "\(seconds * 100 + attoseconds / 10_000_000_000_000_000)"
        }
    }
}

/// When a transport began, by two clocks.
///
/// What is older than that on the target is not of its session: a process of an earlier one, whose
/// transport had the same ends. Only ages are compared, because the target's clock is another one.
struct TransportAge: Hashable, Sendable, Codable {
    /// LIMIT: how much older a process may be and yet be ended: the time of an errand, which goes by
    /// after the age was taken, and two seconds for clocks that do not run alike.
    static let margin = RemoteCommand.endingTimeout + .seconds(2)

    private let monotonicNanoseconds: UInt64
    private let wall: Timestamp

    static func now() -> TransportAge {
        TransportAge(monotonicNanoseconds: Reactor.monotonicNanoseconds(), wall: .now())
    }

    init(monotonicNanoseconds: UInt64, wall: Timestamp) {
        self.monotonicNanoseconds = monotonicNanoseconds
        self.wall = wall
    }

    /// The age now, and the margin.
    var greatest: Duration {
        greatest(atMonotonic: Reactor.monotonicNanoseconds(), wall: .now())
    }

    /// The age at a later moment, and the margin.
    ///
    /// The monotonic clock stands still while the machine does, and the other one may be set: the
    /// greater age counts, because what is left running is worse than what is ended for nothing.
    func greatest(atMonotonic nanoseconds: UInt64, wall now: Timestamp) -> Duration {
        let elapsed = nanoseconds - min(nanoseconds, monotonicNanoseconds)
        let passed = now.microsecondsSince1970 - wall.microsecondsSince1970
        return max(.nanoseconds(Int64(clamping: elapsed)), .microseconds(passed)) + Self.margin
    }
}

extension Dial.Connected {
    /// Both ends, as they mark what runs at the other one.
    var ends: RemoteScript.Transport {
        RemoteScript.Transport(client: local, server: peer)
    }
}
