import AuditTrail
import Foundation
import Glibc
import MessageSockets
import SSHWire
import Testing

@testable import Authority

@Suite struct `an upgrade that comes to rest` {
    private let second: UInt64 = 1_000_000_000

    @Test func `waits, then makes what is left give way, then is called off`() {
        var upgrade = Upgrade(Successor(path: "/bin/false", arguments: []))
        #expect(upgrade.next(at: 1_000 * second) == .wait)
        #expect(!upgrade.isSettling)
        upgrade.beginSettling(at: 1_000 * second)
        #expect(upgrade.isSettling)
        #expect(upgrade.next(at: 1_002 * second - 1) == .wait)
        #expect(upgrade.next(at: 1_002 * second) == .dismiss)
        #expect(upgrade.next(at: 1_010 * second - 1) == .wait)
        #expect(!upgrade.hasGivenWay)
        #expect(upgrade.next(at: 1_010 * second) == .giveWay)
        #expect(upgrade.hasGivenWay)
        #expect(upgrade.next(at: 1_017 * second - 1) == .wait)
        #expect(upgrade.next(at: 1_017 * second) == .callOff)
    }
}

@Suite struct `another release` {
    private let handover: Descriptor

    init() throws {
        handover = try HandoverFile.write(Handover(hostKey: .init([]), places: .sample))
    }

    private func shell(_ text: String) -> Successor {
        Successor(path: "/bin/sh", arguments: ["-c", text, "sh"])
    }

    @Test func `consents when it says so and nothing else, about what it gets`() throws {
        try shell("grep -q '\"format\":2' && echo 'sallyport: takes over'").check(handover)
        try shell("test \"$1\" = --check-take-over && echo 'sallyport: takes over'").check(handover)
        for text in ["", "echo 'sallyport: takes over'; exit 1", "echo sallyport: takes overmuch"] {
            #expect(throws: HandoverError.self) { try shell(text).check(handover) }
        }
    }

    @Test func `says why not`() {
        let error = #expect(throws: HandoverError.self) {
            try shell("echo 'no such key' >&2; exit 1").check(handover)
        }
        #expect(error?.description == "`/bin/sh` cannot take over: no such key\\n")
    }

    @Test func `that is no program leaves every descriptor as it was`() throws {
        let successor = Successor(path: "/nonexistent/sallyport", arguments: [])
        let failure = successor.take(over: handover, with: [])
        #expect(failure.code == ENOENT)
        #expect(fcntl(handover.raw, F_GETFD, 0) == FD_CLOEXEC)
        #expect(throws: HandoverError.self) { try successor.check(handover) }
    }

    @Test func `is where this one was, whatever links lead to`() throws {
        #expect(Successor.path(of: "/opt/current/sallyport") == "/opt/current/sallyport")
        let relative = try #require(Successor.path(of: "bin/sallyport"))
        #expect(relative.hasPrefix("/") && relative.hasSuffix("/bin/sallyport"))
        #expect(Successor.path(of: "sh")?.hasSuffix("/sh") == true)
        #expect(Successor.path(of: "no-such-program-anywhere") == nil)
    }

    @Test func `is not another program of that name`() throws {
        let folder = try Folder()
        let link = "\(folder.path)/sallyport"
        try FileManager.default.createSymbolicLink(
            atPath: link,
            withDestinationPath: "/proc/self/exe"
        )
        #expect(Successor(of: link, arguments: ["serve"])?.arguments == ["serve"])
        #expect(Successor(of: "sh", arguments: []) == nil)
        #expect(Successor(of: "/nonexistent", arguments: []) == nil)
    }
}

@Suite struct `penalties that are handed over` {
    @Test func `go on, and end when they would have`() throws {
        let (first, second) = (
            try IPAddress(parsing: "192.0.2.1"), try IPAddress(parsing: "2001:db8::1")
        )
        var before = SourcePenalties(PenaltySettings())
        for source in [first, second] { _ = before.failed(.crashed, from: source, at: 0) }
        var after = SourcePenalties(PenaltySettings())
        for handed in before.handed(at: 1000) { after.take(over: handed, at: 1000) }
        for source in [first, second] {
            #expect(
                after.remaining(for: source, at: 1000) == before.remaining(for: source, at: 1000)
            )
            #expect(after.remaining(for: source, at: 90_000) == nil)
        }
        // The next one is double, as it would have been.
        #expect(
            after.failed(.crashed, from: first, at: 91_000)
                == before.failed(.crashed, from: first, at: 91_000)
        )
    }
}
