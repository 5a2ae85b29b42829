// Compiled by scripts/fuzz on the modules of Sources, with Seeds.swift and the samples of the tests.

import MessageSockets
import Recording
import SSH
import SessionProtocol

@testable import SessionProcess

/// Reads any bytes as what an authority orders, what a client asks for, and as the two directions of SFTP.
///
/// The first byte chooses what. An authority that nobody can understand ends the process, and nothing else does.
/// Whatever a client asks for, what is said of it can be read by the authority, so that no client has its
/// process taken for a liar.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSessionProcess(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    var steps = Steps(rest: bytes.dropFirst())
    switch bytes[0] {
    case UInt8(ascii: "l"): readOrders(&steps)
    case UInt8(ascii: "r"): relay(&steps)
    case UInt8(ascii: "s"): signIn(&steps)
    case UInt8(ascii: "f"): follow(&steps)
    default: break
    }
    return 0
}

/// Writes what there is to begin with.
@_cdecl("LLVMFuzzerInitialize")
public func makeSeeds(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    func piece(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
    }
    let orders = SampleMessages.orders.map {
        [UInt8(ascii: "l"), UInt8($0.descriptorCount)] + piece($0.encoded())
    }
    let program: [UInt8] =
        [0] + piece(Array("xterm".utf8)) + [0, 80, 0, 24] + [1] + piece(Array("LANG".utf8))
        + piece(Array("C".utf8)) + [2] + piece(Array("uptime".utf8))
    let life: [UInt8] = [8, 0, 10, 11, 12, 7] + piece(Array("TERM".utf8)) + [14, 15]
    let attempts: [UInt8] =
        [0] + piece(Array("deploy@web1".utf8)) + [1] + piece([0, 0, 0, 1, 97]) + [4, 2]
    let transfer: [[UInt8]] = [
        [0] + piece([0, 0, 0, 5, 1, 0, 0, 0, 3]), [1] + piece([0, 0, 0, 5, 2, 0, 0, 0, 3]),
        [0] + piece([0, 0, 0, 18, 3, 0, 0, 0, 1, 0, 0, 0, 1, 97, 0, 0, 0, 1, 0, 0, 0, 0]),
        [1] + piece([0, 0, 0, 10, 102, 0, 0, 0, 1, 0, 0, 0, 1, 7]),
        [0]
            + piece([0, 0, 0, 22, 5, 0, 0, 0, 2, 0, 0, 0, 1, 7] + [UInt8](repeating: 0, count: 12)),
        [1] + piece([0, 0, 0, 11, 103, 0, 0, 0, 2, 0, 0, 0, 2, 65, 66]),
        [0] + piece([0, 0, 0, 10, 4, 0, 0, 0, 3, 0, 0, 0, 1, 7]),
        [1] + piece([0, 0, 0, 17, 101, 0, 0, 0, 3] + [UInt8](repeating: 0, count: 12)),
    ]
    Seeds.write(
        orders + [[UInt8(ascii: "r")] + program + life, [UInt8(ascii: "s")] + attempts]
            + [[UInt8(ascii: "f")] + transfer.joined()]
    )
    return 0
}

private func check(_ holds: Bool, line: Int = #line) {
    if !holds { fatalError("line \(line)") }
}

/// What is left of the bytes.
private struct Steps {
    var rest: ArraySlice<UInt8>

    mutating func byte() -> UInt8? { rest.popFirst() }

    /// A number of two bytes, or as far as they go.
    mutating func number() -> Int { Int(byte() ?? 0) << 8 | Int(byte() ?? 0) }

    mutating func piece() -> [UInt8] {
        let piece = rest.prefix(number())
        rest = rest.dropFirst(piece.count)
        return Array(piece)
    }

    mutating func text() -> String { String(decoding: piece(), as: UTF8.self) }
}

// MARK: The authority

private let hash = [UInt8](repeating: 7, count: 32)

private func readOrders(_ steps: inout Steps) {
    do {
        let (ours, theirs) = try MessageSocket.pair()
        let authority = MessageSocket(adopting: theirs)
        let link = AuthorityLink(adopting: ours, signatureTimeoutMilliseconds: 0)
        link.register(sessionIdentifier: hash, for: SessionNumber(1))
        var sent = 0
        while let descriptors = steps.byte(), sent < 16 {
            let spare = try (0..<(descriptors & 3)).map { _ in try Descriptor(duplicating: ours.raw)
            }
            try authority.send(steps.piece(), spare)
            sent += 1
        }
        var read = 0
        while read < sent, let received = try link.receive() {
            read += 1
            check(received.descriptors.count == received.order.descriptorCount)
            if read == 1 { _ = link.signature(over: hash) }
        }
    } catch is LinkError {
    } catch is SocketError {
    } catch {
        fatalError("\(error)")
    }
}

// MARK: The client

private func readable(_ request: SessionRequest) {
    let bytes = request.encoded()
    check(bytes.count <= FieldLimits.message)
    do { check(try SessionRequest(decoding: bytes) == request) } catch { fatalError("\(error)") }
}

/// A session from its channel to its end, with everybody's events in any order.
private func relay(_ steps: inout Steps) {
    var machine = RelayMachine()
    var isAsked = false
    var isPermitted = false
    var reports = 0
    while let step = steps.byte() {
        switch step {
        case 0...6:
            let action = machine.requested(request(step, &steps))
            switch action {
            case .open(let program):
                check(!isAsked)
                isAsked = true
                readable(
                    .openSession(
                        SessionOpening(
                            number: SessionNumber(1),
                            program: program,
                            terminal: machine.preparation.terminal,
                            environment: machine.preparation.environment
                        )
                    )
                )
            case .refuseAndTell(let kind, let detail):
                readable(.notice(kind, detail: detail.clippedProse))
            case .grant, .refuse, .resize, .denyTooLong: break
            }
        case 7:
            let name = steps.text()
            if machine.signalled(name) { check(isPermitted) }
        case 8, 9:
            let action = machine.permitted(holdsInput: step == 9)
            if action != .ignore {
                check(isAsked && !isPermitted)
                isPermitted = true
            }
        case 10: if machine.inputIsThere() != .ignore { check(isPermitted) }
        case 11: if machine.retried() != .ignore { check(isPermitted) }
        case 12: if machine.isStarting { check(machine.programRuns().count <= 8) }
        case 13: if machine.isStarting { machine.targetLost() }
        case 14: if machine.ended() == .report { reports += 1 }
        case 15: if machine.connectionLost() == .report { reports += 1 }
        case 16: machine.handedOn()
        case 17: _ = machine.takeNewSize()
        default: break
        }
        check(reports <= 1 && (reports == 0 || isAsked))
    }
}

private func request(_ step: UInt8, _ steps: inout Steps) -> ChannelRequest {
    switch step {
    case 0:
        .terminal(
            type: steps.text(),
            columns: UInt32(steps.number()),
            rows: UInt32(steps.number())
        )
    case 1: .environment(name: steps.text(), value: steps.piece())
    case 2: .exec(commandLine: steps.piece())
    case 3: .shell
    case 4: .subsystem(name: steps.text())
    case 5: .windowChange(columns: UInt32(steps.number()), rows: UInt32(steps.number()))
    default: .x11
    }
}

/// Tries to sign in, and what the authority answers in between.
private func signIn(_ steps: inout Steps) {
    var machine = SignInMachine(maximumTries: 3)
    var isWaiting = false
    var accepted = 0
    var refused = 0
    while let step = steps.byte() {
        switch step {
        case 0, 1, 2:
            guard !isWaiting else { continue }
            let user = steps.text()
            let blob = steps.piece()
            let method: SignInAttempt.Method =
                step == 0 ? .other : step == 1 ? .keyOffer(blob: blob) : .signedKey(blob: blob)
            switch machine.attempted(SignInAttempt(user: user, method: method)) {
            case .askAboutKey(let user, let blob):
                isWaiting = true
                readable(.offerKey(user: user, algorithm: "", keyBlob: blob))
            case .prove(let user, let blob):
                isWaiting = true
                let proof = SignInProof(
                    user: user,
                    algorithm: "",
                    keyBlob: blob,
                    signature: [],
                    authenticator: nil
                )
                readable(.signIn(proof))
            case .refuse: break
            case .refuseForGood: refused += 1
            }
        case 3: if machine.keyAnswered(isAccepted: false) != nil { isWaiting = false }
        case 4: if machine.keyAnswered(isAccepted: true) != nil { isWaiting = false }
        case 5: if machine.signInAnswered(isAccepted: false) != nil { isWaiting = false }
        case 6:
            guard machine.signInAnswered(isAccepted: true) != nil else { continue }
            isWaiting = false
            accepted += 1
        case 7: if case .refuseForGood = machine.signatureFailed() { refused += 1 }
        default: _ = machine.takesMessage()
        }
        check(accepted <= 1)
    }
}

// MARK: SFTP

/// Client and target send pieces in turn; who follows them is told the same however they are cut.
private func follow(_ steps: inout Steps) {
    let whole = FileTransferObserver()
    let cut = FileTransferObserver()
    while let direction = steps.byte() {
        let piece = steps.piece()
        let bytes = [piece[...]]
        let single = piece.indices.map { piece[$0...$0] }
        for (observer, parts) in [(whole, bytes), (cut, single)] {
            for part in parts {
                if direction & 1 == 0 {
                    observer.clientSent(part)
                } else {
                    observer.targetSent(part)
                }
            }
        }
        check(whole.takeFacts() == cut.takeFacts())
    }
    // What is open has no order.
    check(Set(whole.takeAll()) == Set(cut.takeAll()))
}
