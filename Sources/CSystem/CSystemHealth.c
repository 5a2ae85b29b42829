#define _GNU_SOURCE
#include "CSystemHealth.h"

#include <sys/timex.h>

int sp_clock_is_synchronised(void) {
    struct timex state = {.modes = 0};
    int result = adjtimex(&state);
    if (result < 0) return -1;
    return result != TIME_ERROR && !(state.status & STA_UNSYNC);
}
