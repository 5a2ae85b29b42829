import Glibc
import MessageSockets

/// The release that is to take this one's place: the program at the path by which this one was started.
package struct Successor: Hashable, Sendable {
    /// LIMIT: for the check of a release, which loads everything and starts one process of each kind; a
    /// session process that rekeys waits for it, and has 15 s.
    static let checkTimeout = Duration.seconds(8)
    /// LIMIT: bytes of what it says against itself.
    static let maximumBytes = 16 * 1024

    /// How it is told to take over: the number of the handover's descriptor follows.
    package static let takeOverOption = "--take-over"
    /// How it is asked whether it could take over the handover on its standard input.
    package static let checkOption = "--check-take-over"
    /// What it says then if it could, and nothing else.
    package static let consent = "sallyport: takes over\n"

    let path: String
    /// With which it serves as this one does.
    let arguments: [String]

    init(path: String, arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// `name` is that of this process, as it was started; nil where it does not lead to the program that
    /// runs now.
    package init?(of name: String, arguments: [String]) {
        guard let path = Self.path(of: name), Self.isSameFile(path, "/proc/self/exe") else {
            return nil
        }
        self.init(path: path, arguments: arguments)
    }

    private static func isSameFile(_ first: String, _ second: String) -> Bool {
        var (one, other) = (stat(), stat())
        guard unsafe stat(first, &one) == 0, unsafe stat(second, &other) == 0 else { return false }
        return one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    /// Links are not followed: they may lead to another release now.
    static func path(of name: String) -> String? {
        guard name.contains("/") else {
            let path = unsafe getenv("PATH").map { unsafe String(cString: $0) }
            return ProgramSearch.find(name, in: path ?? ProgramSearch.defaultPath)
        }
        guard !name.hasPrefix("/") else { return name }
        var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard unsafe getcwd(&folder, folder.count) != nil else { return nil }
        let bytes = folder.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return "\(String(decoding: bytes, as: UTF8.self))/\(name)"
    }

    /// Asks it whether it could go on with this; it blocks.
    func check(_ handover: Descriptor) throws(HandoverError) {
        let program = BoundedProgram(
            path: path,
            arguments: arguments + [Self.checkOption],
            timeout: Self.checkTimeout,
            maximumBytes: Self.maximumBytes
        )
        let output: BoundedProgram.Output
        do throws(ProgramError) {
            output = try program.run(reading: handover)
        } catch {
            throw .refused(error.description)
        }
        guard output.exitStatus == 0,
            String(decoding: output.standardOutput, as: UTF8.self) == Self.consent
        else {
            let said = String(decoding: output.standardError, as: UTF8.self)
            let reason = PrintableText.escaped(said.isEmpty ? "it did not say why" : said)
            throw .refused("`\(path)` cannot take over: \(reason)")
        }
    }

    /// Becomes that release; it returns only where it could not, and everything is as it was then.
    func take(over handover: Descriptor, with descriptors: [CInt]) -> SocketError {
        let kept = descriptors + [handover.raw]
        defer { for raw in kept { Self.keep(raw, false) } }
        for raw in kept { Self.keep(raw, true) }
        let all = [path] + arguments + [Self.takeOverOption, "\(handover.raw)"]
        return unsafe CStrings.with(all) { argv in
            _ = unsafe execv(path, argv)
            return SocketError(call: "execv")
        }
    }

    /// Whether a descriptor stays open over an `exec`; a number that is no descriptor's is noticed by
    /// whoever looks for it there.
    static func keep(_ raw: CInt, _ isKept: Bool) {
        _ = fcntl(raw, F_SETFD, isKept ? 0 : FD_CLOEXEC)
    }
}
