import AuditTrail
import CSystem
import Crypto
import MessageSockets
import PolicyEngine
import SessionProtocol
import StrictYAML

/// Settings and inventory as they were read together, and what the deciders get of them.
struct Snapshot: Sendable {
    let settings: Settings
    let inventory: Inventory
    /// Who may use the admin socket, by Unix user.
    let administrators: [UInt32: Administrator]
    /// For the deciders.
    let bundle: [UInt8]
    let digest: String

    /// Reads everything from disk; it blocks.
    static func load(settingsPath: String) throws(RefusedFiles) -> Accepted<Snapshot> {
        let settings = try Settings.load(path: settingsPath)
        let files = try settings.value.inventoryFiles()
        let inventory = try settings.value.inventory(of: files)
        let bundle = SnapshotBundle(
            files: files.map { SnapshotBundle.File(path: $0.name, bytes: $0.bytes) }
        ).encoded()
        guard bundle.count <= SnapshotBundle.maximumBytes,
            files.count <= SnapshotBundle.maximumFiles
        else {
            let message =
                "the inventory exceeds \(SnapshotBundle.maximumBytes) bytes or "
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
                digest: Hexadecimal.text(SHA256.hash(data: bundle))
            ),
            warnings: settings.warnings + inventory.warnings + unreachable
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
