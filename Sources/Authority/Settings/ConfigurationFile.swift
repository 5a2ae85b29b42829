import StrictYAML

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads files that an operator wrote; what goes wrong is a finding.
enum ConfigurationFile {
    /// The bytes of a regular file of bounded size, or nil with a finding.
    ///
    /// What everybody may write is refused: it would let everybody grant themselves anything.
    static func read(_ path: String, findings: Findings) -> [UInt8]? {
        let place = SourceLocation(file: path)
        // A FIFO must not make the authority wait for its writer.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            findings.error("cannot be opened: \(reason(errno))", at: place)
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            findings.error("cannot be read: \(reason(errno))", at: place)
            return nil
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            findings.error("is not a regular file", at: place)
            return nil
        }
        guard status.st_mode & S_IWOTH == 0 else {
            findings.error("may be written by everybody, run `chmod o-w` on it", at: place)
            return nil
        }
        if status.st_mode & S_IWGRP != 0 {
            findings.warning("may be written by its group", at: place)
        }
        if let directory = openDirectory(above: path) {
            findings.error(
                "lies below `\(PrintableText.escaped(directory))`, in which everybody may replace it: "
                    + "run `chmod o-w` on that",
                at: place
            )
            return nil
        }
        return contents(descriptor, place, findings)
    }

    /// A directory above a file, links followed, in which everybody may put another in its place.
    private static func openDirectory(above path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        let directories = FileFacts.parents(of: unsafe String(cString: resolved))
        return directories.first { FileFacts(of: $0)?.isOpenDirectory == true }
    }

    private static func contents(
        _ descriptor: Int32,
        _ place: SourceLocation,
        _ findings: Findings
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe Self.read(descriptor, into: buffer)
            }
            guard count >= 0 else {
                findings.error("cannot be read: \(reason(errno))", at: place)
                return nil
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= YAMLLimits.fileBytes else {
                findings.error("exceeds the limit of \(YAMLLimits.fileBytes) bytes", at: place)
                return nil
            }
        }
    }

    private static func read(
        _ descriptor: Int32,
        into buffer: UnsafeMutableRawBufferPointer
    ) -> Int {
        while true {
            #if canImport(Glibc)
                let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 || errno != EINTR { return count }
        }
    }

    /// The `*.yaml` of a directory in the order of their names, hidden files left out.
    static func yamlFiles(in path: String, findings: Findings) -> [String]? {
        let place = SourceLocation(file: path)
        // Even where the sticky bit guards the files that are there, another would be read, too.
        if let facts = FileFacts(of: path), facts.mode & 0o002 != 0 {
            findings.error("may be written by everybody, run `chmod o-w` on it", at: place)
            return nil
        }
        guard let directory = unsafe opendir(path) else {
            findings.error("cannot be opened: \(reason(errno))", at: place)
            return nil
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted().map { path + "/" + $0 }
    }

    /// Whether a path leads to a directory; nil where it leads nowhere.
    static func isDirectory(_ path: String) -> Bool? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    private static func reason(_ code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}
