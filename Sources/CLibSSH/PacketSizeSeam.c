// The seam in front of a packet that libssh is about to read. A peer says how large the packets of a
// channel may be that it takes (RFC 4254 §5.1). From that libssh 0.10 subtracts ten bytes, and
// writes packets of nothing, for ever, to a peer that said ten. It fails at one that said none at
// all. It reads each packet from its first byte by ssh_buffer_get_data, which it exports and calls
// through its own linkage table: a program that defines that function itself is called first.

#define _GNU_SOURCE
#include "CLibSSH.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

typedef uint32_t (*buffer_data)(ssh_buffer, void *, uint32_t);
typedef uint32_t (*buffer_length)(ssh_buffer);

// SSH_MSG_CHANNEL_OPEN and SSH_MSG_CHANNEL_OPEN_CONFIRMATION (RFC 4254 §5.1).
enum { CHANNEL_OPEN = 90, CHANNEL_OPENED = 91 };

static uint32_t number_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

int sp_refuse_tiny_packets(uint8_t *packet, uint32_t count) {
    if (count < 17) return 0;
    // Behind the number of the message: a type, or the channel that is opened; then the peer's
    // channel, its window, and what is looked for.
    uint64_t place = 13;
    if (packet[0] == CHANNEL_OPEN)
        place += number_at(packet + 1);
    else if (packet[0] != CHANNEL_OPENED)
        return 0;
    // SAFETY: four bytes from there are within the packet.
    if (place + 4 > count || number_at(packet + place) >= SP_SMALLEST_PACKET_BYTES) return 0;
    memset(packet + place, 0, 4);
    return 1;
}

static void *original(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) abort();
    return found;
}

uint32_t ssh_buffer_get_data(ssh_buffer buffer, void *data, uint32_t count) {
    static _Atomic(buffer_data) get_data;
    static _Atomic(buffer_length) get_length;
    buffer_data read = atomic_load_explicit(&get_data, memory_order_relaxed);
    buffer_length length = atomic_load_explicit(&get_length, memory_order_relaxed);
    if (read == NULL || length == NULL) {
        read = (buffer_data)original("ssh_buffer_get_data");
        // Not ours: this packet is not about to be sent.
        length = (buffer_length)original("ssh_buffer_get_len");
        atomic_store_explicit(&get_data, read, memory_order_relaxed);
        atomic_store_explicit(&get_length, length, memory_order_relaxed);
    }
    // SAFETY: libssh's own bytes, as many as it says; nobody else has the buffer meanwhile.
    if (count == 1 && buffer != NULL)
        (void)sp_refuse_tiny_packets(ssh_buffer_get(buffer), length(buffer));
    return read(buffer, data, count);
}
