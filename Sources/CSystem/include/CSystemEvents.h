#pragma once

// The event loop of the authority: epoll, signals as descriptors, ends of processes as descriptors.

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// What a descriptor is watched for, and what was found.
#define SP_READABLE 1u
#define SP_WRITABLE 2u
/// Found without being asked for: the other end is closed, or the descriptor failed.
#define SP_HANGUP 4u

struct sp_event {
    uint64_t identifier;
    uint32_t found;
};

int sp_epoll_create(void);
int sp_epoll_add(int epoll, int descriptor, uint32_t interest, uint64_t identifier);
int sp_epoll_change(int epoll, int descriptor, uint32_t interest, uint64_t identifier);
int sp_epoll_remove(int epoll, int descriptor);
/// Returns how many events were written, or -1 with errno. A negative timeout waits for ever.
int sp_epoll_wait(int epoll, struct sp_event *events, int capacity, int timeout_milliseconds);

/// A counter that wakes whoever polls it.
int sp_eventfd(void);

/// Blocks the signals in the calling thread and those it starts. Returns 0 or an errno value.
int sp_block_signals(const int *signals, int count);
/// A descriptor that is readable when one of the (blocked) signals is pending.
int sp_signal_descriptor(const int *signals, int count);
/// The next pending signal, 0 where none is, -1 with errno.
int sp_read_signal(int descriptor);

/// A pipe, its read and its write end, closed on exec. Returns 0, or -1 with errno.
int sp_pipe(int *ends);

/// The next connection of a listening socket, closed on exec and not blocking, or -1 with errno.
int sp_accept(int listener);

/// A descriptor that is readable when the process ended.
int sp_pidfd_open(pid_t process);

/// Starts a program in `/` with two variables of its environment, `NAME=value`, each of which may be
/// NULL, with standard input and output at `/dev/null`, standard error at `log`, and `control` as
/// descriptor 3. All signals are at their defaults; SIGHUP, SIGINT, SIGTERM and SIGUSR2 are blocked:
/// they are for the authority and not for what it has started. Returns 0 or an errno value.
int sp_spawn(const char *path, const char *first, const char *second, int control, int log,
             pid_t *process);

/// An anonymous file in memory with these bytes, which nobody can change any more. Returns the
/// descriptor, closed on exec, or -1 with errno.
int sp_sealed_file(const char *name, const void *bytes, size_t count);

/// Limits the calling process for good: no core, `memory` bytes of address space. Returns 0, or -1
/// with errno.
int sp_limit_memory(size_t memory);

/// Lets no file of the calling process grow beyond `bytes`, or beyond what was allowed before,
/// whichever is more. A write past it fails where SIGXFSZ is ignored.
void sp_allow_file_size(uint64_t bytes);

/// Lets SIGPROF end the calling process after so much processor time, unless it is armed again
/// before; 0 disarms. Returns 0, or -1 with errno.
int sp_arm_processor_limit(unsigned milliseconds);
