import AuditTrail
import Foundation
import Glibc
import SessionProtocol
import TestSupport
import Testing

@testable import Authority

/// A session whose script runs for real, apart from everything else.
@Suite(
    .enabled(if: ProcessRoom.canBeMade, ProcessRoom.reason),
    // What a user's own service manager started is not a session's, whatever its environment.
    .disabled(if: isOfServiceManager, "the tests run as a service of a user")
)
struct `an end of which nobody knows` {
    /// Root knows all; so the account of the target is another one.
    private static let account: UInt32? = geteuid() == 0 ? 65_534 : nil

    @Test func `is told in the record of the end, as uncertain`() async throws {
        let room = try ProcessRoom()
        let target = try SilentTarget()
        let bastion = try Bastion(try World().edited("192.0.2.10:22", "\(target.address)"))
        try bastion.signsIn(with: bastion.world.alice)
        let session = try bastion.opensSession()
        try bastion.turn { session.transport != nil }
        session.signedIn()
        bastion.services.endings.runScript = { script, _, _, completion in
            #expect(script.marks.map(\.transport) == [session.transportMark])
            let value = RemoteTask.makeValue()
            do {
                let output = try room.run(
                    script.text,
                    by: "/bin/dash",
                    reading: value,
                    as: Self.account
                )
                completion(.printed(output, value: value))
            } catch {
                Issue.record(error)
            }
        }
        try await Self.makeOrphan(in: room)

        bastion.reports(1, .clientClosed)
        try bastion.turn { try bastion.entry(of: session)?.endedAt != nil }

        let end = try #require(try bastion.records(.sessionEnded).first)
        guard case .sessionEnded(let ended) = end.event else {
            Issue.record("the record is of something else")
            return
        }
        #expect(ended.cause == .clientClosed)
        #expect(ended.remoteEnd == .uncertain(processes: 1))
        let doubt = "of 1 nothing tells of which session they are"
        #expect(ended.detail?.contains(doubt) == true)
        #expect(bastion.services.endings.failures == 1)
    }

    @Test func `is none where what was in doubt has died since`() async throws {
        let room = try ProcessRoom()
        try await Self.makeOrphan(in: room)
        let transport = RemoteScript.Transport(
            client: try #require(SocketAddress(host: "203.0.113.1", port: 40_009)),
            server: try #require(SocketAddress(host: "203.0.113.2", port: 22))
        )
        let marks = [RemoteScript.Mark(transport: transport, greatestAge: .seconds(60))]
        let nap = "sleep 1; for e in $Y;"
        let text = RemoteScript.ending(marks).text
        try #require(text.contains(nap))

        // The first process of the room asks for nobody's end, so that the dead stay to be seen.
        let output = try room.run(
            text.replacing(nap, with: "for e in $Y; do parts $e; kill -9 $p; done; \(nap)"),
            by: "/bin/dash",
            reading: "f00d",
            as: Self.account
        )

        let report = try #require(RemoteReport.endings(of: 1, in: output, value: "f00d")[0])
        #expect(report.uncertain == 0)
    }

    /// It has shed its environment, its kernel session and its parent.
    private static func makeOrphan(in room: ProcessRoom) async throws {
        let orphan = "setsid env -i sleep infinity </dev/null >/dev/null 2>&1 & :"
        let made = try await Command(
            "nsenter",
            room.entering(["/bin/sh", "-c", orphan], as: account)
        ).run()
        try #require(made.succeeded, "\(made)")
    }
}

private let isOfServiceManager: Bool = {
    let text = FileManager.default.contents(atPath: "/proc/self/cgroup") ?? Data()
    return String(decoding: text, as: UTF8.self).contains("/user@")
}()
