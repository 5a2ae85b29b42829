import Glibc
import PolicyEngine
import SSHWire
import StrictYAML

/// The settings and the inventory around a command that an operator runs beside the bastion.
struct KnownInventory: Sendable {
    let settings: Settings
    let files: [SourceFile]
    /// Nil where the files are refused as they are.
    let inventory: Inventory?

    /// Nil where there are no settings and nobody said that there are.
    static func load(_ source: SettingsSource) throws(RefusedFiles) -> KnownInventory? {
        switch source {
        case .named(let path): return try load(path)
        case .usual(let path):
            guard unsafe access(path, F_OK) == 0 else { return nil }
            return try load(path)
        }
    }

    private static func load(_ path: String) throws(RefusedFiles) -> KnownInventory {
        let settings = try Settings.load(path: path).value
        let files = try settings.inventoryFiles()
        do throws(RefusedFiles) {
            let inventory = try Inventory.read(files).value
            return KnownInventory(settings: settings, files: files, inventory: inventory)
        } catch {
            return KnownInventory(settings: settings, files: files, inventory: nil)
        }
    }

    func target(named name: String) -> Target? {
        TargetName(name).flatMap { inventory?.target(named: $0) }
    }

    /// The path by which the bastion reads this file, or will once it is there; nil where it does
    /// not.
    func pathOfBastion(for path: String) -> String? {
        let (directory, name) = AtomicFile.split(path)
        guard let identity = FileIdentity(of: directory) else { return nil }
        for known in settings.inventoryPaths {
            if FileIdentity(of: known.path) == identity, name.hasSuffix(".yaml") {
                return "\(known.path)/\(name)"
            }
            let (knownDirectory, knownName) = AtomicFile.split(known.path)
            if name == knownName, FileIdentity(of: knownDirectory) == identity {
                return known.path
            }
        }
        return nil
    }

    /// Where files of single targets belong; nil where the settings name no directory.
    var directory: String? {
        settings.inventoryPaths.first { path in
            ConfigurationFile.isDirectory(path.path) ?? path.isDefault
        }?.path
    }
}

/// Where the settings of a command are.
package enum SettingsSource: Hashable, Sendable {
    /// The operator named the file, so it must be there.
    case named(String)
    /// The usual place, which may be empty.
    case usual(String)

    package var path: String {
        switch self {
        case .named(let path), .usual(let path): path
        }
    }
}

/// What makes two paths lead to one file.
private struct FileIdentity: Hashable {
    private let device: UInt64
    private let number: UInt64

    /// Nil where the path leads nowhere.
    init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
    }
}

extension KnownInventory {
    /// Of the keys that matter for an enrolment, those that the inventory has revoked.
    func revokedKeys(among authorities: Set<PublicKey>, _ output: KeyScanOutput) -> Set<PublicKey> {
        guard let inventory else { return [] }
        var keys = Array(authorities)
        for line in output.lines {
            // What cannot be read is refused anyway, and with its reason.
            do { keys.append(try Certificate(parsing: line.blob).fields.publicKey) } catch {
                continue
            }
        }
        return Set(keys.filter { inventory.revocations.contains($0) })
    }
}
