import SSH

/// What waits to be handed on between a client and its program, and which ends were passed on.
///
/// What is in here for the client is recorded, or ours. Nothing is taken from a side before what it
/// said last is handed on, which bounds the memory of a session.
struct SessionStreams {
    private let client: Channel
    private(set) var toClient = StreamBuffer()
    private(set) var toTarget = StreamBuffer()
    private var pendingExit: Channel.Exit?
    private var closesClient = false
    private var hasEndedTarget = false
    private var hasEndedClient = false
    private(set) var hasClosedClient = false
    /// Whether nothing that the client sends reaches the program, which reads its end at once.
    private var discardsInput = false

    init(client: Channel) {
        self.client = client
    }

    // MARK: taking

    /// From now on what the client sends is thrown away: nothing that runs reads it.
    mutating func discardInput() { discardsInput = true }

    /// Takes what the client sent; false where there is nothing, or the last is not handed on.
    mutating func takeFromClient() -> Bool {
        guard toTarget.isEmpty else { return false }
        client.resume()
        if discardsInput { client.inbox.removeAll() }
        guard !client.inbox.isEmpty else { return false }
        swap(&toTarget, &client.inbox)
        return true
    }

    /// Takes what the client sent into what is held back; whether that was all of it.
    mutating func take(into held: inout HeldInput) -> Bool {
        client.resume()
        client.inbox.forEachRun { bytes, _ in held.take(bytes) }
        client.inbox.removeAll()
        return client.hasEnded && client.isDrained
    }

    /// Whether more of what is held back is there that no event of a socket will tell of.
    var hasMoreToHold: Bool { !client.isDrained }

    /// Takes what was held back as what the client sent.
    mutating func release(_ held: HeldInput) { toTarget.append(held.bytes, isError: false) }

    /// Takes what the program wrote; false where there is nothing, or the last is not handed on.
    mutating func takeFromTarget(_ target: Channel) -> Bool {
        guard toClient.isEmpty else { return false }
        target.resume()
        guard !target.inbox.isEmpty else { return false }
        swap(&toClient, &target.inbox)
        return true
    }

    /// Whether a side has something that no event of a socket will tell of.
    ///
    /// A peer that filled its flow window says nothing more until what libssh holds back is taken.
    func hasMoreToTake(_ target: Channel) -> Bool {
        toClient.isEmpty && !target.isDrained || toTarget.isEmpty && !client.isDrained
    }

    /// What must not reach the client, because it is not recorded.
    mutating func dropOutput() {
        toClient.removeAll()
    }

    /// A text of ours for the client's standard error.
    mutating func say(_ text: String) {
        toClient.append(Array(text.utf8), isError: true)
    }

    /// How the program ended, for the client, after everything that is there for it now.
    mutating func ended(_ exit: Channel.Exit) {
        pendingExit = exit
    }

    mutating func closeClient() {
        closesClient = true
    }

    /// Whether a client that closed its channel only has nothing more to say or to hear.
    ///
    /// OpenSSH closes as soon as both sides said their end, and still takes the exit status, which
    /// sshd sends when its program is through: before that end or any time after it.
    var awaitsExit: Bool { hasEndedClient && client.hasEnded }

    // MARK: handing on

    mutating func forwardToTarget(_ target: Channel) {
        while let front = toTarget.front {
            let written = target.write(front.bytes)
            guard written > 0 else { break }
            toTarget.drop(written)
        }
        let isInputOver = discardsInput || client.hasEnded && client.isDrained
        if isInputOver, toTarget.isEmpty, !hasEndedTarget {
            hasEndedTarget = true
            target.sendEnd()
        }
    }

    /// Hands on to the client; `target` is nil where no program runs any more.
    mutating func forwardToClient(from target: Channel?) {
        if client.isClosedByPeer { toClient.removeAll() }
        while let front = toClient.front {
            let written = client.write(front.bytes, isError: front.isError)
            guard written > 0 else { return }
            toClient.drop(written)
        }
        if let target, target.hasEnded, target.isDrained, !hasEndedClient {
            hasEndedClient = true
            client.sendEnd()
        }
        // An exit goes out after everything that the program wrote before it.
        if let exit = pendingExit, target?.isDrained ?? true {
            pendingExit = nil
            client.send(exit)
        }
        guard closesClient, !hasClosedClient else { return }
        hasClosedClient = true
        client.close()
    }
}
