#pragma once

// Macros, variadic functions and structures of Linux that Swift cannot call: nothing else belongs
// here. The bodies are in a file of their own because they need `_GNU_SOURCE`, which the Swift
// module of the C library is built without.

#include <stddef.h>
#include <sys/types.h>

#include "CSystemConfinement.h"
#include "CSystemEvents.h"
#include "CSystemHealth.h"

/// LIMIT: no message carries more descriptors than this.
#define SP_MAXIMUM_DESCRIPTORS 4

/// Sends one datagram with descriptors. Returns the bytes sent, or -1 with errno.
ssize_t sp_send_message(int socket, const void *bytes, size_t count, const int *descriptors,
                        int descriptor_count, int flags);

/// Receives one datagram. `*descriptor_count` tells the descriptors received, `*truncated` whether
/// bytes or descriptors were lost.
ssize_t sp_receive_message(int socket, void *bytes, size_t capacity, int *descriptors,
                           int *descriptor_count, int *truncated, int flags);

/// Who is at the other end of a Unix socket. Returns 0, or -1 with errno.
int sp_peer_credentials(int socket, pid_t *pid, uid_t *uid, gid_t *gid);

/// No core dump holds the memory of the calling process, and no other of its account looks into it.
/// Returns 0, or -1 with errno.
int sp_set_not_dumpable(void);

/// The same, and the calling process is killed when its parent dies, even one that does not look at
/// its socket: at once, or so many seconds later, which it has for its last words (then by SIGALRM; it
/// gets SIGUSR1 before). Returns 0, or -1 with errno.
int sp_confine_child(unsigned grace_seconds);
