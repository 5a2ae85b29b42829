import MessageSockets

/// One attempt to connect to a target: its addresses in order, until one answers.
final class Dial {
    struct Connected {
        let socket: Descriptor
        let local: SocketAddress
        let peer: SocketAddress
    }

    /// LIMIT: connections in a row that get ends which are set aside; each is one of many thousands.
    static let maximumSetAside = 8

    enum Outcome {
        case connected(Connected)
        case failed(reason: String)
    }

    private let reactor: Reactor
    private var remaining: [SocketAddress] = []
    private var socket: Descriptor?
    private var watch: Reactor.Watch?
    private var timer: Reactor.TimerID?
    private let isSetAside: (Connected) -> Bool
    private var setAside = 0
    private var completion: ((Outcome) -> Void)?
    private var lastReason = "no address answered"

    /// Begins; `completion` is called once, later, unless the attempt is cancelled.
    ///
    /// A connection whose ends `isSetAside` is closed, and another one made.
    init(
        host: String,
        port: UInt16,
        within timeout: Duration,
        on reactor: Reactor,
        lookups: BlockingWork,
        unless isSetAside: @escaping (Connected) -> Bool = { _ in false },
        completion: @escaping (Outcome) -> Void
    ) {
        self.reactor = reactor
        self.isSetAside = isSetAside
        self.completion = completion
        timer = reactor.after(timeout) { [weak self] in
            self?.timer = nil
            self?.finish(.failed(reason: "connecting took too long"))
        }
        let ticket = reactor.expect { [weak self] (outcome: NameLookup.Outcome?) in
            self?.found(outcome)
        }
        if let address = SocketAddress(host: host, port: port) {
            ticket.fulfil(.addresses([address]))
        } else {
            lookups.run({ NameLookup.addresses(of: host, port: port) }, fulfilling: ticket)
        }
    }

    func cancel() {
        completion = nil
        clear()
    }

    private func found(_ outcome: NameLookup.Outcome?) {
        guard completion != nil else { return }
        switch outcome {
        case .addresses(let addresses):
            remaining = addresses
            tryNext()
        case .failed(let reason): finish(.failed(reason: reason))
        case nil: finish(.failed(reason: "too many names are being looked up"))
        }
    }

    private func tryNext() {
        guard !remaining.isEmpty else { return finish(.failed(reason: lastReason)) }
        let address = remaining.removeFirst()
        do {
            let socket = try TCPSocket.connecting(to: address)
            self.socket = socket
            watch = try reactor.watch(socket.raw, for: .writable) { [weak self] _ in
                self?.decided()
            }
        } catch {
            lastReason = error.description
            tryNext()
        }
    }

    private func decided() {
        guard let socket else { return }
        if let watch { reactor.forget(watch) }
        watch = nil
        self.socket = nil
        if let failure = TCPSocket.failure(of: socket) {
            lastReason = failure.description
            return tryNext()
        }
        guard let local = SocketAddress.local(of: socket.raw),
            let peer = SocketAddress.peer(of: socket.raw)
        else {
            lastReason = "the connection was lost at once"
            return tryNext()
        }
        let connected = Connected(socket: socket, local: local, peer: peer)
        guard isSetAside(connected) else { return finish(.connected(connected)) }
        setAside += 1
        guard setAside < Self.maximumSetAside else {
            return finish(.failed(reason: "each free port is set aside for what is being ended"))
        }
        remaining.insert(peer, at: 0)
        tryNext()
    }

    private func finish(_ outcome: Outcome) {
        let completion = self.completion
        self.completion = nil
        clear()
        completion?(outcome)
    }

    private func clear() {
        if let watch { reactor.forget(watch) }
        if let timer { reactor.cancel(timer) }
        watch = nil
        timer = nil
        socket = nil
    }
}
