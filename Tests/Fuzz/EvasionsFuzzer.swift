// Compiled by scripts/fuzz on the modules of Sources, with Shipped.swift and the generator of the tests.

import CommandAnalysis
import PolicyEngine
import TestSupport

/// Makes of any bytes a command line that hides what must not run; none of them is permitted.
///
/// Unlike the tests, it goes on as long as it is told to, and keeps what reaches something new.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEvasions(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let start = unsafe start else { return 0 }
    // FNV-1a: neighbours of some bytes become other lines.
    var seed: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in unsafe UnsafeBufferPointer(start: start, count: count) {
        seed = (seed ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    var generator = EvasionGenerator(seed: seed)
    let payload = generator.pick(Payload.destructive)
    let line = generator.line(payload, techniques: 2...4)
    var situation = Shipped.situation(isAgent: true)
    situation.input = generator.pick([.unknown, .nothing])
    situation.isGuardedShell = generator.chance(4)
    if generator.isPOSIX {
        let shell = generator.pick(["bash", "dash", "sh"])
        situation.shell = .program("/bin/\(shell)")
    }
    let policy = generator.chance(4) ? Shipped.readOnly : Shipped.production
    let judgement = RuleBook(policy: policy, knowledge: Shipped.knowledge)
        .judge(Array(line.utf8), in: situation)
    // An optimised build does not say what a precondition says.
    if judgement.verdict.ruling == .permit { fatalError("permitted: \(line)") }
    return 0
}
