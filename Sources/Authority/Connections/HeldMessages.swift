import SessionProtocol

/// Messages by which a process asks for sessions, and what it says of those, kept while no session may
/// begin: in their order, which matters within a session alone.
struct HeldMessages {
    /// LIMIT: messages of one connection that are kept; what comes then is acted on.
    static let maximumMessages = 256

    private(set) var messages: [[UInt8]] = []
    private var numbers: Set<SessionNumber> = []

    /// Whether the message is to be acted on later; one that cannot be read is not.
    mutating func keep(_ message: some Sequence<UInt8>, descriptors: Int = 0) -> Bool {
        guard messages.count < Self.maximumMessages, descriptors == 0 else { return false }
        let request: SessionRequest
        do {
            request = try SessionRequest(decoding: message)
        } catch {
            return false
        }
        guard let number = request.session else { return false }
        guard request.kind == .openSession || numbers.contains(number) else { return false }
        numbers.insert(number)
        messages.append(Array(message))
        return true
    }
}
