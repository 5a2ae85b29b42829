import CSystem
import Glibc
import MessageSockets

/// Starts a program with nothing of ours: a plain environment, at most an input, a process group of its
/// own.
enum ProgramSpawn {
    /// What the program may know: programs of the system, and plain English for our parsers.
    private static let environment = ["PATH=\(ProgramSearch.defaultPath)", "LC_ALL=C"]

    static func start(
        _ path: String,
        _ arguments: [String],
        input: Descriptor? = nil,
        output: PipeEnd,
        error: PipeEnd
    ) throws(ProgramError) -> pid_t {
        guard (arguments + [path]).allSatisfy({ !$0.utf8.contains(0) }) else {
            throw .failed(program: path, reason: "an argument holds a NUL")
        }
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        guard unsafe posix_spawn_file_actions_init(&actions) == 0,
            unsafe posix_spawnattr_init(&attributes) == 0
        else { throw .failed(program: path, reason: "there is no memory") }
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        let flags = Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK)
        let prepared = unsafe [
            Self.read(input, by: &actions),
            posix_spawn_file_actions_adddup2(&actions, output.descriptor.raw, 1),
            posix_spawn_file_actions_adddup2(&actions, error.descriptor.raw, 2),
            posix_spawnattr_setpgroup(&attributes, 0),
            posix_spawnattr_setsigmask(&attributes, &none),
            posix_spawnattr_setflags(&attributes, flags),
        ]
        var process: pid_t = 0
        var result = prepared.first { $0 != 0 } ?? 0
        if result == 0 {
            result = unsafe CStrings.with([path] + arguments) { argv in
                unsafe CStrings.with(environment) { envp in
                    unsafe posix_spawn(&process, path, &actions, &attributes, argv, envp)
                }
            }
        }
        guard result == 0 else {
            let reason = SocketError(call: "posix_spawn", code: result)
            throw .failed(program: path, reason: reason.description)
        }
        return process
    }

    private static func read(
        _ input: Descriptor?,
        by actions: inout posix_spawn_file_actions_t
    ) -> CInt {
        guard let input else {
            return unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        return unsafe posix_spawn_file_actions_adddup2(&actions, input.raw, 0)
    }

    /// Whether the process ends before a time of the monotonic clock; it is not reaped here.
    static func hasEnded(_ process: pid_t, by deadline: UInt64) -> Bool {
        let raw = sp_pidfd_open(process)
        guard raw >= 0 else { return false }
        let descriptor = Descriptor(adopting: raw)
        while true {
            let now = Reactor.monotonicNanoseconds()
            var entry = pollfd(fd: descriptor.raw, events: Int16(POLLIN), revents: 0)
            let rest = deadline > now ? (deadline - now) / 1_000_000 + 1 : 0
            let count = unsafe poll(&entry, 1, CInt(min(rest, 1000)))
            if count > 0 { return true }
            if now >= deadline { return false }
        }
    }

    /// The status as `waitpid` gives it.
    static func wait(_ process: pid_t) -> CInt {
        var status: CInt = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            precondition(errno == EINTR, "a child that we started is ours to wait for")
        }
        return status
    }
}

/// Arrays of C strings, for the time of one call.
enum CStrings {
    static func with<Result>(
        _ texts: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] =
            unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else {
                preconditionFailure("the array holds its final nil at least")
            }
            return unsafe body(base)
        }
    }
}
