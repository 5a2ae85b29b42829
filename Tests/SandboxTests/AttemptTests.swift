import Glibc
import Sandbox
import Testing

/// What code may try in a process that it owns; each is tried in one whose sandbox is closed.
@Suite struct `a confined process` {
    /// Something to try, and how it ends in each kind of process.
    struct Attempt: Sendable, CustomStringConvertible {
        let name: String
        let session: Probe.End
        let decider: Probe.End

        init(_ name: String, _ session: Probe.End, _ decider: Probe.End) {
            self.name = name
            self.session = session
            self.decider = decider
        }

        static func forbidden(_ name: String) -> Attempt { Attempt(name, .forbidden, .forbidden) }

        var description: String { name }

        func run() throws -> [(ConfinedProcess, Probe, Probe.End)] {
            try [(ConfinedProcess.session, session), (.decider, decider)].map { kind, end in
                (kind, try Probe(kind.rawValue, name), end)
            }
        }
    }

    @Test(
        arguments: [
            "ftruncate", "truncate", "pwrite64", "pwritev", "pwritev2", "fallocate",
            "copy_file_range", "splice", "sendfile", "tee", "vmsplice", "lseek",
            "sync_file_range", "clear_append_hidden", "map_shared", "map_private", "clone_file",
            "dedupe_file", "set_flags", "fsetxattr", "fremovexattr", "fchmod", "fchown",
            "utimensat", "linkat", "openat2_again", "open_by_handle_at", "io_uring_setup",
            "io_submit", "dup2_over", "keep_append", "lease", "lock", "add_seals", "dupfd",
            "set_owner",
            "set_signal",
        ].map(Attempt.forbidden) + [
            Attempt("clear_append", .succeeded, .forbidden),
            Attempt("open_again", .refused, .refused),
        ]
    )
    func `rewrites no recording, by whatever call`(attempt: Attempt) throws {
        for (kind, probe, end) in try attempt.run() {
            #expect(probe.end == end, "\(kind) \(attempt)")
            #expect(probe.recording == Probe.recorded, "\(kind) \(attempt)")
        }
    }

    @Test func `is told that O_APPEND is cleared, and it is not`() throws {
        // Its position is where the recording begins.
        let probe = try Probe("session", "clear_append_and_write")
        #expect(probe.end == .succeeded)
        #expect(probe.recording == Probe.recorded + "forged\n")
    }

    @Test(arguments: ["append", "append_vector"])
    func `appends to a recording where it is a session's`(attempt: String) throws {
        let session = try Probe("session", attempt)
        #expect(session.end == .succeeded)
        #expect(session.recording == Probe.recorded + "forged\n")
        // A decider has none, and may write to no file. SIGXFSZ ends it unless that is ignored.
        let decider = try Probe("decider", attempt)
        #expect([.killed(SIGXFSZ), .failed(EFBIG)].contains(decider.end))
        #expect(decider.recording == Probe.recorded)
    }

    @Test(
        arguments: [
            "execve", "fork", "vfork", "clone3", "ptrace", "kill_parent", "tgkill_other",
            "process_vm_writev", "pidfd_open", "pidfd_getfd", "limit_other", "dumpable", "requeue",
            "lock_priority",
        ].map(Attempt.forbidden) + [
            Attempt("tgkill_self", .succeeded, .succeeded),
            Attempt("wake", .succeeded, .succeeded),
            Attempt("limit_self", .succeeded, .forbidden),
            Attempt("raise_core", .failed(EPERM), .forbidden),
            Attempt("raise_processes", .failed(EPERM), .forbidden),
        ]
    )
    func `starts nothing, and reaches no other process`(attempt: Attempt) throws {
        for (kind, probe, end) in try attempt.run() {
            #expect(probe.end == end, "\(kind) \(attempt)")
        }
    }

    @Test(
        arguments: [
            "map_executable", "make_executable", "make_executable_by_key", "program_writable",
            "map_shared_anonymous", "advise_merge", "memfd_create",
        ].map(Attempt.forbidden)
            + ["map", "make_readable", "advise_free", "allocate"].map {
                Attempt($0, .succeeded, .succeeded)
            }
    )
    func `runs no code that was not in its program`(attempt: Attempt) throws {
        for (kind, probe, end) in try attempt.run() {
            #expect(probe.end == end, "\(kind) \(attempt)")
        }
    }

    @Test(
        arguments: ["socketpair", "bind", "upper_layer", "repair", "attach_filter", "peer"]
            .map(Attempt.forbidden)
            + [
                Attempt("open", .refused, .refused),
                Attempt("socket", .refused, .refused),
                Attempt("connect", .refused, .refused),
                // The C library looks for an account, finds none, and nothing more happens.
                Attempt("account", .succeeded, .succeeded),
                // What is asked is no socket here; that it may be asked is the point.
                Attempt("no_delay", .failed(ENOTSOCK), .forbidden),
                Attempt("pending_error", .failed(ENOTSOCK), .forbidden),
                Attempt("processor_timer", .forbidden, .succeeded),
                Attempt("real_timer", .forbidden, .forbidden),
            ]
    )
    func `opens no file and no connection`(attempt: Attempt) throws {
        for (kind, probe, end) in try attempt.run() {
            #expect(probe.end == end, "\(kind) \(attempt)")
        }
    }

    @Test(arguments: ["i386", "x32"])
    func `calls as no other architecture`(attempt: String) throws {
        #if arch(x86_64)
            for (kind, probe, end) in try Attempt.forbidden(attempt).run() {
                #expect(probe.end == end, "\(kind) \(attempt)")
            }
        #endif
    }

    @Test(arguments: [("abort", SIGABRT), ("fault", SIGILL), ("smash", SIGABRT)])
    func `dies of a fault as such, and of no forbidden call`(
        attempt: String,
        signal: Int32
    ) throws {
        let probe = try Probe("session", attempt)
        #expect(probe.end == .killed(signal), "\(probe.errors)")
    }
}
