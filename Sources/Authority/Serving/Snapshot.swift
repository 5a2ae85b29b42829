import CSystem
import Crypto
import MessageSockets
import PolicyEngine
import SessionProtocol
import StrictYAML

/// Settings, inventory and rules as they were read together, and what the deciders get of them.
struct Snapshot: Sendable {
    let settings: Settings
    let inventory: Inventory
    /// Who may use the admin socket, by Unix user.
    let administrators: [UInt32: Administrator]
    /// For the deciders.
    let bundle: [UInt8]
    let digest: String
    /// SHA-256 over policies and knowledge alone, in hexadecimal.
    let policyDigest: String

    /// Reads everything from disk; it blocks.
    static func load(settingsPath: String) throws(RefusedFiles) -> Accepted<Snapshot> {
        let settings = try Settings.load(path: settingsPath)
        let files = try settings.value.inventoryFiles()
        let inventory = try settings.value.inventory(of: files)
        let ruleFiles = try settings.value.ruleFiles(besides: settingsPath)
        let hasPolicy = ruleFiles.contains { RuleFileKind($0) == .policy }
        let rules = ruleFiles.map { SnapshotBundle.File(.rules, path: $0.name, bytes: $0.bytes) }
        let parts =
            files.map { SnapshotBundle.File(.inventory, path: $0.name, bytes: $0.bytes) } + rules
        let bundle = SnapshotBundle(files: parts).encoded()
        guard bundle.count <= SnapshotBundle.maximumBytes,
            parts.count <= SnapshotBundle.maximumFiles
        else {
            let message =
                "inventory, policies and knowledge exceed \(SnapshotBundle.maximumBytes) bytes or "
                + "\(SnapshotBundle.maximumFiles) files"
            let place = SourceLocation(file: settingsPath)
            throw RefusedFiles(findings: [Finding(.error, message, at: place)])
        }
        let administrators = settings.value.administratorsByUser()
        let unreachable = settings.value.shutOut(administrators.keys, settingsPath)
        return Accepted(
            Snapshot(
                settings: settings.value,
                inventory: inventory.value,
                administrators: administrators,
                bundle: bundle,
                digest: Hexadecimal.text(SHA256.hash(data: bundle)),
                policyDigest: Hexadecimal.text(
                    SHA256.hash(data: SnapshotBundle(files: rules).encoded())
                )
            ),
            warnings: settings.warnings + inventory.warnings + unreachable
                + (hasPolicy ? [] : [withoutPolicy(settingsPath)])
        )
    }

    /// What is said where there is no policy at all.
    static func withoutPolicy(_ settingsPath: String) -> Finding {
        Finding(
            .warning,
            "no policy is read (`policies`), so every session is denied",
            at: SourceLocation(file: settingsPath)
        )
    }

    /// The bundle as a file in memory that nobody can change.
    func sealedBundle() throws(SocketError) -> Descriptor {
        let raw = unsafe bundle.withUnsafeBytes { bytes in
            unsafe sp_sealed_file("sallyport-snapshot", bytes.baseAddress, bytes.count)
        }
        guard raw >= 0 else { throw SocketError(call: "memfd_create") }
        return Descriptor(adopting: raw)
    }
}
