import SessionProtocol

/// Messages by which a process asks for sessions, and what it says of those, kept while no session may
/// begin: in their order, which matters within a session alone.
struct HeldMessages {
    /// LIMIT: messages of one connection that are kept.
    static let maximumMessages = 256
    /// LIMIT: their bytes; a process that says more has to give way.
    static let maximumBytes = 1024 * 1024

    enum Outcome: Hashable {
        /// It is about nothing that is kept.
        case act
        case kept
        /// There is no room for it.
        case full
    }

    private(set) var messages: [[UInt8]] = []
    private var numbers: Set<SessionNumber> = []
    private var bytes = 0

    /// What cannot be read is acted on.
    mutating func keep(_ message: some Sequence<UInt8>, descriptors: Int = 0) -> Outcome {
        let request: SessionRequest
        do {
            request = try SessionRequest(decoding: message)
        } catch {
            return .act
        }
        guard descriptors == 0, let number = request.session,
            request.kind == .openSession || numbers.contains(number)
        else { return .act }
        let message = Array(message)
        guard messages.count < Self.maximumMessages, bytes + message.count <= Self.maximumBytes
        else {
            return .full
        }
        numbers.insert(number)
        messages.append(message)
        bytes += message.count
        return .kept
    }
}
