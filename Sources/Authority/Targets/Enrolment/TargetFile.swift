import Glibc
package import PolicyEngine
package import StrictYAML

/// The file of one target, and whether it may be written.
///
/// INVARIANT: what is written was read before by the reader that will read it, together with every
/// other file of the inventory.
package struct TargetFile: Hashable, Sendable {
    /// Why the file is left as it is.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case exists(path: String)
        case holdsMore(path: String)
        case refused(RefusedFiles)
        case unwritable(FileWritingError)

        package var description: String {
            switch self {
            case .exists(let path):
                "`\(path)` exists already: say `--replace` to replace it"
            case .holdsMore(let path):
                "`\(path)` holds more than this one target: change its `host-keys` by hand"
            case .refused(let findings):
                "nothing is written, because the inventory with it would be refused:\n"
                    + findings.description
            case .unwritable(let error): error.description
            }
        }
    }

    package let path: String
    /// All files of the inventory as they are now; empty where nobody knows the others.
    private let others: [SourceFile]
    /// What the file holds now.
    private let current: SourceFile?

    /// `inventory` is read by the same reader as the bastion's.
    package init(path: String, among inventory: [SourceFile]) {
        self.path = path
        others = inventory.filter { $0.name != path }
        current = inventory.first { $0.name == path } ?? Self.existing(path)
    }

    /// A file that the bastion does not read; what cannot be read holds no target, so it stays.
    private static func existing(_ path: String) -> SourceFile? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        let bytes = ConfigurationFile.read(path, findings: Findings())
        return SourceFile(name: path, bytes: bytes ?? [])
    }

    /// The target that the file describes, where it describes nothing else.
    package func target(named name: TargetName) throws(Refusal) -> Target? {
        guard let current else { return nil }
        let inventory: Inventory
        do throws(RefusedFiles) {
            inventory = try Inventory.read([current]).value
        } catch {
            throw .refused(error)
        }
        let holdsOnlyTargets =
            inventory.principals.isEmpty && inventory.certificateAuthorities.isEmpty
            && inventory.grants.isEmpty
        guard holdsOnlyTargets, inventory.targets.count == 1, let target = inventory.targets.first,
            target.name == name
        else { throw .holdsMore(path: path) }
        return target
    }

    /// Writes the stanza where the inventory with it is accepted; returns the warnings.
    package func write(
        _ stanza: TargetStanza,
        comment: String,
        replacing: Bool
    ) throws(Refusal) -> [String] {
        if current != nil {
            guard replacing else { throw .exists(path: path) }
            _ = try target(named: stanza.name)
        }
        let text = comment + stanza.text
        let warnings = try check(stanza, Array(text.utf8))
        do throws(FileWritingError) {
            try AtomicFile.write(Array(text.utf8), to: path, replacing: replacing)
        } catch {
            if case .exists = error { throw .exists(path: path) }
            throw .unwritable(error)
        }
        return warnings
    }

    private func check(_ stanza: TargetStanza, _ bytes: [UInt8]) throws(Refusal) -> [String] {
        let written = SourceFile(name: path, bytes: bytes)
        do throws(RefusedFiles) {
            let alone = try Inventory.read([written]).value
            precondition(
                alone.target(named: stanza.name)?.address == stanza.address,
                "a stanza is read back as it was written"
            )
            return try Inventory.read(others + [written]).warnings.map(\.description)
        } catch {
            throw .refused(error)
        }
    }
}
