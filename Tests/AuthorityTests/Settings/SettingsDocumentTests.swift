import Foundation
import StrictYAML
import Testing

@testable import Authority

@Suite struct `the description of the settings` {
    private func document() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("docs/formats/settings.md")
        return try String(contentsOf: path, encoding: .utf8)
    }

    @Test func `has an example that is accepted and shows the defaults`() throws {
        let parts = try document().components(separatedBy: "```yaml\n")
        let example = try #require(parts.last?.components(separatedBy: "```").first)
        let accepted = try Settings.read(Array(example.utf8), file: "s", directory: "/d")
        #expect(accepted.warnings.isEmpty)
        let defaults = try Settings.read([], file: "s", directory: "/d").value
        #expect(accepted.value.limits == defaults.limits)
        #expect(accepted.value.penalties == defaults.penalties)
        #expect(accepted.value.recording == defaults.recording)
        #expect(accepted.value.diskReserve == defaults.diskReserve)
        #expect(accepted.value.listen == defaults.listen)
        #expect(accepted.value.hostKey == defaults.hostKey)
    }

    @Test func `names every key`() throws {
        let text = try document()
        let keys =
            SettingsReader.keys + LimitsReader.keys + RecordingSettingsReader.keys
            + AdministratorReader.keys + PenaltiesReader.keys
            + DiskReserveReader.keys + ProxyProtocolReader.keys
            + ExportSettingsReader.keys + ExportSettingsReader.syslogKeys
        for key in keys { #expect(text.contains("`\(key)`"), "\(key)") }
    }
}
