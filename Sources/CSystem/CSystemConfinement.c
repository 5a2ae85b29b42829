#define _GNU_SOURCE
#include "CSystemConfinement.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int sp_take_account(uid_t user, gid_t group) {
    uid_t users[3];
    gid_t groups[3];
    if (user == 0 || group == 0) {
        errno = EINVAL;
        return -1;
    }
    if (setgroups(0, NULL) != 0 || setresgid(group, group, group) != 0 ||
        setresuid(user, user, user) != 0 || getresuid(&users[0], &users[1], &users[2]) != 0 ||
        getresgid(&groups[0], &groups[1], &groups[2]) != 0)
        return -1;
    for (int i = 0; i < 3; i++) {
        if (users[i] != user || groups[i] != group) {
            errno = EPERM;
            return -1;
        }
    }
    if (setuid(0) == 0 || setgid(0) == 0) {
        errno = EPERM;
        return -1;
    }
    return 0;
}

int sp_drop_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return -1;
    return (int)syscall(SYS_capset, &header, none);
}

int sp_gain_nothing(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

void sp_reset_crash_signals(void) {
    static const int signals[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) signal(signals[i], SIG_DFL);
}

int sp_thread_count(void) {
    struct stat status;
    if (stat("/proc/self/task", &status) != 0) return -1;
    // A folder for each thread; a folder's links are these, its name and its own `.`.
    return (int)status.st_nlink - 2;
}

// Of linux/landlock.h, which older headers lack.
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif

struct ruleset {
    uint64_t handled_access_fs, handled_access_net, scoped;
};

int sp_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

// How many rights each version knows: bits from the lowest on.
static const struct {
    int files, network, scopes;
} known[] = {
    {13, 0, 0},
    // Version 2: to move files between folders. Version 3: to cut them.
    {14, 0, 0},
    {15, 0, 0},
    // Version 4: to bind and connect TCP sockets. Version 5: `ioctl` of devices.
    {15, 2, 0},
    {16, 2, 0},
    // Version 6: abstract Unix sockets, and signals to others.
    {16, 2, 2},
};
enum { KNOWN_VERSIONS = sizeof known / sizeof known[0] };

static uint64_t lowest(int bits) { return (UINT64_C(1) << bits) - 1; }

struct sp_landlock_rights sp_landlock_rights_of(int version) {
    struct sp_landlock_rights none = {0};
    if (version < 1) return none;
    int index = (version < KNOWN_VERSIONS ? version : KNOWN_VERSIONS) - 1;
    struct sp_landlock_rights rights = {.files = lowest(known[index].files),
                                        .network = lowest(known[index].network),
                                        .scopes = lowest(known[index].scopes)};
    return rights;
}

int sp_give_up_rights(struct sp_landlock_rights rights) {
    struct ruleset rules = {.handled_access_fs = rights.files,
                            .handled_access_net = rights.network,
                            .scoped = rights.scopes};
    // An older kernel takes a longer structure as long as what it does not know is zero. Rules would
    // be exceptions: there are none.
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (ruleset < 0) return -1;
    int result = (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
    int reason = errno;
    close(ruleset);
    errno = reason;
    return result;
}
