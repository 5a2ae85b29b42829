#define _GNU_SOURCE
#include "CSandboxProbe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pwd.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

static char forged[] = "forged\n";
static struct iovec forgery = {.iov_base = forged, .iov_len = sizeof forged - 1};
enum { PAGE = 4096 };
#ifndef SYS_vfork
#define SYS_vfork SYS_clone
#endif
#ifndef RWF_NOAPPEND
#define RWF_NOAPPEND 0x20
#endif

#define CALL(name, ...) \
    static long try_##name(int file) { \
        (void)file; \
        return __VA_ARGS__; \
    }

// MARK: to rewrite what is recorded

CALL(ftruncate, syscall(SYS_ftruncate, file, 0))
CALL(truncate, syscall(SYS_truncate, "/proc/self/fd/1", 0))
CALL(pwrite64, syscall(SYS_pwrite64, file, forged, sizeof forged, 0))
CALL(pwritev, syscall(SYS_pwritev, file, &forgery, 1, 0, 0))
CALL(pwritev2, syscall(SYS_pwritev2, file, &forgery, 1, 0, 0, RWF_NOAPPEND))
CALL(fallocate, syscall(SYS_fallocate, file, 3, 0, PAGE))
CALL(copy_file_range, syscall(SYS_copy_file_range, 0, NULL, file, NULL, PAGE, 0))
CALL(splice, syscall(SYS_splice, 0, NULL, file, NULL, PAGE, 0))
CALL(sendfile, syscall(SYS_sendfile, file, 0, NULL, PAGE))
CALL(tee, syscall(SYS_tee, 0, file, PAGE, 0))
CALL(vmsplice, syscall(SYS_vmsplice, file, &forgery, 1, 0))
CALL(lseek, syscall(SYS_lseek, file, 0, SEEK_SET))
CALL(sync_file_range, syscall(SYS_sync_file_range, file, 0, 0, 0))
CALL(clear_append, fcntl(file, F_SETFL, 0))
CALL(clear_append_and_write,
     fcntl(file, F_SETFL, 0) == 0 ? write(file, forged, sizeof forged - 1) : -1)
CALL(keep_append, fcntl(file, F_SETFL, O_APPEND | O_NONBLOCK))
CALL(clear_append_hidden, syscall(SYS_fcntl, file, F_SETFL | 1L << 32, 0))
CALL(map_shared, (long)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0))
CALL(map_private, (long)mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, 0))
CALL(map_shared_anonymous,
     (long)mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))
CALL(clone_file, syscall(SYS_ioctl, file, FICLONE, 0))
CALL(dedupe_file, syscall(SYS_ioctl, file, FIDEDUPERANGE, 0))
CALL(set_flags, syscall(SYS_ioctl, file, FS_IOC_SETFLAGS, &(int){0}))
CALL(fsetxattr, syscall(SYS_fsetxattr, file, "user.forged", forged, 1, 0))
CALL(fremovexattr, syscall(SYS_fremovexattr, file, "user.forged"))
CALL(fchmod, syscall(SYS_fchmod, file, 0666))
CALL(fchown, syscall(SYS_fchown, file, 0, 0))
CALL(utimensat, syscall(SYS_utimensat, file, NULL, NULL, 0))
CALL(linkat, syscall(SYS_linkat, file, "", AT_FDCWD, "/tmp/forged", AT_EMPTY_PATH))
CALL(open_again, syscall(SYS_openat, AT_FDCWD, "/proc/self/fd/1", O_WRONLY))
CALL(openat2_again, syscall(SYS_openat2, AT_FDCWD, "/proc/self/fd/1", &(long[3]){O_WRONLY}, 24))
CALL(open_by_handle_at, syscall(SYS_open_by_handle_at, file, NULL, O_WRONLY))
CALL(io_uring_setup, syscall(SYS_io_uring_setup, 8, NULL))
CALL(io_submit, syscall(SYS_io_submit, 0, 0, NULL))
CALL(dup2_over, syscall(SYS_dup3, 0, file, 0))
CALL(lease, fcntl(file, F_SETLEASE, F_WRLCK))
CALL(lock, fcntl(file, F_SETLK, &(struct flock){.l_type = F_WRLCK}))
CALL(add_seals, fcntl(file, F_ADD_SEALS, 0))
CALL(dupfd, fcntl(file, F_DUPFD, 0))
CALL(set_owner, fcntl(file, F_SETOWN, 1))
CALL(set_signal, fcntl(file, F_SETSIG, SIGKILL))
CALL(flags, fcntl(file, F_GETFL))
CALL(append, write(file, forged, sizeof forged - 1))
CALL(append_vector, writev(file, &forgery, 1))

// MARK: to run something else, or to reach another process

CALL(execve, execl("/bin/true", "true", NULL))
CALL(fork, syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0))
CALL(vfork, syscall(SYS_vfork))
CALL(clone3, syscall(SYS_clone3, NULL, 0))
CALL(ptrace, syscall(SYS_ptrace, 16, getppid(), 0, 0))
CALL(kill_parent, syscall(SYS_kill, getppid(), 0))
CALL(tgkill_other, syscall(SYS_tgkill, 1, 1, 0))
CALL(tgkill_self, syscall(SYS_tgkill, getpid(), gettid(), 0))
CALL(process_vm_writev, syscall(SYS_process_vm_writev, 1, &forgery, 1, &forgery, 1, 0))
CALL(pidfd_open, syscall(SYS_pidfd_open, 1, 0))
CALL(pidfd_getfd, syscall(SYS_pidfd_getfd, 0, 0, 0))
CALL(limit_other, syscall(SYS_prlimit64, 1, RLIMIT_CORE, NULL, NULL))
CALL(limit_self, syscall(SYS_prlimit64, 0, RLIMIT_CORE, NULL, NULL))
CALL(raise_core, setrlimit(RLIMIT_CORE, &(struct rlimit){1, 1}))
CALL(raise_processes, setrlimit(RLIMIT_NPROC, &(struct rlimit){1, 1}))
CALL(dumpable, syscall(SYS_prctl, 4, 1, 0, 0, 0))
CALL(requeue, syscall(SYS_futex, &(int){0}, FUTEX_CMP_REQUEUE, 1, 1, NULL, 0))
CALL(lock_priority, syscall(SYS_futex, &(int){0}, FUTEX_LOCK_PI, 0, NULL, NULL, 0))
CALL(wake, syscall(SYS_futex, &(int){0}, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0))

// MARK: memory

static void *page(void) {
    return mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
CALL(map, (long)page())
CALL(map_executable,
     (long)mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
CALL(make_executable, mprotect(page(), PAGE, PROT_READ | PROT_EXEC))
CALL(make_executable_by_key, syscall(SYS_pkey_mprotect, page(), PAGE, PROT_EXEC, -1))
CALL(make_readable, mprotect(page(), PAGE, PROT_READ))
CALL(program_writable,
     mprotect((void *)((size_t)sp_probe_try & ~(size_t)(PAGE - 1)), PAGE,
              PROT_READ | PROT_WRITE | PROT_EXEC))
CALL(advise_free, madvise(page(), PAGE, MADV_DONTNEED))
CALL(advise_merge, madvise(page(), PAGE, MADV_MERGEABLE))
CALL(memfd_create, syscall(SYS_memfd_create, "x", 0))

// MARK: files and the network

CALL(open, syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY))
CALL(socket, socket(AF_INET, SOCK_STREAM, 0))
CALL(socketpair, socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0}))
CALL(connect, connect(0, &(struct sockaddr){.sa_family = AF_INET}, sizeof(struct sockaddr)))
CALL(bind, bind(0, &(struct sockaddr){.sa_family = AF_INET}, sizeof(struct sockaddr)))
CALL(no_delay, setsockopt(0, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)))
CALL(upper_layer, setsockopt(0, IPPROTO_TCP, TCP_ULP, "tls", 3))
CALL(repair, setsockopt(0, IPPROTO_TCP, TCP_REPAIR, &(int){1}, sizeof(int)))
CALL(attach_filter, setsockopt(0, SOL_SOCKET, SO_ATTACH_BPF, &(int){0}, sizeof(int)))
CALL(pending_error, getsockopt(0, SOL_SOCKET, SO_ERROR, &(int){0}, &(socklen_t){sizeof(int)}))
CALL(peer, getsockopt(0, SOL_SOCKET, SO_PEERCRED, &(long[2]){0}, &(socklen_t){12}))
CALL(processor_timer, setitimer(ITIMER_PROF, &(struct itimerval){0}, NULL))
CALL(real_timer, setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL))

/// As libssh does where nobody says who the user is: the C library looks in vain.
static long try_account(int file) {
    (void)file;
    char room[1024];
    struct passwd entry, *found = NULL;
    getpwuid_r(1, &entry, room, sizeof room, &found);
    return found == NULL ? 0 : -1;
}

static const struct sockaddr_un abstract = {.sun_family = AF_UNIX, .sun_path = "\0"};

/// A name of this process's own.
static socklen_t name(struct sockaddr_un *place) {
    *place = abstract;
    int count = snprintf(place->sun_path + 1, sizeof place->sun_path - 1, "sandbox-probe-%d",
                         (int)getpid());
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)count);
}

int sp_probe_listen(void) {
    struct sockaddr_un place;
    socklen_t size = name(&place);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&place, size) != 0) return errno;
    return listen(listener, 1) == 0 ? 0 : errno;
}

static long try_abstract_socket(int file) {
    struct sockaddr_un place;
    socklen_t size = name(&place);
    (void)file;
    return connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&place, size);
}

static long try_connect_network(int file) {
    (void)file;
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(9)};
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&place, sizeof place);
}

static long try_bind_network(int file) {
    (void)file;
    struct sockaddr_in place = {.sin_family = AF_INET};
    return bind(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&place, sizeof place);
}

static long try_allocate(int file) {
    (void)file;
    for (size_t size = 16; size <= 4 << 20; size *= 2) {
        char *room = malloc(size);
        if (room == NULL) return -1;
        memset(room, 1, size);
        room = realloc(room, size * 2);
        free(room);
    }
    return 0;
}

// MARK: to die

static long try_abort(int file) {
    (void)file;
    abort();
}

static long try_fault(int file) {
    (void)file;
    __builtin_trap();
}

static long try_smash(int file) {
    // glibc says so on the terminal, in vain, and aborts.
    void *room = malloc(64);
    (void)file;
    free(room);
    free(room);
    return 0;
}

// MARK: other architectures

#ifdef __x86_64__
/// getpid, which is on the list, as the other architectures of this processor have it.
static long try_i386(int file) {
    (void)file;
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory");
    return result;
}
CALL(x32, syscall(SYS_getpid | 0x40000000))
#endif

#define ENTRY(name) {#name, try_##name}
static const struct {
    const char *name;
    long (*run)(int);
} attempts[] = {
    ENTRY(ftruncate), ENTRY(truncate), ENTRY(pwrite64), ENTRY(pwritev), ENTRY(pwritev2),
    ENTRY(fallocate), ENTRY(copy_file_range), ENTRY(splice), ENTRY(sendfile), ENTRY(tee),
    ENTRY(vmsplice), ENTRY(lseek), ENTRY(sync_file_range), ENTRY(clear_append),
    ENTRY(clear_append_and_write), ENTRY(keep_append), ENTRY(clear_append_hidden), ENTRY(map_shared), ENTRY(map_private),
    ENTRY(map_shared_anonymous), ENTRY(clone_file), ENTRY(dedupe_file), ENTRY(set_flags),
    ENTRY(fsetxattr), ENTRY(fremovexattr), ENTRY(fchmod), ENTRY(fchown), ENTRY(utimensat),
    ENTRY(linkat), ENTRY(open_again), ENTRY(openat2_again), ENTRY(open_by_handle_at),
    ENTRY(io_uring_setup), ENTRY(io_submit), ENTRY(dup2_over), ENTRY(lease), ENTRY(lock),
    ENTRY(add_seals), ENTRY(dupfd), ENTRY(set_owner), ENTRY(set_signal), ENTRY(flags),
    ENTRY(append), ENTRY(append_vector), ENTRY(execve), ENTRY(fork), ENTRY(vfork),
    ENTRY(clone3), ENTRY(ptrace), ENTRY(kill_parent), ENTRY(tgkill_other), ENTRY(tgkill_self),
    ENTRY(process_vm_writev), ENTRY(pidfd_open), ENTRY(pidfd_getfd), ENTRY(limit_other),
    ENTRY(limit_self), ENTRY(raise_core), ENTRY(raise_processes), ENTRY(dumpable),
    ENTRY(requeue), ENTRY(lock_priority), ENTRY(wake), ENTRY(map), ENTRY(map_executable),
    ENTRY(make_executable), ENTRY(make_executable_by_key), ENTRY(make_readable),
    ENTRY(program_writable), ENTRY(advise_free), ENTRY(advise_merge), ENTRY(memfd_create),
    ENTRY(open), ENTRY(socket), ENTRY(socketpair), ENTRY(connect), ENTRY(bind),
    ENTRY(no_delay), ENTRY(upper_layer), ENTRY(repair), ENTRY(attach_filter),
    ENTRY(pending_error), ENTRY(peer), ENTRY(processor_timer), ENTRY(real_timer),
    ENTRY(account), ENTRY(abstract_socket), ENTRY(connect_network), ENTRY(bind_network),
    ENTRY(allocate), ENTRY(abort), ENTRY(fault), ENTRY(smash),
#ifdef __x86_64__
    ENTRY(i386), ENTRY(x32),
#endif
};
enum { ATTEMPTS = sizeof attempts / sizeof attempts[0] };

int sp_probe_try(const char *name, int recording) {
    for (int i = 0; i < ATTEMPTS; i++) {
        if (strcmp(attempts[i].name, name) != 0) continue;
        errno = 0;
        // A failed `mmap` is -1 as well.
        return attempts[i].run(recording) == -1 ? errno : 0;
    }
    return -1;
}
