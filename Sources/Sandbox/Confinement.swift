import CSystem
import Glibc
import SessionProtocol

/// What a session process and a decider give up, for good, in two steps: all but their system calls
/// and files at once, these before they read a byte that strangers wrote.
///
/// Whatever cannot be given up throws, and the process must not go on.
package enum Confinement {
    /// The first step: the account, all capabilities, cores, processes of its own, and a life beyond
    /// its parent's, but for some seconds.
    package static func begin(
        _ kind: ConfinedProcess,
        lastWordsSeconds: CUnsignedInt = 0
    ) throws(ConfinementError) {
        try takeAccount()
        guard sp_drop_capabilities() == 0 else { throw .failed("capabilities") }
        guard sp_gain_nothing() == 0 else { throw .failed("no_new_privs") }
        // Not before the account is taken, with which the kernel forgets both.
        guard sp_confine_child(lastWordsSeconds) == 0 else { throw .failed("prctl") }
        try limit(RLIMIT_CORE, to: 0)
        try limit(__RLIMIT_NPROC, to: 0)
        try limit(__RLIMIT_MEMLOCK, to: 0)
        try limit(__RLIMIT_MSGQUEUE, to: 0)
        // A recording raises it for a session, see `sp_allow_file_size`.
        try limit(RLIMIT_FSIZE, to: 0, forGood: kind == .decider)
    }

    /// The second step, when the libraries have opened what they need: no more files, no network,
    /// and no system call that is not on the list.
    package static func close(
        _ kind: ConfinedProcess,
        asking kernel: () -> CInt = sp_landlock_version
    ) throws(ConfinementError) {
        // Landlock confines the thread that asks for it, so there must be no other.
        let threads = sp_thread_count()
        guard threads == 1 else {
            throw threads < 0 ? .failed("threads") : .otherThreads(count: Int(threads))
        }
        sp_reset_crash_signals()
        if let version = try Landlock.version(asking: kernel) {
            try Landlock.giveUp(version: version)
        }
        let list = try CallList()
        for rule in CallRule.list(of: kind, number: getpid()) { try list.add(rule) }
        try list.enforce()
    }

    /// No more than so many descriptors from now on, for good.
    package static func limitDescriptors(to count: Int) throws(ConfinementError) {
        try limit(RLIMIT_NOFILE, to: count)
    }

    private static func limit(
        _ resource: __rlimit_resource,
        to value: Int,
        forGood isForGood: Bool = true
    ) throws(ConfinementError) {
        let kind = __rlimit_resource_t(resource.rawValue)
        var limit = rlimit()
        guard unsafe getrlimit(kind, &limit) == 0 else { throw .failed("getrlimit") }
        limit.rlim_cur = min(rlim_t(value), limit.rlim_max)
        if isForGood { limit.rlim_max = limit.rlim_cur }
        guard unsafe setrlimit(kind, &limit) == 0 else { throw .failed("setrlimit") }
    }

    private static func takeAccount() throws(ConfinementError) {
        guard let text = unsafe getenv(ProcessAccount.variableName) else {
            guard geteuid() != 0 else { throw .isRoot }
            return
        }
        guard let account = ProcessAccount(unsafe String(cString: text)) else {
            throw .failed(ProcessAccount.variableName, code: EINVAL)
        }
        guard sp_take_account(account.user, account.group) == 0 else { throw .failed("account") }
    }
}
