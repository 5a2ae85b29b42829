import PlainText
import PolicyEngine
import SessionProtocol

/// What a client says by variables that begin with `SALLYPORT_`: how it wants to be answered, and
/// what it claims.
///
/// None of them reaches a target. `docs/formats/refusal.md` is their description.
struct ClientContext: Hashable, Sendable {
    static let prefix = "SALLYPORT_"
    /// LIMIT: characters of a nonce; 16 random bytes in hexadecimal have 32.
    static let maximumNonceCharacters = 128
    /// LIMIT: how long a session waits for its approval; it holds a process for that time.
    static let maximumWait = Duration.seconds(3600)

    private(set) var answersInJSON = false
    /// Repeated in the answer, which proves whose answer it is.
    private(set) var nonce: String?
    /// What a refusal exits with; nil where each has its own status.
    private(set) var refusalStatus: UInt32?
    /// How long it waits for an approval before it is refused.
    private(set) var wait: Duration?
    /// What it promises to send; nil where it promises nothing.
    private(set) var promise: InputPromise?
    /// What it says of its reasons, by name; nobody has confirmed it.
    private(set) var claims: [String: String] = [:]
    /// The names of the variables that say nothing that is known.
    private(set) var refused: [String] = []

    init(_ variables: [EnvironmentAssignment]) {
        for variable in variables where variable.name.hasPrefix(Self.prefix) {
            guard let value = String(validating: variable.value, as: UTF8.self),
                take(String(variable.name.dropFirst(Self.prefix.count)), value)
            else {
                refused.append(variable.name)
                continue
            }
        }
    }

    private mutating func take(_ name: String, _ value: String) -> Bool {
        switch name {
        case "OUTPUT":
            answersInJSON = value == "json"
            return ["json", "text"].contains(value)
        case "NONCE":
            guard Self.isNonce(value) else { return false }
            nonce = value
            return true
        case "EXIT":
            guard let status = UInt32(value), (1...255).contains(status) else { return false }
            refusalStatus = status
            return true
        case "WAIT":
            guard let wait = Self.duration(value), wait <= Self.maximumWait else { return false }
            self.wait = wait
            return true
        case "INPUT":
            promise = InputPromise(value)
            return promise != nil
        default: return takeClaim(name, value)
        }
    }

    /// `SALLYPORT_CHANGE_TICKET` is the claim `change-ticket`.
    private mutating func takeClaim(_ variable: String, _ value: String) -> Bool {
        let name = variable.lowercased().replacing("_", with: "-")
        let isPlain = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
        }
        guard isPlain, (1...FieldLimits.claimName).contains(name.utf8.count),
            value.utf8.count <= FieldLimits.claimValue,
            value.escapingControls() == value,
            claims.count < FieldLimits.claimCount || claims[name] != nil
        else { return false }
        claims[name] = value
        return true
    }

    private static func isNonce(_ text: String) -> Bool {
        (1...maximumNonceCharacters).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
                    || (0x30...0x39).contains(byte) || "._:+/=-".utf8.contains(byte)
            }
    }

    /// `30s`, `10m`, `1h`.
    private static func duration(_ text: String) -> Duration? {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }), text.utf8.count <= 6,
            let count = UInt32(text.dropLast())
        else { return nil }
        return .seconds(Int(count) * unit)
    }

    /// As the decider is told of them, in an order that is always the same.
    var messageClaims: [ClientClaim] {
        claims.sorted { $0.key < $1.key }.map { ClientClaim(name: $0.key, value: $0.value) }
    }
}
