import Glibc
import MessageSockets
import SSH
import SSHWire
import SessionProtocol

/// The authority is gone, or does not speak as agreed: the only thing left is to end.
enum LinkError: Error, Hashable, Sendable, CustomStringConvertible {
    case authorityGone
    case malformed(WireError)
    case unexpected(SessionOrderKind)
    case missingDescriptors(SessionOrderKind)
    case timedOut
    case system(SocketError)

    var description: String {
        switch self {
        case .authorityGone: "the authority is gone"
        case .malformed(let error): "an order of the authority is malformed: \(error)"
        case .unexpected(let kind): "the order `\(kind)` came out of place"
        case .missingDescriptors(let kind): "the order `\(kind)` came without its descriptors"
        case .timedOut: "the authority did not answer in time"
        case .system(let error): error.description
        }
    }
}

/// The socket to the authority, which signs in place of the keys that this process does not have.
final class AuthorityLink: RemoteSigner {
    /// An order with the descriptors that came with it.
    struct Received {
        let order: SessionOrder
        let descriptors: [Descriptor]
    }

    /// LIMIT: an authority that needs longer for a signature is not coming back.
    static let signatureTimeoutMilliseconds: CInt = 15_000

    private let socket: MessageSocket
    private let signatureTimeoutMilliseconds: CInt
    private var waiting: [Received] = []
    /// The session identifiers of the transports to targets, by session.
    private var transports: [[UInt8]: SessionNumber] = [:]
    /// The first exchange hash of the transport with the client (RFC 4253 §7.2).
    private(set) var sessionIdentifier: [UInt8]?
    /// What went wrong while libssh waited for a signature.
    private(set) var failure: LinkError?

    var descriptor: CInt { socket.raw }

    init(
        adopting descriptor: Descriptor,
        signatureTimeoutMilliseconds: CInt = AuthorityLink.signatureTimeoutMilliseconds
    ) {
        socket = MessageSocket(adopting: descriptor)
        self.signatureTimeoutMilliseconds = signatureTimeoutMilliseconds
    }

    func send(_ request: SessionRequest) throws(LinkError) {
        do throws(SocketError) {
            // The authority reads; where it is slow, so are we.
            try socket.send(request.encoded(), blocking: true)
        } catch {
            throw error.code == EPIPE || error.code == ECONNRESET ? .authorityGone : .system(error)
        }
    }

    /// The next order, if one is there.
    func receive() throws(LinkError) -> Received? {
        if let failure { throw failure }
        if !waiting.isEmpty { return waiting.removeFirst() }
        return try read(blocking: false)
    }

    /// Whether an order was read already and waits, which no poll would show.
    func hasWaiting() throws(LinkError) -> Bool {
        if let failure { throw failure }
        return !waiting.isEmpty
    }

    /// Waits for the first order.
    func awaitOrder() throws(LinkError) -> Received {
        while true {
            if let received = try read(blocking: true) { return received }
        }
    }

    private func read(blocking: Bool) throws(LinkError) -> Received? {
        let outcome: MessageSocket.Outcome
        do throws(SocketError) {
            outcome = try socket.receive(blocking: blocking)
        } catch {
            throw .system(error)
        }
        switch outcome {
        case .wouldBlock: return nil
        case .closed: throw .authorityGone
        case .message(let message):
            let order: SessionOrder
            do throws(WireError) {
                order = try SessionOrder(decoding: message.bytes)
            } catch {
                throw .malformed(error)
            }
            guard message.descriptors.count == order.descriptorCount else {
                throw .missingDescriptors(order.kind)
            }
            return Received(order: order, descriptors: message.descriptors)
        }
    }

    /// Tells which session a transport belongs to, so that its signature can be asked for.
    func register(sessionIdentifier: [UInt8], for number: SessionNumber) {
        transports[sessionIdentifier] = number
    }

    func unregister(_ number: SessionNumber) {
        transports = transports.filter { $0.value != number }
    }

    /// libssh wants something signed: an exchange hash, or a request to sign in to a target.
    func signature(over data: [UInt8]) -> [UInt8]? {
        do throws(LinkError) {
            if data.count <= FieldLimits.exchangeHash {
                if sessionIdentifier == nil { sessionIdentifier = data }
                try send(.signExchangeHash(data))
                return try awaitSignature(for: nil)
            }
            guard let number = session(signingIn: data) else { return nil }
            try send(.signUserAuthentication(number: number, request: data))
            return try awaitSignature(for: number)
        } catch {
            failure = error
            return nil
        }
    }

    /// Whose session identifier stands at the front of a request to sign in (RFC 4252 §7).
    private func session(signingIn data: [UInt8]) -> SessionNumber? {
        var reader = WireReader(data)
        do throws(WireError) {
            let identifier = try reader.string(
                "session identifier",
                limit: FieldLimits.exchangeHash
            )
            return transports[[UInt8](identifier)]
        } catch {
            return nil
        }
    }

    /// Waits for one signature; what comes in between waits for its turn.
    ///
    /// What the authority ends gets none: the request and the order crossed.
    private func awaitSignature(for number: SessionNumber?) throws(LinkError) -> [UInt8]? {
        if waiting.contains(where: { Self.ends($0.order, number) }) { return nil }
        while true {
            try awaitReadable()
            guard let received = try read(blocking: false) else { continue }
            switch received.order {
            case .exchangeHashSignature(let signature) where number == nil: return signature
            case .userAuthenticationSignature(number, let signature): return signature
            case .serve, .exchangeHashSignature, .keyOfferAnswer, .signInAnswer, .permit, .refuse,
                .certificate, .userAuthenticationSignature, .retry, .endSession, .endConnection,
                .perform, .notify:
                waiting.append(received)
                if Self.ends(received.order, number) { return nil }
            }
        }
    }

    /// Whether an order ends a session, or the connection with all of them.
    private static func ends(_ order: SessionOrder, _ number: SessionNumber?) -> Bool {
        switch order {
        case .refuse(let ended, _, _), .endSession(let ended, _): ended == number
        case .endConnection: true
        case .serve, .exchangeHashSignature, .keyOfferAnswer, .signInAnswer, .permit, .certificate,
            .userAuthenticationSignature, .retry, .perform, .notify:
            false
        }
    }

    private func awaitReadable() throws(LinkError) {
        var entry = pollfd(fd: socket.raw, events: Int16(POLLIN), revents: 0)
        var ready: CInt
        repeat {
            ready = unsafe poll(&entry, 1, signatureTimeoutMilliseconds)
        } while ready < 0 && errno == EINTR
        guard ready > 0 else { throw .timedOut }
    }
}
