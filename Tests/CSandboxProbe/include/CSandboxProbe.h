#pragma once

// What code in a confined process may try, for tests alone: no program that is shipped has it.

#include <sys/types.h>

/// Tries something by its name, most of them on the open file `recording`. Returns 0 where it went
/// well, the errno value where it failed, -1 where nothing has this name.
int sp_probe_try(const char *name, int recording);

/// Makes a system call by its number, with arguments of which none makes sense. Returns 0, or the
/// errno value.
int sp_probe_call(int number);

/// The name of a system call of this architecture in `name`. Returns 1, or 0 where there is none of
/// this number.
int sp_probe_call_name(int number, char *name, size_t capacity);

/// Numbers of system calls that are tried; the kernel has given half of them.
#define SP_PROBE_CALLS 1024

/// Listens at the abstract socket that `abstract_socket` connects to. Returns 0, or the errno value.
int sp_probe_listen(void);

/// Starts a thread that waits for ever. Returns 0, or the errno value.
int sp_probe_start_thread(void);

/// Lets the calling process, and all that comes of it, find a kernel without Landlock. Returns 0, or
/// an errno value.
int sp_probe_hide_landlock(void);

/// Starts a process that is a copy of this one. Returns as fork(2) does.
pid_t sp_probe_fork(void);
