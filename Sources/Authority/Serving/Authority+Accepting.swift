import AuditTrail
import Glibc
import Logging
import MessageSockets
import SSHWire

/// How clients come and go.
extension Authority {
    func accepted(_ socket: Descriptor, at listener: Listener) {
        // Without a peer it is gone already.
        guard let peer = SocketAddress.peer(of: socket.raw), let address = peer.ipAddress
        else { return }
        if services.snapshot.settings.proxies.contains(where: { $0.contains(address) }) {
            awaitHeader(of: peer, socket, listener.address.description)
        } else {
            admit(socket, from: peer, address, at: listener.address.description)
        }
    }

    /// A listed proxy says first whose connection it passes on; of anybody else no byte is read here.
    private func awaitHeader(of proxy: SocketAddress, _ socket: Descriptor, _ listener: String) {
        if let refusal = admission.proxyConnected(descriptor: Int(socket.raw)) {
            return refused(refusal, socket)
        }
        let reading = ProxyHeaderReading(of: socket, on: reactor)
        proxied[ObjectIdentifier(reading)] = reading
        reading.begin { [weak self, unowned reading] outcome in
            guard let self else { return }
            proxied[ObjectIdentifier(reading)] = nil
            admission.proxyAnswered()
            switch outcome {
            case .failure(let failure):
                refused(.noProxyHeader(proxy: proxy.host, reason: failure.reason), socket)
            case .success(.local):
                guard let address = proxy.ipAddress else { return }
                admit(socket, from: proxy, address, at: listener)
            case .success(.proxied(let source, let port)):
                guard let client = SocketAddress(host: "\(source)", port: port) else { return }
                admit(socket, from: client, source, through: proxy, at: listener)
            }
        }
    }

    private func admit(
        _ socket: Descriptor,
        from peer: SocketAddress,
        _ address: IPAddress,
        through proxy: SocketAddress? = nil,
        at listenAddress: String
    ) {
        let now = Services.signedMilliseconds()
        if let refusal = admission.accepted(
            from: address,
            descriptor: Int(socket.raw),
            at: now
        ) {
            return refused(refusal, socket)
        }
        do throws(SocketError) {
            try TCPSocket.setNoDelay(socket)
        } catch {
            return cameToNothing(nil, from: address)
        }
        let opened = AuditEvent.ConnectionOpened(
            peerAddress: peer.host,
            peerPort: peer.port,
            listener: listenAddress,
            proxy: proxy?.description,
            landlock: services.confinement.landlockVersion
        )
        let begin = Services.milliseconds()
        let isTaken = services.spares.take { [weak self] process in
            self?.serve(socket, peer, address, opened, process, since: begin)
        } gaveUp: { [weak self] in
            self?.unserved(socket, address)
        }
        if !isTaken { unserved(socket, address) }
    }

    /// The client's socket is closed by being forgotten.
    private func unserved(_ socket: Descriptor, _ address: IPAddress) {
        ClosingLine.noProcess.send(on: socket)
        cameToNothing(nil, from: address)
        countRefusal(.sessionProcesses)
        logger.warning("no session process is to be had")
    }

    private func countRefusal(_ limit: RefusedConnectionLimit) {
        services.metering.measurements.count(.connectionsRefused, limit.rawValue)
    }

    private func serve(
        _ socket: Descriptor,
        _ peer: SocketAddress,
        _ address: IPAddress,
        _ opened: AuditEvent.ConnectionOpened,
        _ process: ChildProcess,
        since accepted: UInt64
    ) {
        let id = Identifier.connection(random: Randomness.number())
        guard
            let connection = InboundConnection(
                id: id,
                peer: peer,
                process: process,
                services: services
            )
        else {
            process.kill()
            return cameToNothing(nil, from: address)
        }
        connection.delays.waited(since: accepted, at: Services.milliseconds())
        add(connection, from: address)
        services.auditor.note(.connectionOpened(opened), about: connection.attribution)
        connection.logger.info("a client connected", metadata: ["peer": "\(peer)"])
        connection.signedIn = { [weak self] in
            self?.admission.signedIn(from: address, at: Services.signedMilliseconds())
        }
        connection.start(socket)
        if isDraining { connection.drain() }
    }

    /// One more, which is here until it is done.
    func add(_ connection: InboundConnection, from address: IPAddress) {
        connections[connection.id] = connection
        connection.done = { [weak self, weak connection] in
            guard let connection else { return }
            self?.ended(connection, from: address)
        }
    }

    private func ended(_ connection: InboundConnection, from address: IPAddress) {
        connections[connection.id] = nil
        if connection.isSignedIn {
            admission.ended()
        } else {
            cameToNothing(connection.failure, from: address)
        }
        stopIfSettled()
    }

    private func cameToNothing(_ failure: SourcePenalties.Failure?, from address: IPAddress) {
        let now = Services.signedMilliseconds()
        guard let begun = admission.cameToNothing(failure, from: address, at: now) else { return }
        let detail =
            "\(Source(address)) is refused for \((begun + 999) / 1000) s (`\(LimitName.penalties)`)"
        logger.warning("a source is refused for a while", metadata: ["source": "\(detail)"])
        services.auditor.note(.notice(.init(topic: .sourcePenalised, detail: detail)))
    }

    /// Refusals are counted, and told once in a while: a flood must not fill the log.
    private func refused(_ refusal: Admission.Refusal, _ socket: Descriptor) {
        refusal.line?.send(on: socket)
        countRefusal(refusal.cause)
        if let limit = refusal.limit { services.limitCounts.count(limit) }
        guard refusals.refused(by: refusal.limit) else { return }
        logger.warning("a connection was refused", metadata: ["reason": "\(refusal)"])
        _ = reactor.after(RefusalSummary.interval) { [weak self] in self?.tellRefusals() }
    }

    /// Those since the last time, if any.
    func tellRefusals() {
        guard !refusals.isEmpty else { return }
        let summary = refusals.take()
        logger.warning("connections were refused", metadata: ["count": "\(summary)"])
        services.auditor.note(.notice(.init(topic: .connectionsRefused, detail: summary)))
    }
}

extension SocketAddress {
    /// Without the port; nil for what the kernel writes otherwise, as a link-local one with a zone.
    var ipAddress: IPAddress? {
        do { return try IPAddress(parsing: host) } catch { return nil }
    }
}
