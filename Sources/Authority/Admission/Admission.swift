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
        case tooMany(limit: Int)
        case tooFewDescriptors
        case draining

        var description: String {
            switch self {
            case .tooManyPending(let limit): "\(limit) connections have not signed in yet"
            case .tooMany(let limit): "there are \(limit) connections"
            case .tooFewDescriptors: "too few descriptors are left"
            case .draining: "the bastion is being stopped"
            }
        }
    }

    var pendingLimit: Int
    var limit: Int
    let descriptorLimit: Int
    private(set) var pending = 0
    private(set) var total = 0
    var isDraining = false

    init(pendingLimit: Int, limit: Int, descriptorLimit: Int) {
        self.pendingLimit = pendingLimit
        self.limit = limit
        self.descriptorLimit = descriptorLimit
    }

    /// `descriptor` is the number of the accepted socket: the kernel gives the lowest free one, so
    /// it tells how many are in use.
    mutating func accepted(descriptor: Int) -> Refusal? {
        if isDraining { return .draining }
        guard descriptor < descriptorLimit * Self.descriptorPercent / 100 else {
            return .tooFewDescriptors
        }
        guard total < limit else { return .tooMany(limit: limit) }
        guard pending < pendingLimit else { return .tooManyPending(limit: pendingLimit) }
        pending += 1
        total += 1
        return nil
    }

    mutating func signedIn() {
        precondition(pending > 0, "only who is pending signs in")
        pending -= 1
    }

    mutating func ended(wasSignedIn: Bool) {
        precondition(total > 0, "only what was accepted ends")
        total -= 1
        if !wasSignedIn { pending -= 1 }
    }
}
