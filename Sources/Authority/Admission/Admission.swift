import SSHWire

/// Who may hold only so many connections that have not signed in: an IPv4 address, or the IPv6
/// network of 64 bits that one host has for itself.
struct Source: Hashable, Sendable, CustomStringConvertible {
    private let bytes: [UInt8]

    init(_ address: IPAddress) {
        bytes = address.isVersion4 ? address.bytes : Array(address.bytes.prefix(8))
    }

    var description: String {
        let isNetwork = bytes.count == 8
        let address = IPAddress(isNetwork ? bytes + [UInt8](repeating: 0, count: 8) : bytes)
        return isNetwork ? "\(address)/64" : "\(address)"
    }
}

/// Whether one more connection is taken.
///
/// What is refused is closed without a word: an answer would cost more than the question.
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

        var description: String {
            switch self {
            case .tooManyPending(let limit): "\(limit) connections have not signed in yet"
            case .tooManyPendingFrom(let source, let limit):
                "\(limit) connections from \(source) have not signed in yet"
            case .tooMany(let limit): "there are \(limit) connections"
            case .tooFewDescriptors: "too few descriptors are left"
            case .draining: "the bastion is being stopped"
            }
        }
    }

    /// Those of the settings in force.
    var limits: ConnectionLimits
    let descriptorLimit: Int
    private(set) var pending = 0
    private(set) var total = 0
    /// Of each source that has some; so at most as many entries as are pending.
    private var pendingFrom: [Source: Int] = [:]
    var isDraining = false

    init(limits: ConnectionLimits, descriptorLimit: Int) {
        self.limits = limits
        self.descriptorLimit = descriptorLimit
    }

    /// `descriptor` is the number of the accepted socket: the kernel gives the lowest free one, so
    /// it tells how many are in use.
    mutating func accepted(from source: Source, descriptor: Int) -> Refusal? {
        if isDraining { return .draining }
        guard descriptor < descriptorLimit * Self.descriptorPercent / 100 else {
            return .tooFewDescriptors
        }
        guard total < limits.connections else { return .tooMany(limit: limits.connections) }
        guard pending < limits.pendingConnections else {
            return .tooManyPending(limit: limits.pendingConnections)
        }
        let sourceLimit = limits.pendingConnectionsPerSource
        guard pendingFrom[source, default: 0] < sourceLimit else {
            return .tooManyPendingFrom(source, limit: sourceLimit)
        }
        pending += 1
        pendingFrom[source, default: 0] += 1
        total += 1
        return nil
    }

    mutating func signedIn(from source: Source) {
        guard let count = pendingFrom[source] else {
            preconditionFailure("only who is pending signs in")
        }
        pending -= 1
        pendingFrom[source] = count > 1 ? count - 1 : nil
    }

    mutating func ended(from source: Source, wasSignedIn: Bool) {
        precondition(total > 0, "only what was accepted ends")
        total -= 1
        if !wasSignedIn { signedIn(from: source) }
    }
}
