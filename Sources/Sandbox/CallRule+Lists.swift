import Glibc

/// The lists; `docs/sandbox.md` says why each line is there. What is on none kills.
extension CallRule {
    /// The list of a kind of process; `number` is the process's own.
    package static func list(of kind: ConfinedProcess, number: CInt) -> [CallRule] {
        switch kind {
        case .session: shared(number) + session
        case .decider: shared(number) + decider
        }
    }

    private static func shared(_ number: CInt) -> [CallRule] {
        memory + [
            allowed("recvmsg"), allowed("sendmsg"),
            allowed("write"), allowed("writev"), allowed("close"),
            // To wait for one thing, and to wake who waits: no priorities, no requeueing.
            allowed("futex", operation(0)), allowed("futex", operation(1)),
            allowed("futex", operation(9)),
            allowed("clock_gettime"), allowed("gettimeofday"), allowed("time"),
            allowed("getpid"), allowed("gettid"),
            allowed("rt_sigaction"), allowed("rt_sigprocmask"), allowed("rt_sigreturn"),
            allowed("restart_syscall"),
            // `abort` sends SIGABRT so.
            allowed("tgkill", Argument(0, is: number)),
            allowed("exit"), allowed("exit_group"),
        ] + triedInVain.map { refused($0) }
    }

    /// Never executable, and never a file.
    private static let memory = [
        allowed("brk"), allowed("munmap"), allowed("mremap"),
        allowed(
            "mmap",
            Argument(2, is: 0, under: UInt64(PROT_EXEC)),
            Argument(
                3,
                is: UInt64(MAP_PRIVATE | MAP_ANONYMOUS),
                under: UInt64(mapType | MAP_ANONYMOUS)
            )
        ),
        allowed("mprotect", Argument(2, is: 0, under: UInt64(PROT_EXEC))),
        allowed("madvise", Argument(2, is: CInt(MADV_DONTNEED))),
    ]
    /// `MAP_TYPE` of <linux/mman.h>.
    private static let mapType: CInt = 0x0f

    /// A futex operation, whoever may be woken and by whichever clock.
    private static func operation(_ number: UInt64) -> Argument {
        Argument(1, is: number, under: ~0x180)
    }

    /// What libssh and glibc try, and do without: configuration, the names of accounts, terminals.
    private static let triedInVain = [
        "open", "openat", "access", "faccessat", "faccessat2", "stat", "lstat", "fstat",
        "newfstatat", "statx", "readlink", "readlinkat", "socket", "connect",
    ]

    private static let session =
        [
            allowed("poll"), allowed("ppoll"), allowed("recvfrom"), allowed("sendto"),
            allowed("read"), allowed("fdatasync"), allowed("getrandom"), allowed("alarm"),
            // Of nobody else.
            allowed("prlimit64", Argument(0, is: 0)),
            allowed("fcntl", Argument(1, is: F_GETFL)),
            allowed("fcntl", Argument(1, is: F_DUPFD_CLOEXEC)),
            // libssh makes a socket wait so, and does not go on where that fails; the same takes
            // O_APPEND from a recording.
            pretended("fcntl", Argument(1, is: F_SETFL), Argument(2, is: 0)),
            allowed(
                "getsockopt",
                Argument(1, is: SOL_SOCKET),
                Argument(2, is: SO_ERROR)
            ),
        ]
        + tcpOptions.map { option in
            allowed(
                "setsockopt",
                Argument(1, is: CInt(IPPROTO_TCP)),
                Argument(2, is: option)
            )
        }
    /// TCP_NODELAY, TCP_QUICKACK, TCP_USER_TIMEOUT of <netinet/tcp.h>.
    private static let tcpOptions: [CInt] = [1, 12, 18]

    private static let decider = [
        allowed("pread64"),
        // Processor time, which ends the process.
        allowed("setitimer", Argument(0, is: CInt(ITIMER_PROF.rawValue))),
    ]
}
