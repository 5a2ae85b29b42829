#pragma once

// What a child process of the authority gives up, for good.

#include <stdint.h>
#include <sys/types.h>

/// Makes the calling process, which is root's, another account's: that group alone, no other one,
/// and no way back. Returns 0, or -1 with errno.
int sp_take_account(uid_t user, gid_t group);

/// The calling process has no capability any more, however it came to one. Returns 0, or -1 with
/// errno.
int sp_drop_capabilities(void);

/// No program that the calling process starts has more rights than it. Returns 0, or -1 with errno.
int sp_gain_nothing(void);

/// A fault ends the calling process at once: no handler starts a program that tells where it was.
void sp_reset_crash_signals(void);

/// How many threads the calling process has, or -1 with errno.
int sp_thread_count(void);

/// The version of Landlock's interface, or -1 with errno: ENOSYS or EOPNOTSUPP where the kernel has
/// none.
int sp_landlock_version(void);

/// Rights of Landlock that an interface of this version knows.
struct sp_landlock_rights {
    /// To files, to the network, and beyond the domain.
    uint64_t files, network, scopes;
};
struct sp_landlock_rights sp_landlock_rights_of(int version);

/// Gives up all of these rights: what is open already stays so. The calling thread must be the only
/// one. Returns 0, or -1 with errno.
int sp_give_up_rights(struct sp_landlock_rights rights);
