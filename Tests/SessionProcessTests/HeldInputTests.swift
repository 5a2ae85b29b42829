import Foundation
import SSH
import Testing

@testable import SessionProcess

@Suite struct `an input that is held back` {
    private func held(_ promised: [UInt8], _ parts: [[UInt8]]) -> HeldInput {
        let hash = SHA256Hash()
        hash.update(promised)
        var held = HeldInput(digest: hash.finish())
        for part in parts { held.take(part[...]) }
        return held
    }

    @Test(arguments: [
        [[UInt8]()], [Array("select 1;\n".utf8)], [Array("select".utf8), [], Array(" 1;\n".utf8)],
    ])
    func `is handed on whole where it is what was promised`(_ parts: [[UInt8]]) {
        let all = Array(parts.joined())
        let held = held(all, parts)

        #expect(held.verdict(hasEnded: false) == .wait)
        #expect(held.verdict(hasEnded: true) == .handOn)
        #expect(held.bytes == all)
    }

    @Test(arguments: ["", "drop", "drop table a;\n", "drop table b;\n\n", "DROP TABLE b;\n"])
    func `is refused where it is another`(_ sent: String) {
        let held = held(Array("drop table b;\n".utf8), [Array(sent.utf8)])

        #expect(held.verdict(hasEnded: false) == .wait)
        #expect(held.verdict(hasEnded: true) == .refuse)
    }

    @Test func `is refused at its limit, before it has an end`() {
        let most = [UInt8](repeating: 65, count: HeldInput.maximumBytes)

        #expect(held(most, [most]).verdict(hasEnded: true) == .handOn)
        let beyond = held(most + [65], [most, [65]])
        #expect(beyond.verdict(hasEnded: false) == .refuse)
        #expect(beyond.bytes.isEmpty)
        // What comes behind makes it no better.
        #expect(held([], [most, [65], []]).verdict(hasEnded: true) == .refuse)
    }
}
