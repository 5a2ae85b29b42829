// A disk on which to sync takes long: preloaded into a program of a bastion.
//
//     cc -shared -fPIC -o slow-disk.so slow-disk.c
//     LD_PRELOAD=./slow-disk.so SLOW_DISK='100 65536' sallyport-session
//
// Each sync takes 100 ms longer, but only of what got more than 65536 bytes by write(2) before, so that
// small recordings stay fast.

#define _GNU_SOURCE
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { descriptors = 4096 };
static long written[descriptors];
static int milliseconds;
static long threshold;

__attribute__((constructor)) static void begin(void) {
    const char *text = getenv("SLOW_DISK");
    if (text) sscanf(text, "%d %ld", &milliseconds, &threshold);
}

// What sleeps is poll(2): a sandbox has it.
static void wait_for(int descriptor) {
    if (descriptor < 0 || descriptor >= descriptors) return;
    if (__atomic_load_n(&written[descriptor], __ATOMIC_RELAXED) >= threshold)
        poll(NULL, 0, milliseconds);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    ssize_t result = syscall(SYS_write, descriptor, bytes, count);
    if (result > 0 && descriptor >= 0 && descriptor < descriptors)
        __atomic_fetch_add(&written[descriptor], result, __ATOMIC_RELAXED);
    return result;
}

int fdatasync(int descriptor) {
    wait_for(descriptor);
    return syscall(SYS_fdatasync, descriptor);
}

int fsync(int descriptor) {
    wait_for(descriptor);
    return syscall(SYS_fsync, descriptor);
}
