import SSHWire

/// Whether one more connection is taken.
///
/// What is refused reads a line (`ClosingLine`) and is closed.
struct Admission: Sendable {
    /// LIMIT: of the descriptors that the system allows us; the rest is for what serves those who are
    /// in already.
    static let descriptorPercent = 80

    /// Why a connection is refused.
    enum Refusal: Hashable, Sendable, CustomStringConvertible {
        case tooManyPending(limit: Int)
        case tooManyPendingFrom(Source, limit: Int)
        case tooMany(limit: Int)
        case tooFewDescriptors
        case draining
        /// Connections from there came to nothing; for how many milliseconds yet.
        case penalised(Source, milliseconds: Int64)
        /// A listed proxy does not say whose connection it passes on.
        case noProxyHeader(proxy: String, reason: String)

        /// As what it is counted.
        var cause: RefusedConnectionLimit {
            switch self {
            case .tooManyPending: .pendingConnections
            case .tooManyPendingFrom: .pendingConnectionsPerSource
            case .tooMany: .connections
            case .penalised: .penalties
            case .noProxyHeader: .proxyProtocol
            case .tooFewDescriptors: .descriptors
            case .draining: .draining
            }
        }

        /// The setting that is to blame; nil where none is.
        var limit: LimitName? { LimitName(rawValue: cause.rawValue) }

        var description: String {
            switch self {
            case .tooManyPending(let limit): "\(limit) connections have not signed in yet"
            case .tooManyPendingFrom(let source, let limit):
                "\(limit) connections from \(source) have not signed in yet"
            case .tooMany(let limit): "there are \(limit) connections"
            case .tooFewDescriptors: "too few descriptors are left"
            case .draining: "the bastion is being stopped"
            case .penalised(let source, let milliseconds):
                "connections from \(source) came to nothing, so it is refused for "
                    + "\((milliseconds + 999) / 1000) s"
            case .noProxyHeader(let proxy, let reason):
                "the proxy \(proxy) does not say whose connection it is: \(reason)"
            }
        }
    }

    /// Those of the settings in force.
    private(set) var limits: ConnectionLimits
    let descriptorLimit: Int
    private(set) var pending = 0
    private(set) var total = 0
    /// Of each source that has some; so at most as many entries as are pending.
    private var pendingFrom: [Source: Int] = [:]
    var isDraining = false
    private(set) var penalties: SourcePenalties

    init(
        limits: ConnectionLimits,
        penalties: PenaltySettings = PenaltySettings(),
        descriptorLimit: Int
    ) {
        self.limits = limits
        self.penalties = SourcePenalties(penalties)
        self.descriptorLimit = descriptorLimit
    }

    /// Takes a connection, or says why not.
    ///
    /// `descriptor` is the number of the accepted socket: the kernel gives the lowest free one, so
    /// it tells how many are in use. `now` is in milliseconds of a clock that never falls.
    mutating func accepted(
        from address: IPAddress,
        descriptor: Int,
        at now: Int64
    ) -> Refusal? {
        let source = Source(address)
        if !isDraining, let milliseconds = penalties.remaining(for: address, at: now) {
            return .penalised(source, milliseconds: milliseconds)
        }
        if let refusal = obstacle(descriptor) { return refusal }
        let sourceLimit = limits.pendingConnectionsPerSource
        guard pendingFrom[source, default: 0] < sourceLimit else {
            return .tooManyPendingFrom(source, limit: sourceLimit)
        }
        pending += 1
        pendingFrom[source, default: 0] += 1
        total += 1
        return nil
    }

    /// What keeps out whoever it is.
    private func obstacle(_ descriptor: Int) -> Refusal? {
        if isDraining { return .draining }
        guard descriptor < descriptorLimit * Self.descriptorPercent / 100 else {
            return .tooFewDescriptors
        }
        guard total < limits.connections else { return .tooMany(limit: limits.connections) }
        guard pending < limits.pendingConnections else {
            return .tooManyPending(limit: limits.pendingConnections)
        }
        return nil
    }

    /// A listed proxy connects, which has to say from where: nobody's source is charged yet.
    mutating func proxyConnected(descriptor: Int) -> Refusal? {
        if let refusal = obstacle(descriptor) { return refusal }
        pending += 1
        total += 1
        return nil
    }

    /// It said so, or did not: either way it is taken as another connection, or none.
    mutating func proxyAnswered() {
        precondition(pending > 0, "only a proxy that connected answers")
        pending -= 1
        total -= 1
    }

    mutating func signedIn(from address: IPAddress, at now: Int64) {
        penalties.signedIn(from: Source(address), at: now, now: now)
        noLongerPending(Source(address))
    }

    /// A connection is over that had signed in.
    mutating func ended() {
        precondition(total > 0, "only what was accepted ends")
        total -= 1
    }

    /// A connection is over that had not; for how long its source is refused, where that begins now.
    ///
    /// `failure` is nil where it is not the client's.
    mutating func cameToNothing(
        _ failure: SourcePenalties.Failure?,
        from address: IPAddress,
        at now: Int64
    ) -> Int64? {
        noLongerPending(Source(address))
        ended()
        return failure.flatMap { penalties.failed($0, from: address, at: now) }
    }

    private mutating func noLongerPending(_ source: Source) {
        guard let count = pendingFrom[source] else {
            preconditionFailure("only who is pending signs in")
        }
        pending -= 1
        pendingFrom[source] = count > 1 ? count - 1 : nil
    }

    // MARK: What is known from elsewhere

    /// The settings were reloaded.
    mutating func change(to limits: ConnectionLimits, _ penalties: PenaltySettings) {
        self.limits = limits
        self.penalties.change(to: penalties)
    }

    /// Somebody signed in there, and the release before this one took that connection.
    mutating func takeOver() { total += 1 }

    mutating func take(over penalties: [HandedPenalty], at now: Int64) {
        for penalty in penalties { self.penalties.take(over: penalty, at: now) }
    }

    /// Somebody signed in from there before the start.
    mutating func remember(_ address: IPAddress, signedInAt instant: Int64, now: Int64) {
        penalties.signedIn(from: Source(address), at: instant, now: now)
    }
}
