#define _GNU_SOURCE
#include "CSandboxProbe.h"

#include <errno.h>
#include <pthread.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int sp_probe_call(int number) {
    return syscall(number, -1L, -1L, -1L, -1L, -1L, -1L) < 0 ? errno : 0;
}

int sp_probe_call_name(int number, char *name, size_t capacity) {
    char *found = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
    if (found == NULL) return 0;
    snprintf(name, capacity, "%s", found);
    free(found);
    return 1;
}

static void *wait_for_ever(void *nothing) {
    (void)nothing;
    while (1) pause();
}

int sp_probe_start_thread(void) {
    pthread_t thread;
    return pthread_create(&thread, NULL, wait_for_ever, NULL);
}

int sp_probe_hide_landlock(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int call = seccomp_syscall_resolve_name("landlock_create_ruleset");
    if (filter == NULL || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0) != 0)
        return ENOMEM;
    return -seccomp_load(filter);
}

pid_t sp_probe_fork(void) { return fork(); }
