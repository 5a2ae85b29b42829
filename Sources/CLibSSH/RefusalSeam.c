// The seam in front of a packet that libssh is about to send. libssh refuses a channel with an
// empty description and has no function for another. It takes the length of each packet before it
// sends it, by ssh_buffer_get_len, which it exports and calls through its own linkage table: a
// program that defines that function itself is called first, with the whole packet, before libssh
// queues, authenticates or encrypts it.

#define _GNU_SOURCE
#include "CLibSSH.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef uint32_t (*buffer_length)(ssh_buffer);

// SSH_MSG_CHANNEL_OPEN_FAILURE (RFC 4254 §5.1) as libssh makes it: the type, four bytes of the
// recipient channel, SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, and two empty strings, description and
// language tag.
enum { CHANNEL_OPEN_FAILURE = 92, REASON_AT = 5, DESCRIPTION_AT = 9 };
static const uint8_t reason_and_nothing_else[12] = {0, 0, 0, 1};
enum { EMPTY_REFUSAL_BYTES = REASON_AT + sizeof reason_and_nothing_else };

// SAFETY: set only while sp_refuse_channel runs on this thread, whose caller keeps the text.
static _Thread_local const char *description_to_give;
static atomic_bool is_called;

static uint32_t original_length(ssh_buffer buffer) {
    static _Atomic(buffer_length) original;
    buffer_length found = atomic_load_explicit(&original, memory_order_relaxed);
    if (found == NULL) {
        found = (buffer_length)dlsym(RTLD_NEXT, "ssh_buffer_get_len");
        if (found == NULL) abort();
        atomic_store_explicit(&original, found, memory_order_relaxed);
    }
    return found(buffer);
}

uint32_t ssh_buffer_get_len(ssh_buffer buffer) {
    const char *description = description_to_give;
    atomic_store_explicit(&is_called, true, memory_order_relaxed);
    if (description != NULL) {
        // Not while the packet is rewritten: that asks for lengths too.
        description_to_give = NULL;
        if (!sp_describe_refusal(buffer, description)) description_to_give = description;
    }
    return original_length(buffer);
}

int sp_describe_refusal(ssh_buffer packet, const char *description) {
    size_t count = strlen(description);
    uint8_t described[EMPTY_REFUSAL_BYTES + SP_REFUSAL_BYTES] = {0};
    if (count > SP_REFUSAL_BYTES || original_length(packet) != EMPTY_REFUSAL_BYTES) return 0;
    // SAFETY: libssh says that so many bytes are there; they are copied before the buffer changes.
    memcpy(described, ssh_buffer_get(packet), EMPTY_REFUSAL_BYTES);
    if (described[0] != CHANNEL_OPEN_FAILURE ||
        memcmp(described + REASON_AT, reason_and_nothing_else, sizeof reason_and_nothing_else) != 0)
        return 0;
    // SAFETY: as long as the empty one and the text, which has at most SP_REFUSAL_BYTES; behind the
    // text the array still holds the zeros of an empty language tag.
    described[DESCRIPTION_AT + 3] = (uint8_t)count;
    memcpy(described + DESCRIPTION_AT + 4, description, count);
    size_t total = EMPTY_REFUSAL_BYTES + count;
    return ssh_buffer_reinit(packet) == SSH_OK &&
           ssh_buffer_add_data(packet, described, (uint32_t)total) == SSH_OK;
}

int sp_refusals_are_described(void) {
    return atomic_load_explicit(&is_called, memory_order_relaxed);
}

int sp_refuse_channel(ssh_message message, const char *description) {
    description_to_give = description;
    int result = ssh_message_reply_default(message);
    description_to_give = NULL;
    return result;
}
