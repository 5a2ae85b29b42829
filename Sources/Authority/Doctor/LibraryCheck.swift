/// Whether the installed libssh has Debian's security fixes; its own version cannot tell.
enum LibraryCheck {
    static let subject = "libssh"
    /// The first one with the fixes that Sallyport counts on.
    static let minimum = "0.10.6-0+deb12u3"
    static let packagePattern = "libssh-4*"
    static let timeout = Duration.seconds(10)
    static let maximumBytes = 64 * 1024

    /// The run of `dpkg-query` at this path.
    static func query(_ path: String) -> BoundedProgram {
        BoundedProgram(
            path: path,
            arguments: ["-W", "-f", "${db:Status-Abbrev} ${Version}\\n", packagePattern],
            timeout: timeout,
            maximumBytes: maximumBytes
        )
    }

    /// Asks `dpkg-query`, where there is one in `path`.
    static func run(path: String) -> Diagnosis {
        guard let program = ProgramSearch.find("dpkg-query", in: path) else {
            return judge(packages: nil)
        }
        do throws(ProgramError) {
            // With one package of two names missing its status is 1, and its output counts.
            let output = try query(program).run()
            return judge(packages: String(decoding: output.standardOutput, as: UTF8.self))
        } catch {
            return .warning(subject, error.description, "run `dpkg-query -W libssh-4` yourself")
        }
    }

    /// `packages` has a line `ii  VERSION` for each package; nil where nobody could be asked.
    static func judge(packages: String?) -> Diagnosis {
        let remedy = "install libssh-4 \(minimum) or newer: older ones lack security fixes"
        guard let packages else {
            return .warning(
                subject,
                "there is no dpkg-query, so whether libssh has its security fixes is not known",
                "see to it that libssh is as new as \(minimum) of Debian 12"
            )
        }
        var versions: [DebianVersion] = []
        for line in packages.split(separator: "\n") {
            let words = line.split(separator: " ")
            // `ii`: wanted and installed.
            guard words.count == 2, words[0].hasPrefix("ii") else { continue }
            guard let version = DebianVersion(String(words[1])) else { continue }
            versions.append(version)
        }
        guard let oldest = versions.min(), let least = DebianVersion(minimum) else {
            return .warning(
                subject,
                "no package `libssh-4` is installed, so the library came another way",
                "see to it that libssh is as new as \(minimum) of Debian 12"
            )
        }
        guard oldest >= least else {
            return .error(subject, "libssh-4 \(oldest) is too old", remedy)
        }
        return .ok(subject, "libssh-4 \(oldest)")
    }
}
