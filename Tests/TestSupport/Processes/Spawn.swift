import Glibc
import Synchronization

/// A call of the system that failed.
package struct SystemFailure: Error, CustomStringConvertible {
    package let call: String
    package let code: Int32

    package init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    package var description: String { "\(call): \(unsafe String(cString: strerror(code)))" }
}

/// A started program: its process id and our ends of its streams.
struct Spawned {
    let processID: pid_t
    /// Not blocking, like the others; the same as `output` on a terminal.
    let input: Int32
    let output: Int32
    /// Nil on a terminal.
    let errors: Int32?

    /// Starts a program as the leader of a session of its own, so that nothing asks the terminal of
    /// whoever runs the tests, and its process group can be ended as a whole.
    static func start(_ command: Command) throws(SystemFailure) -> Spawned {
        try oneAtATime.withLock { _ throws(SystemFailure) in
            switch command.streams {
            case .pipes: try Spawned(piping: command)
            case .terminal(let columns, let rows):
                try Spawned(terminalFor: command, columns: columns, rows: rows)
            }
        }
    }

    /// A child must not inherit what was opened for another one and not marked yet.
    private static let oneAtATime = Mutex(())
    /// `POSIX_SPAWN_SETSID` of `spawn.h`, which Swift does not see.
    private static let newSession: Int32 = 0x80

    private init(piping command: Command) throws(SystemFailure) {
        let (theirInput, ourInput) = try Self.pipe()
        let (ourOutput, theirOutput) = try Self.pipe()
        let (ourErrors, theirErrors) = try Self.pipe()
        defer { for descriptor in [theirInput, theirOutput, theirErrors] { close(descriptor) } }
        processID = try unsafe Self.spawn(command) { actions in
            unsafe posix_spawn_file_actions_adddup2(actions, theirInput, 0)
            unsafe posix_spawn_file_actions_adddup2(actions, theirOutput, 1)
            unsafe posix_spawn_file_actions_adddup2(actions, theirErrors, 2)
        }
        (input, output, errors) = (ourInput, ourOutput, ourErrors)
        for descriptor in [ourInput, ourOutput, ourErrors] { Self.unblock(descriptor) }
    }

    private init(
        terminalFor command: Command,
        columns: UInt16,
        rows: UInt16
    ) throws(SystemFailure) {
        var terminal: Int32 = -1
        var theirs: Int32 = -1
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard unsafe openpty(&terminal, &theirs, nil, nil, &size) == 0 else {
            throw SystemFailure("openpty")
        }
        defer { close(theirs) }
        Self.mark(terminal)
        Self.mark(theirs)
        var name = [CChar](repeating: 0, count: 64)
        guard unsafe ttyname_r(theirs, &name, name.count) == 0 else {
            throw SystemFailure("ttyname_r")
        }
        let path = name.prefix { $0 != 0 } + [0]
        processID = try unsafe Self.spawn(command) { actions in
            // The first terminal that the leader of a session opens becomes the session's own.
            unsafe posix_spawn_file_actions_addopen(actions, 0, Array(path), O_RDWR, 0)
            unsafe posix_spawn_file_actions_adddup2(actions, 0, 1)
            unsafe posix_spawn_file_actions_adddup2(actions, 0, 2)
        }
        (input, output, errors) = (terminal, terminal, nil)
        Self.unblock(terminal)
    }

    static func resize(_ terminal: Int32, columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = unsafe ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    private static func pipe() throws(SystemFailure) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe Glibc.pipe(&ends) == 0 else { throw SystemFailure("pipe") }
        for end in ends { mark(end) }
        return (ends[0], ends[1])
    }

    /// No child inherits it.
    private static func mark(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    private static func unblock(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    private static func spawn(
        _ command: Command,
        _ addStreams: (UnsafeMutablePointer<posix_spawn_file_actions_t>) -> Void
    ) throws(SystemFailure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe withUnsafeMutablePointer(to: &actions) { unsafe addStreams($0) }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // A test runner may have signals blocked or ignored.
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        let words = [command.program] + command.arguments
        let variables = command.environment.map { "\($0)=\($1)" }
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        var environment = unsafe variables.map { unsafe strdup($0) } + [nil]
        let texts = unsafe arguments + environment
        defer { for index in unsafe texts.indices { unsafe free(texts[index]) } }
        var process: pid_t = 0
        let result = unsafe posix_spawnp(
            &process,
            command.program,
            &actions,
            &attributes,
            &arguments,
            &environment
        )
        guard result == 0 else {
            throw SystemFailure("posix_spawn of \(command.program)", code: result)
        }
        return process
    }
}
