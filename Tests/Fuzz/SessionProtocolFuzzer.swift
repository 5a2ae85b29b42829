// Compiled by scripts/fuzz on the modules of Sources, with Seeds.swift and the samples of the tests.

import SSHWire
import SessionProtocol

/// Reads any bytes as a message of each kind, and as a conversation of a session process.
///
/// The first byte chooses what; what can be read is written and read again to the same, and within the limits.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSessionProtocol(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let reading = Reading(rawValue: bytes[0]) else { return 0 }
    let text = Array(bytes.dropFirst())
    do throws(WireError) {
        switch reading {
        case .request:
            let request = try SessionRequest(decoding: text)
            let again = request.encoded()
            check(again, atMost: FieldLimits.message)
            guard try SessionRequest(decoding: again) == request else { fatalError("another one") }
            check(request.session == nil || request.kind != .notice)
        case .order:
            let order = try SessionOrder(decoding: text)
            let again = order.encoded()
            check(again, atMost: FieldLimits.message)
            guard try SessionOrder(decoding: again) == order else { fatalError("another one") }
            check(order.descriptorCount <= 2)
        case .deciderOrder:
            let order = try DeciderOrder(decoding: text)
            let again = order.encoded()
            check(again, atMost: FieldLimits.message)
            guard try DeciderOrder(decoding: again) == order else { fatalError("another one") }
        case .deciderReport:
            let report = try DeciderReport(decoding: text)
            let again = report.encoded()
            check(again, atMost: FieldLimits.message)
            guard try DeciderReport(decoding: again) == report else { fatalError("another one") }
        case .bundle:
            let bundle = try SnapshotBundle(decoding: text)
            guard try SnapshotBundle(decoding: bundle.encoded()) == bundle else {
                fatalError("another one")
            }
        case .conversation:
            converse(text)
        }
    } catch {
        check(!error.description.isEmpty && !error.description.contains("\n"))
    }
    return 0
}

/// What the first byte says.
private enum Reading: UInt8 {
    case request = 0
    case order, deciderOrder, deciderReport, bundle, conversation
}

/// Writes what there is to begin with.
@_cdecl("LLVMFuzzerInitialize")
public func makeSeeds(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    func seeds(_ reading: Reading, _ texts: [[UInt8]]) -> [[UInt8]] {
        texts.map { [reading.rawValue] + $0 }
    }
    Seeds.write(
        seeds(.request, SampleMessages.requests.map { $0.encoded() })
            + seeds(.order, SampleMessages.orders.map { $0.encoded() })
            + seeds(.deciderOrder, SampleMessages.deciderOrders.map { $0.encoded() })
            + seeds(.deciderReport, SampleMessages.deciderReports.map { $0.encoded() })
            + seeds(.bundle, [SampleMessages.bundle.encoded()])
            + seeds(.conversation, [[1, 0, 3, 0, 10, 0, 5, 0, 6, 1, 0x82, 1, 7, 1]])
    )
    return 0
}

private func check(_ bytes: [UInt8], atMost limit: Int) {
    check(bytes.count <= limit)
}

private func check(_ holds: Bool, line: Int = #line) {
    if !holds { fatalError("line \(line)") }
}

/// A session process says one kind of message after another, about one of four sessions, and the authority
/// moves connection and sessions on: what the ledger admits is what the table permits.
private func converse(_ steps: [UInt8]) {
    var ledger = ProtocolLedger()
    var phases: [SessionNumber: SessionPhase] = [:]
    for pair in stride(from: 0, to: steps.count - 1, by: 2) {
        let (step, choice) = (steps[pair], steps[pair + 1])
        let number = SessionNumber(UInt32(choice & 3))
        switch step {
        case 0x80:
            ledger.connection =
                ConnectionPhase.allCases[Int(choice) % ConnectionPhase.allCases.count]
        case 0x81:
            ledger.closed(number)
            phases[number] = nil
        case 0x82...0x87:
            let phase = SessionPhase.allCases[Int(step - 0x82)]
            ledger.moved(number, to: phase)
            phases[number] = phase
        default:
            guard let kind = SessionRequestKind(rawValue: step) else { continue }
            admit(kind, choice & 4 == 0 ? number : nil, &ledger, phases)
        }
        check(ledger.openSessions == phases.count)
    }
}

private func admit(
    _ kind: SessionRequestKind,
    _ number: SessionNumber?,
    _ ledger: inout ProtocolLedger,
    _ phases: [SessionNumber: SessionPhase]
) {
    let row = ProtocolTable.row(kind)
    let isPermitted: Bool
    do throws(ProtocolViolation) {
        try ledger.admit(kind, session: number)
        isPermitted = true
    } catch {
        if case .tooOften = error { return }
        isPermitted = false
    }
    var shouldBe = row.connection.contains(ledger.connection)
    if let sessions = row.session, let number {
        shouldBe = shouldBe && phases[number].map(sessions.contains) == true
    }
    check(isPermitted == shouldBe)
}
