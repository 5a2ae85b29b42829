#pragma once

// What a doctor asks the kernel.

/// The version of Landlock's interface, or -1 where the kernel has none or does not let us use it.
int sp_landlock_version(void);

/// 1 where somebody keeps the clock right (NTP), 0 where nobody does, -1 with errno.
int sp_clock_is_synchronised(void);
