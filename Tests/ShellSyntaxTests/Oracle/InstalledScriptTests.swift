import Foundation
import ShellSyntax
import Testing

/// The scripts of the machine, as their own shell reads them.
@Suite struct `an installed script` {
    // LIMIT: scripts of each dialect, so that a machine full of them is no slow test.
    private static let most = 1500
    // LIMIT: bytes of a script.
    private static let size = 1 << 20

    private static let roots = [
        "/etc", "/var/lib/dpkg/info", "/usr/bin", "/usr/sbin", "/usr/share/doc/bash",
        "/usr/share/bash-completion", "/usr/share/debconf", "/usr/lib/git-core", "/usr/lib/dpkg",
    ].filter { FileManager.default.fileExists(atPath: $0) }

    @Test(arguments: Dialect.allCases)
    func `is read as its shell reads it`(_ dialect: Dialect) async throws {
        let paths = try Self.scripts(of: dialect)
        let verdicts = try await ShellJudge(dialect: dialect).verdicts(on: .files(paths))

        for (path, verdict) in zip(paths, verdicts) {
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
            let program = Program(bytes, dialect: dialect)
            guard (program.status == .accepted) != (verdict == .accepted) else { continue }
            if program.errors.contains(where: { $0.kind == .nulByte || $0.kind == .invalidUTF8 }) {
                continue
            }
            let turnsPatternsOn = String(decoding: bytes, as: UTF8.self).contains("extglob")
            // What `shopt` turns on holds for what follows, and `-n` does not run it.
            if verdict != .accepted, turnsPatternsOn { continue }
            Issue.record("\(path) is \(verdict) by the shell, \(program.status) by the parser")
        }
        #expect(dialect == .bash || paths.count > 20)
    }

    /// By the first line, or where all files are of one kind by their folder.
    private static func scripts(of dialect: Dialect) throws -> [String] {
        let shells = dialect == .bash ? ["bash"] : ["sh", "dash"]
        var found: [String] = []
        for root in roots {
            let files = FileManager.default.enumerator(
                at: URL(filePath: root),
                includingPropertiesForKeys: nil
            )
            while found.count < most, let file = files?.nextObject() as? URL {
                guard try isReadable(file) else { continue }
                let isCompletion = file.path.contains("/bash-completion/completions/")
                if let shell = try shell(of: file) {
                    if shells.contains(shell) { found.append(file.path) }
                } else if isCompletion, dialect == .bash {
                    found.append(file.path)
                }
            }
        }
        return found.sorted()
    }

    /// Regular, not too large, and readable for those who judge, which are not root.
    private static func isReadable(_ file: URL) throws -> Bool {
        let status = try FileManager.default.attributesOfItem(atPath: file.path)
        guard status[.type] as? FileAttributeType == .typeRegular,
            let bytes = status[.size] as? Int, bytes > 2, bytes <= size,
            let mode = status[.posixPermissions] as? Int
        else { return false }
        return mode & 0o004 != 0
    }

    /// The name of the shell in the first line.
    private static func shell(of file: URL) throws -> String? {
        let handle = try FileHandle(forReadingFrom: file)
        defer { handle.closeFile() }
        guard let head = try handle.read(upToCount: 120), head.starts(with: Array("#!".utf8))
        else { return nil }
        let line = String(decoding: head, as: UTF8.self).prefix { $0 != "\n" }.dropFirst(2)
        let words = line.split(separator: " ").map {
            $0.split(separator: "/").last.map(String.init)
        }
        return (words.first == "env" ? words.dropFirst().first : words.first) ?? nil
    }
}
