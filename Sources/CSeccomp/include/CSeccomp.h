#pragma once

// A list of system calls that the kernel holds a process to: libseccomp behind functions that Swift
// can call. What is not on the list kills the process, and so do calls of another architecture's.

#include <stdint.h>

typedef struct sp_call_list sp_call_list;

/// Holds for a call whose argument, counted from 0, has this value where `mask` has ones.
struct sp_argument {
    unsigned position;
    uint64_t mask;
    uint64_t value;
};

/// Arguments of one call; the kernel takes no more.
#define SP_MAXIMUM_ARGUMENTS 6

/// An empty list, or NULL where there is no memory.
sp_call_list *sp_call_list_new(void);

/// What comes of a call beside an errno value that it fails with: it is carried out; or nothing is
/// done and it says that all went well.
#define SP_CARRY_OUT (-1)
#define SP_DO_NOTHING 0

/// Puts a call on the list, with what comes of it. With arguments, only where all of them are so. Nothing is done for a call that this
/// architecture does not have. Returns 0, or an errno value: EINVAL where nobody has such a call.
int sp_call_list_add(sp_call_list *list, const char *name, int answer,
                     const struct sp_argument *arguments, unsigned count);

/// Holds the calling process with all its threads to the list, for good. Returns 0, or an errno
/// value.
int sp_call_list_enforce(sp_call_list *list);

void sp_call_list_free(sp_call_list *list);
