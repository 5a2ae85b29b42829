// A disk that fails: preloaded into a program of a bastion.
//
//     cc -shared -fPIC -o failing-disk.so failing-disk.c
//     LD_PRELOAD=./failing-disk.so FAILING_DISK=./fault sallyport serve
//
// As long as the file ./fault says `write` or `sync`, that fails with EIO, and does nothing, on every
// file whose name begins with `audit.db`; where it says `fold`, both do on `audit.db` itself, into which
// its log is folded.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static int is_of_trail(int descriptor, int is_folding) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t count = readlink(link, path, sizeof path - 1);
    if (count <= 0) return 0;
    path[count] = 0;
    const char *name = strrchr(path, '/');
    return name && strncmp(name + 1, "audit.db", is_folding ? 9 : 8) == 0;
}

static int fails(int descriptor, const char *call) {
    int before = errno;
    const char *file = getenv("FAILING_DISK");
    char fault[16] = "";
    int opened = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
    if (opened >= 0) {
        ssize_t count = read(opened, fault, sizeof fault - 1);
        fault[count > 0 ? count : 0] = 0;
        close(opened);
    }
    errno = before;
    int is_folding = strcmp(fault, "fold") == 0;
    if (!is_folding && strcmp(fault, call) != 0) return 0;
    if (!is_of_trail(descriptor, is_folding)) return 0;
    errno = EIO;
    return 1;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    if (fails(descriptor, "write")) return -1;
    return syscall(SYS_write, descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    if (fails(descriptor, "write")) return -1;
    return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    if (fails(descriptor, "write")) return -1;
    return syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}

int fdatasync(int descriptor) {
    if (fails(descriptor, "sync")) return -1;
    return syscall(SYS_fdatasync, descriptor);
}

int fsync(int descriptor) {
    if (fails(descriptor, "sync")) return -1;
    return syscall(SYS_fsync, descriptor);
}
