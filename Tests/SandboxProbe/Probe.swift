import CSandboxProbe
import CSystem
import Glibc
import Sandbox

/// Closes the sandbox of a session process or a decider, as these do, and tries what is not allowed.
///
///     sandbox-probe session|decider ATTEMPT
///     sandbox-probe session|decider calls        each system call of this architecture, in turn
///     sandbox-probe landlock ATTEMPT             by Landlock alone
///     sandbox-probe no-landlock|disabled-landlock|forbidden-landlock ATTEMPT
///     sandbox-probe with-a-thread ATTEMPT
///     sandbox-probe on-a-kernel-without-landlock PROGRAM ARGUMENT…
///
/// Its standard output is the recording. It exits with 0 where the attempt went well, and with the
/// errno value where it failed.
enum Probe {
    private static let confinementFailed: CInt = 126
    private static let noSuchAttempt: CInt = 125

    static func run() -> Never {
        let arguments = CommandLine.arguments
        if arguments.count > 2, arguments[1] == "on-a-kernel-without-landlock" {
            startWithoutLandlock(Array(arguments.dropFirst(2)))
        }
        guard arguments.count == 3 else { exit(EX_USAGE) }
        let (mode, attempt) = (arguments[1], arguments[2])
        do throws(ConfinementError) {
            if let kind = ConfinedProcess(rawValue: mode) {
                if attempt == "calls" { try tryAllCalls(as: kind) }
                try confine(kind)
            } else {
                try confine(mode: mode)
            }
        } catch {
            complain(error.description)
            exit(confinementFailed)
        }
        let result = unsafe sp_probe_try(attempt, STDOUT_FILENO)
        exit(result < 0 ? noSuchAttempt : result)
    }

    private static func confine(_ kind: ConfinedProcess) throws(ConfinementError) {
        try begin(kind)
        try Confinement.close(kind)
    }

    private static func begin(_ kind: ConfinedProcess) throws(ConfinementError) {
        try Confinement.begin(kind)
        // As for a recording.
        if kind == .session { sp_allow_file_size(1 << 20) }
    }

    private static func confine(mode: String) throws(ConfinementError) {
        switch mode {
        case "landlock":
            guard let version = try Landlock.version(), sp_probe_listen() == 0 else {
                exit(noSuchAttempt)
            }
            // With no other account: what is refused is refused by nothing else.
            sp_gain_nothing()
            try Landlock.giveUp(version: version)
        case "no-landlock": try confine { fail(with: ENOSYS) }
        case "disabled-landlock": try confine { fail(with: EOPNOTSUPP) }
        case "forbidden-landlock": try confine { fail(with: EPERM) }
        case "with-a-thread":
            guard sp_probe_start_thread() == 0 else { exit(noSuchAttempt) }
            try confine(.session)
        default: exit(noSuchAttempt)
        }
    }

    private static func confine(asking kernel: () -> CInt) throws(ConfinementError) {
        try begin(.session)
        try Confinement.close(.session, asking: kernel)
    }

    private static func fail(with code: CInt) -> CInt {
        errno = code
        return -1
    }

    /// Prints a line for each: its number, its name, and what came of it.
    private static func tryAllCalls(as kind: ConfinedProcess) throws(ConfinementError) -> Never {
        // Printed at last: what waits to be printed would be a copy's as well.
        var lines: [String] = []
        for number in 0..<CInt(SP_PROBE_CALLS) {
            let name = name(ofCall: number) ?? "unnamed"
            let child = sp_probe_fork()
            if child == 0 {
                try confine(kind)
                exit(sp_probe_call(number))
            }
            var status: CInt = 0
            unsafe waitpid(child, &status, 0)
            let signal = status & 0x7f
            let end = signal == 0 ? "exited \(status >> 8 & 0xff)" : "killed \(signal)"
            lines.append("\(number) \(name) \(end)")
        }
        print(lines.joined(separator: "\n"))
        exit(0)
    }

    private static func name(ofCall number: CInt) -> String? {
        var name = [CChar](repeating: 0, count: 64)
        guard unsafe sp_probe_call_name(number, &name, name.count) == 1 else { return nil }
        let bytes = name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func startWithoutLandlock(_ program: [String]) -> Never {
        // Never freed: this process becomes the program.
        var arguments = unsafe program.map { unsafe strdup($0) } + [nil]
        guard sp_probe_hide_landlock() == 0 else { exit(confinementFailed) }
        unsafe execv(program[0], &arguments)
        exit(errno)
    }

    private static func complain(_ text: String) {
        let line = Array("sandbox-probe: \(text)\n".utf8)
        unsafe _ = write(STDERR_FILENO, line, line.count)
    }
}
