#define _GNU_SOURCE
#include "CSystemHealth.h"

#include <stddef.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

// Of linux/landlock.h, which older headers lack.
#define CREATE_RULESET_VERSION 1
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif

int sp_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
}

int sp_clock_is_synchronised(void) {
    struct timex state = {.modes = 0};
    int result = adjtimex(&state);
    if (result < 0) return -1;
    return result != TIME_ERROR && !(state.status & STA_UNSYNC);
}
