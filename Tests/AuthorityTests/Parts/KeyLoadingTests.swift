import AuditTrail
import Foundation
import PolicyEngine
import TestSupport
import Testing

@testable import Authority

@Suite struct `a private key file` {
    private let workshop: KeyWorkshop
    private let path: String

    init() throws {
        workshop = try KeyWorkshop()
        _ = try workshop.keygen("-q", "-t", "ed25519", "-N", "", "-f", "key")
        path = workshop.directory.appendingPathComponent("key").path
    }

    private func error(_ path: String) -> KeyLoadingError? {
        do throws(KeyLoadingError) {
            _ = try KeyLoading.load(.file(path: path))
            return nil
        } catch {
            return error
        }
    }

    @Test func `is used where its owner alone may read it`() {
        #expect(error(path) == nil)
    }

    @Test func `is refused where others may`() throws {
        for mode in [0o640, 0o604, 0o660] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(error(path) == .exposed(path: path, mode: UInt32(mode)))
        }
    }

    @Test func `is refused where it is none`() throws {
        try workshop.write("hello", to: "text")
        let text = workshop.directory.appendingPathComponent("text").path
        guard case .malformed = error(text), case .unreadable = error(path + ".missing"),
            case .notRegular = error("/dev/null")
        else {
            Issue.record("something else than a key was taken")
            return
        }
    }
}

@Suite struct `locks` {
    private let moment = Timestamp(secondsSince1970: 1000)

    @Test func `hold until their time, for agents through their owner too`() throws {
        let world = try World()
        let alice = try #require(
            PrincipalName("human:alice").flatMap(world.inventory.principal(named:))
        )
        let copilot = try #require(
            PrincipalName("agent:copilot").flatMap(world.inventory.principal(named:))
        )
        var locks = Locks()
        #expect(locks.reason(against: alice, at: moment) == nil)
        locks.lock(.allAgents, until: nil, reason: "incident")
        #expect(locks.reason(against: alice, at: moment) == nil)
        #expect(locks.reason(against: copilot, at: moment) != nil)
        locks.unlock(.allAgents)
        let end = Timestamp(secondsSince1970: 1010)
        locks.lock(.principal("human:alice"), until: end, reason: "")
        #expect(locks.reason(against: copilot, at: moment) != nil)
        #expect(locks.reason(against: alice, at: moment) != nil)
        #expect(locks.reason(against: alice, at: end) == nil)
    }
}
