import CSystem
import MessageSockets
import SSH
import SessionProtocol

/// What starts once its input is there.
struct HeldStart {
    let promised: PromisedInput
    let socket: Descriptor
    let deadline: UInt64
    var input: HeldInput

    init(_ promised: PromisedInput, on socket: Descriptor, now: UInt64) {
        self.promised = promised
        self.socket = socket
        deadline = now + Clock.seconds(HeldInput.maximumSeconds)
        input = HeldInput(digest: promised.digest)
    }
}

/// A session that is permitted for one input.
extension RelaySession {
    /// Collects the input and starts the program with it; false while it is not there.
    func collectHeldInput(now: UInt64) throws(LinkError) -> Bool {
        guard var held else { return false }
        // Its bytes have one owner, and are not copied.
        self.held = nil
        let hasEnded = streams.take(into: &held.input)
        switch held.input.verdict(hasEnded: hasEnded) {
        case .wait where now < held.deadline:
            self.held = held
            return false
        case .wait, .refuse:
            try refuseInput(held.promised, now: now)
            return false
        case .handOn: break
        }
        streams.release(held.input)
        try start(machine.inputIsThere(), on: held.socket, now: now)
        return true
    }

    private func refuseInput(_ promised: PromisedInput, now: UInt64) throws(LinkError) {
        guard try close(.inputRefused, now: now) else { return }
        conclude(promised.refusal, exit: .status(promised.exitStatus))
    }
}
