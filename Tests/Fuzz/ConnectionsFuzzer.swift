// Compiled by scripts/fuzz on the modules of Sources, with Seeds.swift and what tests play a process with.

import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol

@testable import Authority

/// Reads any bytes as what a session process says to the authority, and what the authority does in between.
///
/// Each step is a byte that chooses, and one to choose among keys, sessions and hashes. A step may be any bytes as
/// a message; others are honest, so that every state is reached. Whatever comes, nobody is signed in without a
/// signature of theirs over this connection, no certificate is issued but for a decided session over a
/// transport that proved the target's host key, and each is used once.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConnections(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    var conversation = Conversation()
    var rest = bytes[...]
    while rest.count >= 2 {
        let (step, choice) = (rest.removeFirst(), rest.removeFirst())
        if step == 0 {
            let message = rest.prefix(Int(choice))
            rest = rest.dropFirst(Int(choice))
            conversation.hears(Array(message))
        } else {
            conversation.takes(step, choice)
        }
    }
    return 0
}

/// Writes what there is to begin with.
@_cdecl("LLVMFuzzerInitialize")
public func makeSeeds(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    let signIn: [UInt8] = [1, 0, 4, 0, 2, 0, 3, 0]
    let session: [UInt8] = [5, 1, 6, 1, 7, 1, 8, 1, 9, 1, 10, 1]
    let messages = SampleMessages.requests.map { $0.encoded() }.filter { $0.count < 256 }
    Seeds.write(
        [signIn, signIn + session, signIn + session + [13, 1, 12, 1, 15, 0]]
            + [signIn + [5, 1, 6, 1, 11, 1, 17, 1, 7, 1, 8, 1, 9, 1, 10, 1, 12, 1]]
            + messages.map { signIn + [0, UInt8($0.count)] + $0 }
            + messages.map { signIn + session + [0, UInt8($0.count)] + $0 }
    )
    return 0
}

private func check(_ holds: Bool, line: Int = #line) {
    if !holds { fatalError("line \(line)") }
}

private struct Conversation {
    private static let world = made { try World() }

    private var process = made { try ProcessUnderTest(world, tries: 3, sessionsAtOnce: 2) }
    private var machine: ConnectionMachine {
        get { process.machine }
        set { process.machine = newValue }
    }

    // What is true, whatever anybody says.
    private var firstHash: [UInt8]?
    private var signed: Set<[UInt8]> = []
    private var isRecording = false
    private var isSignedIn = false
    private var asked: Set<SessionNumber> = []
    private var connected: Set<SessionNumber> = []
    private var proving: Set<SessionNumber> = []
    private var issued: [SessionNumber: TransportMachine.Issued] = [:]
    private var hashes: [SessionNumber: [UInt8]] = [:]
    private var isDead = false

    private static func made<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { fatalError("\(error)") }
    }

    private var world: World { Self.world }

    private func key(_ choice: UInt8) -> Ed25519SigningKey {
        [world.alice, world.copilot, world.mallory][Int(choice % 3)]
    }

    // MARK: What the process says

    mutating func says(_ request: SessionRequest) { hears(request.encoded()) }

    mutating func hears(_ message: [UInt8]) {
        if !isDead, machine.phase != .ended, firstHash == nil { noteFirstHash(message) }
        let actions = machine.received(message, descriptors: 0, world.context())
        if isDead { check(actions.lie != nil && actions.count == 1) }
        for action in actions { judge(action) }
        check(machine.sessions.count <= 2)
    }

    private mutating func noteFirstHash(_ message: [UInt8]) {
        do {
            guard case .signExchangeHash(let hash) = try SessionRequest(decoding: message),
                SignInMachine.exchangeHashBytes.contains(hash.count)
            else { return }
            firstHash = hash
        } catch {}
    }

    private mutating func judge(_ action: ConnectionAction) {
        switch action {
        case .kill: isDead = true
        case .connectionEnded: isDead = true
        case .recordSignIn(let identity, _):
            check(!isSignedIn && !isRecording)
            check(signed.contains(identity.publicKey.blob))
            isRecording = true
        case .open(let opening):
            check(isSignedIn && !asked.contains(opening.number))
            asked.insert(opening.number)
        case .issue(let number, _):
            check(connected.contains(number))
            proving.insert(number)
        case .order(.userAuthenticationSignature(let number, _)):
            check(issued.removeValue(forKey: number) != nil)
            connected.remove(number)
        case .sessionEnded(let report): forget(report.number)
        case .lost(let number, _, _, _):
            connected.remove(number)
            proving.remove(number)
            issued[number] = nil
        case .started: check(isSignedIn)
        case .order(.signInAnswer(let isAccepted)): check(!isAccepted)
        case .order(.certificate), .order(.permit), .order(.serve), .order(.perform):
            fatalError("the machine does not order this")
        case .endUnrecorded: check(!isSignedIn)
        case .order, .signExchangeHash, .recordRefusedSignIn, .note, .count, .refuse,
            .refuseHostKey, .signal, .limitReached:
            break
        }
    }

    private mutating func forget(_ number: SessionNumber) {
        connected.remove(number)
        proving.remove(number)
        issued[number] = nil
    }

    // MARK: Steps

    mutating func takes(_ step: UInt8, _ choice: UInt8) {
        let number = SessionNumber(UInt32(choice & 3))
        switch step {
        case 1: says(.signExchangeHash(World.hash(choice)))
        case 2: signIn(choice)
        case 3: recorded(choice)
        case 4:
            says(
                .offerKey(
                    user: "deploy@web1",
                    algorithm: "ssh-ed25519",
                    keyBlob: key(choice).publicKeyBlob
                )
            )
        case 5: says(.openSession(ProcessUnderTest.opening(number.value)))
        case 6: decide(number, stage: choice >> 2 & 7)
        case 7: prove(number, choice)
        case 8: issue(number)
        case 9: askSignature(number, choice)
        case 10: says(.started(number: number))
        case 11: says(.targetLost(number: number, phase: .keyExchange, reason: "x"))
        case 12: end(number)
        case 13: says(.signal(number: number, name: choice & 4 == 0 ? "TERM" : "x"))
        case 14: says(.notice(.x11ForwardRefused, detail: "x"))
        case 15: says(.connectionEnded(.clientClosed, detail: ""))
        case 16: told(number)
        case 17: dialled(number)
        default: break
        }
    }

    private mutating func signIn(_ choice: UInt8) {
        let hash = choice & 0x40 == 0 ? firstHash ?? World.hash(0) : World.hash(9)
        let user = choice & 0x20 == 0 ? "deploy@web1" : "root@db1"
        let signer = key(choice)
        if hash == firstHash { signed.insert(signer.publicKeyBlob) }
        says(.signIn(Self.made { try world.signIn(signer, user: user, over: hash) }))
    }

    private mutating func recorded(_ choice: UInt8) {
        guard isRecording, !isDead else { return }
        isRecording = false
        guard choice & 1 == 0 else {
            _ = machine.signInNotRecorded()
            return
        }
        isSignedIn = true
        _ = machine.signInRecorded()
    }

    /// As far as the authority came with a session that was asked for.
    private mutating func decide(_ number: SessionNumber, stage: UInt8) {
        guard !isDead, asked.contains(number), machine.sessions[number] != nil,
            let identity = machine.identity, !opened.contains(number)
        else { return }
        opened.insert(number)
        let plan = SessionPlan(
            ProcessUnderTest.opening(number.value),
            connection: "c-000000000000",
            session: "s-000000000000",
            userName: "deploy@web1",
            from: "192.0.2.7",
            identity: identity,
            in: world.inventory,
            allowing: EnvironmentAllowList()
        )
        guard stage != 1 else { return }
        let verdict: DeciderPool.Verdict =
            stage == 2 ? .withoutGrant() : .permitted(rules: ["everything"], obligations: [])
        let judgement = SessionJudgement(
            plan,
            verdict,
            world.circumstances(),
            breakerMilliseconds: { _ in nil }
        )
        _ = machine.update(number) { $0.decided(judgement) }
        guard stage != 3 else { return }
        _ = machine.update(number) { $0.recorded() }
        guard stage == 0 || stage > 3 else { return }
        _ = machine.update(number) { $0.recordingCreated() }
        guard stage != 4 else { return }
        _ = machine.update(number) { $0.dialled() }
        // Mallory may nothing.
        if identity.publicKey != world.mallory.publicKey { connected.insert(number) }
    }

    private var opened: Set<SessionNumber> = []

    private mutating func dialled(_ number: SessionNumber) {
        guard !isDead, machine.sessions[number]?.isRedialling == true else { return }
        _ = machine.update(number) { $0.dialled() }
        connected.insert(number)
    }

    private mutating func prove(_ number: SessionNumber, _ choice: UInt8) {
        let hash = World.hash(choice & 0x40 == 0 ? UInt8(100 + number.value) : 0x40)
        let host = choice & 0x20 == 0 ? world.webHost : world.databaseHost
        hashes[number] = hash
        let before = proving
        says(
            .proveHostKey(
                Self.made { try world.hostKeyProof(host, over: hash, session: number.value) }
            )
        )
        // Another target's key opens nothing.
        if choice & 0x20 != 0 { check(proving == before) }
    }

    private mutating func issue(_ number: SessionNumber) {
        guard !isDead, proving.contains(number) else { return }
        let certificate = TransportMachine.Issued(
            number: 7,
            blob: Array("certificate \(number.value)".utf8),
            key: Self.certified
        )
        let isWanted = machine.update(number) { $0.issued(certificate) }
        if isWanted == true { issued[number] = certificate }
        proving.remove(number)
    }

    private static let certified = Ed25519SigningKey.generate()

    private mutating func askSignature(_ number: SessionNumber, _ choice: UInt8) {
        let request = ProcessUnderTest.userAuthentication(
            over: hashes[number] ?? World.hash(1),
            login: choice & 0x20 == 0 ? "deploy" : "root",
            with: issued[number]?.blob ?? [1]
        )
        let before = issued[number] != nil
        says(.signUserAuthentication(number: number, request: request))
        if choice & 0x20 != 0, before { check(issued[number] != nil || isDead) }
    }

    private mutating func told(_ number: SessionNumber) {
        guard !isDead else { return }
        _ = machine.update(number) { $0.told() }
        forget(number)
    }

    private mutating func end(_ number: SessionNumber) {
        let report = SessionReport(
            number: number,
            cause: .finished,
            result: .exitStatus(0),
            inputBytes: 1,
            outputBytes: 2,
            errorBytes: 3,
            recordedBytes: 4
        )
        says(.sessionEnded(report))
    }
}
