import PolicyEngine
import StrictYAML
import Testing

@testable import Authority

@Suite struct `the settings of an export` {
    private func read(_ text: String) throws -> ExportSettings {
        try Settings.read(Array(text.utf8), file: "s", directory: "/d").value.export
    }

    private func findings(_ text: String) -> [String] {
        do throws(RefusedFiles) {
            _ = try Settings.read(Array(text.utf8), file: "s", directory: "/d")
            return []
        } catch {
            return error.findings.map(\.message)
        }
    }

    @Test func `ask for nothing where they are not there`() throws {
        #expect(try read("") == ExportSettings())
    }

    @Test func `name a file, and a receiver with what is usual for it`() throws {
        var expected = ExportSettings()
        expected.filePath = "/d/audit.jsonl"
        expected.syslog = SyslogSettings(
            destination: .socket(path: "/dev/log"),
            format: .local,
            facility: .authpriv,
            messageBytes: 7168
        )
        #expect(
            try read("export: {file: audit.jsonl, syslog: {socket: /dev/log}}") == expected
        )
        let tcp = try read(
            "export: {syslog: {tcp: \"[2001:db8::1]\", facility: local3, message-bytes: 64KiB}}"
        ).syslog
        #expect(tcp?.destination.description == "[2001:db8::1]:601")
        #expect(tcp?.format == .rfc5424)
        #expect(tcp?.facility == .local3)
        #expect(tcp?.messageBytes == 65_536)
        let local = try read("export: {syslog: {tcp: logs:1601, format: local}}").syslog
        #expect(local?.destination.description == "logs:1601")
        #expect(local?.format == .local)
    }

    @Test(arguments: [
        "export: {syslog: {}}", "export: {syslog: {socket: /dev/log, tcp: logs}}",
        "export: {syslog: {socket: /dev/log, format: json}}",
        "export: {syslog: {socket: /dev/log, facility: kern}}",
        "export: {syslog: {socket: /dev/log, message-bytes: 3KiB}}",
        "export: {syslog: {socket: /dev/log, message-bytes: 1MiB}}",
        "export: {syslog: {tcp: \"a b\"}}", "export: {file: \"\"}", "export: {syslog: /dev/log}",
        "export: {elsewhere: x}",
    ])
    func `are refused where something in them is wrong`(text: String) {
        #expect(findings(text).count == 1, "\(findings(text))")
    }

    @Test func `count at the start`() throws {
        let old = try Settings.read([], file: "s", directory: "/d").value
        var new = old
        new.export.filePath = "/d/audit.jsonl"
        #expect(new.fixedDifferences(from: old) == ["export"])
    }
}
