import StrictYAML

/// What came of reading settings and inventory on a helper thread.
enum SnapshotReading: Sendable {
    case read(Snapshot, warnings: [String])
    /// The findings, a line each.
    case refused(String)

    init(path: String) {
        do throws(RefusedFiles) {
            let accepted = try Snapshot.load(settingsPath: path)
            self = .read(accepted.value, warnings: accepted.warnings.map(\.description))
        } catch {
            self = .refused(error.description)
        }
    }
}

extension Settings {
    /// The names of the settings that differ and count only at the start.
    func fixedDifferences(from other: Settings) -> [String] {
        var names: [String] = []
        if listen != other.listen { names.append("listen") }
        if stateDirectory != other.stateDirectory { names.append("state-directory") }
        if hostKey != other.hostKey { names.append("host-key") }
        if certificateAuthority != other.certificateAuthority {
            names.append("certificate-authority")
        }
        if authorityID != other.authorityID { names.append("authority-id") }
        if adminSocket != other.adminSocket { names.append("admin-socket") }
        if export != other.export { names.append("export") }
        if spares != other.spares { names.append("spares") }
        if processAccount != other.processAccount { names.append("process-account") }
        return names
    }
}
