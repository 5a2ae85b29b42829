#define _GNU_SOURCE
#include "CSystemEvents.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

int sp_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int descriptor, uint32_t interest, uint64_t id) {
    struct epoll_event event = {.data = {.u64 = id}};
    if (interest & SP_READABLE) event.events |= EPOLLIN | EPOLLRDHUP;
    if (interest & SP_WRITABLE) event.events |= EPOLLOUT;
    return epoll_ctl(epoll, operation, descriptor, &event);
}

int sp_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t identifier) {
    return control(epoll, EPOLL_CTL_ADD, descriptor, interest, identifier);
}

int sp_epoll_change(int epoll, int descriptor, uint32_t interest, uint64_t identifier) {
    return control(epoll, EPOLL_CTL_MOD, descriptor, interest, identifier);
}

int sp_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int sp_epoll_wait(int epoll, struct sp_event *events, int capacity, int timeout_milliseconds) {
    struct epoll_event found[64];
    if (capacity > 64) capacity = 64;
    int count = epoll_wait(epoll, found, capacity, timeout_milliseconds);
    for (int i = 0; i < count; i++) {
        uint32_t bits = found[i].events;
        events[i].identifier = found[i].data.u64;
        events[i].found = (bits & (EPOLLIN | EPOLLRDHUP) ? SP_READABLE : 0) |
                          (bits & EPOLLOUT ? SP_WRITABLE : 0) |
                          (bits & (EPOLLHUP | EPOLLERR) ? SP_HANGUP : 0);
    }
    return count;
}

int sp_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static void fill(sigset_t *set, const int *signals, int count) {
    sigemptyset(set);
    for (int i = 0; i < count; i++) sigaddset(set, signals[i]);
}

int sp_block_signals(const int *signals, int count) {
    sigset_t set;
    fill(&set, signals, count);
    return pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int sp_signal_descriptor(const int *signals, int count) {
    sigset_t set;
    fill(&set, signals, count);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int sp_read_signal(int descriptor) {
    struct signalfd_siginfo information;
    ssize_t count = read(descriptor, &information, sizeof information);
    if (count == (ssize_t)sizeof information) return (int)information.ssi_signo;
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

int sp_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }

int sp_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int sp_pidfd_open(pid_t process) {
    // Descriptors of this call are closed on exec without being asked.
    return (int)syscall(SYS_pidfd_open, process, 0);
}

int sp_spawn(const char *path, const char *first, const char *second, int control_descriptor,
             int log, pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t authoritys, all;
    int result = posix_spawn_file_actions_init(&actions);
    if (result != 0) return result;
    result = posix_spawnattr_init(&attributes);
    if (result != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return result;
    }
    // A service manager, or `kill` by name, tells all processes at once to stop. When these end is
    // for the authority to say: it drains first, and nothing else is killed by what stays blocked.
    sigemptyset(&authoritys);
    sigaddset(&authoritys, SIGHUP);
    sigaddset(&authoritys, SIGINT);
    sigaddset(&authoritys, SIGTERM);
    sigaddset(&authoritys, SIGUSR2);
    sigfillset(&all);
    // The log goes first: its number may be 3, which the control socket takes.
    if ((result = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)) == 0 &&
        (result = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)) == 0 &&
        (result = posix_spawn_file_actions_adddup2(&actions, log, 2)) == 0 &&
        (result = posix_spawn_file_actions_adddup2(&actions, control_descriptor, 3)) == 0 &&
        // Whatever else is open, and whoever opened it so that it is inherited.
        (result = posix_spawn_file_actions_addclosefrom_np(&actions, 4)) == 0 &&
        (result = posix_spawn_file_actions_addchdir_np(&actions, "/")) == 0 &&
        (result = posix_spawnattr_setsigmask(&attributes, &authoritys)) == 0 &&
        (result = posix_spawnattr_setsigdefault(&attributes, &all)) == 0 &&
        // A group of its own: a terminal's Ctrl-C, and Ctrl-\, are for the authority.
        (result = posix_spawnattr_setpgroup(&attributes, 0)) == 0 &&
        (result = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK |
                                                            POSIX_SPAWN_SETSIGDEF |
                                                            POSIX_SPAWN_SETPGROUP)) == 0) {
        const char *name = strrchr(path, '/');
        char *arguments[] = {(char *)(name ? name + 1 : path), NULL};
        char *environment[] = {(char *)(first ? first : second),
                               first ? (char *)second : NULL, NULL};
        result = posix_spawn(process, path, &actions, &attributes, arguments, environment);
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return result;
}

int sp_sealed_file(const char *name, const void *bytes, size_t count) {
    int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) return -1;
    size_t written = 0;
    while (written < count) {
        ssize_t result = write(file, (const char *)bytes + written, count - written);
        if (result < 0 && errno == EINTR) continue;
        if (result <= 0) goto failed;
        written += (size_t)result;
    }
    if (fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0)
        return file;
failed:;
    int reason = errno;
    close(file);
    errno = reason;
    return -1;
}

int sp_limit_memory(size_t memory) {
    struct rlimit address_space = {.rlim_cur = memory, .rlim_max = memory};
    struct rlimit nothing = {.rlim_cur = 0, .rlim_max = 0};
    if (setrlimit(RLIMIT_CORE, &nothing) != 0) return -1;
    return setrlimit(RLIMIT_AS, &address_space);
}

void sp_allow_file_size(uint64_t bytes) {
    struct rlimit size;
    if (getrlimit(RLIMIT_FSIZE, &size) != 0) return;
    // Once limited, the limit only rises: another recording may be allowed to be longer.
    if (size.rlim_cur != RLIM_INFINITY && size.rlim_cur >= bytes) return;
    size.rlim_cur = bytes < size.rlim_max ? bytes : size.rlim_max;
    setrlimit(RLIMIT_FSIZE, &size);
}

int sp_arm_processor_limit(unsigned milliseconds) {
    struct itimerval timer = {.it_value = {.tv_sec = milliseconds / 1000,
                                           .tv_usec = (milliseconds % 1000) * 1000}};
    return setitimer(ITIMER_PROF, &timer, NULL);
}
