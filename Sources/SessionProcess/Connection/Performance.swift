import MessageSockets
import SSH
import SessionProtocol

/// Runs one forced command on a target, without a client, and reports what it printed.
///
/// The authority ends the commands of ended sessions so, and probes targets.
final class Performance {
    /// Of the order's one session.
    static let number = SessionNumber(0)
    /// LIMIT: the command has this long, set-up included.
    static let maximumSeconds: UInt32 = 60

    private let link: AuthorityLink
    private let loop: EventLoop
    private let leg: TargetLeg
    private let watch: EventLoop.Watched
    private let clock: () -> UInt64
    private let deadline: UInt64
    /// What the command has not been given yet.
    private var input: ArraySlice<UInt8>
    private var output: [UInt8] = []
    private var hasStarted = false

    init(
        _ order: TransportOrder,
        program: LegProgram,
        input: [UInt8],
        socket: Descriptor,
        link: AuthorityLink,
        seam: CryptoSeam,
        clock: @escaping () -> UInt64 = Clock.nanoseconds
    ) throws {
        let now = clock()
        self.clock = clock
        self.link = link
        self.input = input[...]
        loop = try EventLoop()
        deadline = now + Clock.seconds(Self.maximumSeconds)
        leg = try TargetLeg(
            number: Self.number,
            socket: socket,
            order: order,
            program: program,
            terminal: nil,
            link: link,
            seam: seam,
            loop: loop,
            now: now
        )
        watch = try loop.watch(link.descriptor)
    }

    func run() throws(LinkError) {
        while true {
            let now = clock()
            while let received = try link.receive() {
                guard try obey(received.order) else { return }
            }
            do throws(TargetLegFailure) {
                try leg.step(now: now)
            } catch {
                return try lost(error)
            }
            if try collect() { return }
            guard now < deadline else { return try report(.none) }
            guard try !link.hasWaiting() else { continue }
            loop.poll(milliseconds: 100)
            _ = watch.takeReadable()
        }
    }

    /// Whether the performance goes on.
    private func obey(_ order: SessionOrder) throws(LinkError) -> Bool {
        switch order {
        case .certificate(_, let blob, let publicKey):
            do throws(TargetLegFailure) {
                try leg.certificateArrived(blob, publicKey: publicKey)
            } catch {
                try lost(error)
                return false
            }
            return true
        case .refuse, .endSession, .endConnection:
            leg.disconnect()
            return false
        case .serve, .exchangeHashSignature, .keyOfferAnswer, .signInAnswer, .permit,
            .userAuthenticationSignature, .retry, .perform, .notify:
            throw .unexpected(order.kind)
        }
    }

    private func lost(_ failure: TargetLegFailure) throws(LinkError) {
        leg.disconnect()
        try link.send(
            .targetLost(
                number: Self.number,
                phase: failure.phase,
                reason: failure.reason.clippedProse
            )
        )
    }

    /// Takes what the command printed; true once it ended and that is reported.
    private func collect() throws(LinkError) -> Bool {
        guard let channel = leg.channel else { return false }
        if !hasStarted {
            hasStarted = true
            try link.send(.started(number: Self.number))
        }
        input.removeFirst(channel.write(input))
        if input.isEmpty { channel.sendEnd() }
        channel.resume()
        channel.inbox.forEachRun { bytes, _ in
            let room = FieldLimits.probeOutput - output.count
            output.append(contentsOf: bytes.prefix(room))
        }
        channel.inbox.removeAll()
        guard channel.isDrained, channel.isClosedByPeer || !leg.isConnected else { return false }
        try report(channel.exit.map(\.result) ?? .none)
        return true
    }

    private func report(_ result: ProgramResult) throws(LinkError) {
        leg.disconnect()
        try link.send(.performed(result: result, output: output))
    }
}
