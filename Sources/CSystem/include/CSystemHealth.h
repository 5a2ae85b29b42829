#pragma once

// What a doctor asks the kernel.

/// 1 where somebody keeps the clock right (NTP), 0 where nobody does, -1 with errno.
int sp_clock_is_synchronised(void);
