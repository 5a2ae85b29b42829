import Glibc
import MessageSockets
import PolicyEngine
import SSHWire

/// Whether clients can connect: the addresses are free, or it is us who listens there.
enum PortCheck {
    /// How an address is.
    enum State: Hashable, Sendable {
        case free
        case chosenAtStart
        /// Somebody listens; nil where it is not known whether it is us.
        case taken(isOurs: Bool?)
        case forbidden
        case notHere
        case failed(String)
    }

    static func run(_ settings: Settings, hostKey: PublicKey?, path: String) -> [Diagnosis] {
        settings.listen.map { judge(state(of: $0, hostKey, path), $0) }
    }

    static func judge(_ state: State, _ address: NetworkAddress) -> Diagnosis {
        let subject = "listen"
        switch state {
        case .free: return .ok(subject, "\(address) is free")
        case .chosenAtStart: return .ok(subject, "a free port of \(address.host) will be taken")
        case .taken(isOurs: true): return .ok(subject, "\(address) is served by this bastion")
        case .taken(isOurs: false):
            return .error(
                subject,
                "\(address) is taken by somebody else",
                "`ss -ltnp` shows who; stop that, or change `listen`"
            )
        case .taken(isOurs: nil):
            return .warning(
                subject,
                "\(address) is taken, and by whom is not known",
                "`ss -ltnp` shows who"
            )
        case .forbidden:
            return .error(
                subject,
                "\(address) may not be listened at by this account",
                "use a port above 1023, or `AmbientCapabilities=CAP_NET_BIND_SERVICE`"
            )
        case .notHere:
            return .error(
                subject,
                "\(address) is no address of this machine",
                "change `listen`, or bring the network up first"
            )
        case .failed(let reason):
            return .error(
                subject,
                "\(address) cannot be listened at: \(PrintableText.escaped(reason))",
                "change `listen`"
            )
        }
    }

    private static func state(
        of address: NetworkAddress,
        _ hostKey: PublicKey?,
        _ path: String
    ) -> State {
        guard address.port > 0 else { return .chosenAtStart }
        let found: [SocketAddress]
        switch NameLookup.addresses(of: address.host.description, port: address.port) {
        case .addresses(let addresses): found = addresses
        case .failed(let reason): return .failed(reason)
        }
        for candidate in found {
            do throws(SocketError) {
                _ = try TCPSocket.listening(at: candidate)
            } catch {
                switch error.code {
                case EADDRINUSE: return .taken(isOurs: isOurs(address, hostKey, path))
                case EACCES: return .forbidden
                case EADDRNOTAVAIL: return .notHere
                default: return .failed(error.description)
                }
            }
        }
        return .free
    }

    /// Who listens shows our host key, or it is somebody else.
    private static func isOurs(
        _ address: NetworkAddress,
        _ hostKey: PublicKey?,
        _ path: String
    ) -> Bool? {
        guard let hostKey else { return nil }
        do throws(ProgramError) {
            let output = try KeyScan(.keys, of: reachable(address), kinds: [.ed25519])
                .run(path: path)
            return output.lines.contains { $0.blob == hostKey.blob }
        } catch {
            return nil
        }
    }

    /// An address that stands for all is reached by the loopback one.
    private static func reachable(_ address: NetworkAddress) -> NetworkAddress {
        let text =
            switch address.host.description {
            case "0.0.0.0": "127.0.0.1:\(address.port)"
            case "::": "[::1]:\(address.port)"
            default: address.description
            }
        return NetworkAddress(text, defaultPort: address.port) ?? address
    }
}
