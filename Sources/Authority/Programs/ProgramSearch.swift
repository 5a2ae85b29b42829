import Glibc

/// Finds programs the way a shell would, without one.
package enum ProgramSearch {
    /// Where programs are looked for when nobody says.
    package static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The first executable file of this name in `path`; entries that are not absolute are passed
    /// over, because what they mean depends on where the caller stands.
    package static func find(_ name: String, in path: String) -> String? {
        precondition(!name.contains("/"), "a program is looked for by its bare name")
        for directory in path.split(separator: ":") where directory.hasPrefix("/") {
            let candidate = "\(directory)/\(name)"
            if isProgram(candidate) { return candidate }
        }
        return nil
    }

    /// The program that runs now, links followed.
    package static func ownPath() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether this is a regular file that we may execute.
    static func isProgram(_ path: String) -> Bool {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return false
        }
        return unsafe access(path, X_OK) == 0
    }
}
