import AuditTrail
import Foundation
import PolicyEngine
import Testing

@testable import Authority

@Suite struct `a syslog message` {
    private static func settings(
        _ format: SyslogSettings.Format,
        _ facility: SyslogSettings.Facility = .authpriv,
        messageBytes: Int = 8000
    ) -> SyslogSettings {
        SyslogSettings(
            destination: .socket(path: "/dev/log"),
            format: format,
            facility: facility,
            messageBytes: messageBytes
        )
    }

    private static func text(
        _ record: AuditRecord,
        _ settings: SyslogSettings,
        host: String = "bastion.example.com"
    ) throws -> String {
        let sender = SyslogMessage.Sender(host: host, process: 4711)
        let message = SyslogMessage(settings: settings, sender: sender)
        return String(decoding: try message.bytes(of: record), as: UTF8.self)
    }

    private static func record(_ event: AuditEvent) -> AuditRecord {
        AuditRecord(
            sequence: 17,
            time: Timestamp(microsecondsSince1970: 1_790_000_000_123_456),
            attribution: Attribution(connection: "c-000000000001", session: "s-000000000001"),
            event: event
        )
    }

    private static let started =
        """
        {"connection":"c-000000000001","event":{},"kind":"session-started","sequence":17,\
        "session":"s-000000000001","time":"2026-09-21T14:13:20.123456Z","version":1}
        """

    @Test func `has the header of RFC 5424, and the record behind it`() throws {
        let text = try Self.text(Self.record(.sessionStarted), Self.settings(.rfc5424))
        #expect(
            text
                == "<86>1 2026-09-21T14:13:20.123456Z bastion.example.com sallyport 4711 "
                + "session-started - " + Self.started
        )
    }

    @Test func `has what syslog(3) writes, for this machine`() throws {
        let text = try Self.text(Self.record(.sessionStarted), Self.settings(.local, .local3))
        #expect(text == "<158>sallyport[4711]: " + Self.started)
    }

    @Test(arguments: ["", "two words", "b\u{e4}stion", String(repeating: "a", count: 256)])
    func `says no host name that is none`(host: String) throws {
        let record = Self.record(.sessionStarted)
        let text = try Self.text(record, Self.settings(.rfc5424), host: host)
        #expect(text.contains("123456Z - sallyport"))
    }

    @Test func `is more urgent for what somebody should look at`() {
        let denial = AuditEvent.Decided(effect: .deny, reason: "", determiningRules: [])
        let permit = AuditEvent.Decided(effect: .permit, reason: "", determiningRules: [])
        let death = AuditEvent.ProcessDied(process: .session, detail: "")
        #expect(SyslogMessage.severity(of: .processDied(death)) == 4)
        #expect(SyslogMessage.severity(of: .decided(denial)) == 5)
        #expect(SyslogMessage.severity(of: .decided(permit)) == 6)
        #expect(SyslogMessage.severity(of: .sessionStarted) == 6)
    }

    @Test func `is counted in bytes on a stream`() {
        #expect(SyslogMessage.counted(Array("\u{e4}b".utf8)) == Array("3 \u{e4}b".utf8))
    }

    // MARK: Long records

    private static func opening(_ command: [UInt8]) -> AuditRecord {
        let variables = (0..<64).map {
            AuditEvent.EnvironmentVariable(
                name: "V\($0)",
                value: RecordedBytes(Array("value \($0)".utf8))
            )
        }
        return record(
            .sessionOpened(
                AuditEvent.SessionOpened(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes(command),
                    hasTerminal: false,
                    environment: variables
                )
            )
        )
    }

    private struct Shown: Decodable {
        struct Cut: Decodable {
            let bytes: Int
            let sha256: String
        }
        struct Event: Decodable {
            let command: RecordedBytes
        }
        let sequence: Int64
        let session: String
        let cut: Cut?
        let event: Event
    }

    @Test(arguments: [4096, 8000, 65_536])
    func `is shortened to what a receiver takes, and says so`(limit: Int) throws {
        // Each of these takes six bytes in JSON, or is one of several bytes.
        for unit in ["a", "\u{1}", "\u{1F512}", "\"\\"] {
            let command = Array(String(repeating: unit, count: 98_304 / unit.utf8.count).utf8)
            let record = Self.opening(command)
            let bytes = try SyslogRecord.text(record, atMost: limit)
            #expect(bytes.count <= limit)
            let shown = try JSONDecoder().decode(Shown.self, from: Data(bytes))
            let whole = try CanonicalJSON.line(record)
            #expect(shown.sequence == 17)
            #expect(shown.session == "s-000000000001")
            #expect(shown.cut?.bytes == whole.utf8.count)
            #expect(shown.cut?.sha256.count == 64)
            let beginning = shown.event.command.bytes
            #expect(beginning.count >= 64 && command.starts(with: beginning))
        }
    }

    @Test func `keeps what is no text readable where it is shortened`() throws {
        let record = Self.opening([UInt8](repeating: 0xFF, count: 20_000))
        let bytes = try SyslogRecord.text(record, atMost: 8000)
        #expect(bytes.count <= 8000)
        let shown = try JSONDecoder().decode(Shown.self, from: Data(bytes))
        #expect(shown.event.command.bytes.allSatisfy { $0 == 0xFF })
        #expect(shown.event.command.bytes.count >= 64)
    }

    @Test func `is not touched where it fits to the byte`() throws {
        let record = Self.opening(Array("id".utf8))
        let whole = Array(try CanonicalJSON.line(record).utf8)
        #expect(try SyslogRecord.text(record, atMost: whole.count) == whole)
        let shortened = try SyslogRecord.text(record, atMost: whole.count - 1)
        #expect(shortened.count < whole.count)
    }

    @Test func `has the names where even the shortest event does not fit`() throws {
        let name = String(repeating: "\"", count: 256)
        let claims = Dictionary(uniqueKeysWithValues: (0..<16).map { ("\($0)", name) })
        let record = AuditRecord(
            sequence: 17,
            time: .now(),
            attribution: Attribution(
                connection: name,
                session: name,
                principal: name,
                onBehalfOf: name,
                target: name,
                login: name
            ),
            event: .sessionOpened(
                AuditEvent.SessionOpened(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes([]),
                    hasTerminal: false,
                    environment: (0..<64).map { _ in
                        AuditEvent.EnvironmentVariable(name: name, value: RecordedBytes([]))
                    },
                    claims: claims
                )
            )
        )
        let limit = Int(ExportSettingsReader.messageBytes.lowerBound) - 400
        let bytes = try SyslogRecord.text(record, atMost: limit)
        #expect(bytes.count <= limit)
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"kind\":\"session-opened\""))
    }
}
