import Foundation
import PolicyEngine
import StrictYAML
import Testing

@testable import Authority

@Suite struct `settings on disk` {
    /// A directory of its own, removed afterwards.
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "sallyport-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path + "/inventory.d",
            withIntermediateDirectories: true
        )
        defer {
            do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
        }
        try body(path)
    }

    private func write(_ text: String, _ path: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test func `lead to an inventory in several files`() throws {
        try withDirectory { directory in
            try write("", directory + "/sallyport.yaml")
            try write("principals:\n  human:a: {}\n", directory + "/inventory.yaml")
            try write("principals:\n  human:b: {}\n", directory + "/inventory.d/1.yaml")
            try write("garbage: [", directory + "/inventory.d/1.yaml.bak")
            try write("garbage: [", directory + "/inventory.d/.2.yaml")
            let settings = try Settings.load(path: directory + "/sallyport.yaml").value
            #expect(settings.stateDirectory == directory + "/state")
            let inventory = try settings.inventory(of: settings.inventoryFiles()).value
            #expect(inventory.principals.map(\.name.name) == ["a", "b"])
        }
    }

    @Test func `that are not there are told with what to do`() throws {
        do throws(RefusedFiles) {
            _ = try Settings.load(path: "/nonexistent/sallyport.yaml")
            Issue.record("there are none")
        } catch {
            #expect(
                error.description
                    == "/nonexistent/sallyport.yaml: does not exist: `sallyport init DIR` makes one; "
                    + "--config FILE or $SALLYPORT_CONFIG says which one is meant"
            )
        }
    }

    @Test func `are refused where everybody may change them`() throws {
        try withDirectory { directory in
            let path = directory + "/sallyport.yaml"
            try write("", path, mode: 0o666)
            #expect(throws: RefusedFiles.self) { try Settings.load(path: path) }
            try write("", path, mode: 0o664)
            #expect(
                try Settings.load(path: path).warnings.map(\.message)
                    == ["may be written by its group"]
            )
        }
    }

    @Test func `are refused where everybody may replace them`() throws {
        try withDirectory { directory in
            let path = directory + "/sallyport.yaml"
            try write("", path)
            try write("principals: {}\n", directory + "/inventory.yaml")
            let settings = try Settings.load(path: path).value
            func setMode(_ mode: Int, _ path: String) throws {
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            }

            try setMode(0o1777, directory)
            #expect(throws: Never.self) { try Settings.load(path: path) }
            try setMode(0o777, directory)
            #expect(throws: RefusedFiles.self) { try Settings.load(path: path) }
            #expect(throws: RefusedFiles.self) { try settings.inventoryFiles() }
            try setMode(0o700, directory)
            #expect(throws: Never.self) { try settings.inventoryFiles() }
            try setMode(0o1777, directory + "/inventory.d")
            #expect(throws: RefusedFiles.self) { try settings.inventoryFiles() }
        }
    }

    @Test func `are refused with all that is wrong in all files`() throws {
        try withDirectory { directory in
            try write("administrators: []\n", directory + "/sallyport.yaml")
            try write("a: 1\n", directory + "/inventory.d/1.yaml")
            try write("b: 1\n", directory + "/inventory.d/2.yaml")
            let settings = try Settings.load(path: directory + "/sallyport.yaml").value
            do throws(RefusedFiles) {
                _ = try settings.inventoryFiles()
                Issue.record("accepted")
            } catch {
                // What a missing file would have held is unknown everywhere else: the cause comes
                // alone.
                #expect(
                    error.findings.map(\.description) == [
                        "\(directory)/inventory.yaml: cannot be opened: No such file or directory"
                    ]
                )
            }
            try write("principals: {}\n", directory + "/inventory.yaml")
            do throws(RefusedFiles) {
                _ = try settings.inventory(of: settings.inventoryFiles())
                Issue.record("accepted")
            } catch {
                #expect(error.findings.count == 2)
            }
        }
    }

    @Test func `are refused where they are no files`() throws {
        try withDirectory { directory in
            #expect(throws: RefusedFiles.self) { try Settings.load(path: directory) }
            #expect(throws: RefusedFiles.self) { try Settings.load(path: "/dev/null") }
            #expect(throws: RefusedFiles.self) { try Settings.load(path: directory + "/none") }
        }
    }
}
