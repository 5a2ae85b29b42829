#pragma once

// libssh's C interface as Swift sees it: the headers of libssh, and what Swift cannot call itself.

// The getters of messages are all marked deprecated, and there is no other way to read a message.
#define SSH_SUPPRESS_DEPRECATED 1

#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>
#include <stddef.h>
#include <stdint.h>

// MARK: the seam in front of libcrypto

/// Bytes in an Ed25519 signature, key and seed.
#define SP_ED25519_SIGNATURE_BYTES 64
#define SP_ED25519_KEY_BYTES 32

/// Signs `data` elsewhere. Writes 64 bytes and returns 1, or returns 0.
typedef int (*sp_sign_hook)(void *owner, const uint8_t *data, size_t count, uint8_t *signature);

/// LIMIT: bits in an RSA key's modulus and exponent, the same as `PublicKey`'s.
#define SP_RSA_MODULUS_BITS 8192
#define SP_RSA_EXPONENT_BITS 33

/// Whether nobody waits long for a verification with such a key. Returns 1, or 0.
int sp_rsa_is_bounded(int modulus_bits, int exponent_bits);

/// Whether another signature may be verified. Returns 1, or 0, and it counts as not good.
typedef int (*sp_permit_hook)(void *owner);

/// Learns of a signature, and whether libcrypto found it good. `digest` is the name of the hash, or
/// NULL where the algorithm brings its own (Ed25519).
typedef void (*sp_verified_hook)(void *owner, int is_good, const uint8_t *signature,
                                 size_t signature_count, const uint8_t *data, size_t data_count,
                                 const char *digest);

/// Puts the calling thread's hooks in force. Without a sign hook, nothing signs on this thread.
void sp_seam_install(void *owner, sp_sign_hook sign, sp_permit_hook permit,
                     sp_verified_hook verified);

/// Makes an Ed25519 key and writes its seed and public half. Returns 1, or 0.
int sp_ed25519_generate(uint8_t *seed, uint8_t *public_key);

/// Signs with a seed at hand, past the hooks: only the self-test does. Returns 1, or 0.
int sp_ed25519_sign(const uint8_t *seed, const uint8_t *data, size_t count, uint8_t *signature);

// MARK: the seam in front of a packet

/// Bytes in the description of a refusal.
///
/// LIMIT: one sentence; its length stands in the last byte of four.
#define SP_REFUSAL_BYTES 255

/// Refuses a channel, with a description where `sp_refusals_are_described`, with an empty one
/// elsewhere. Returns what libssh does.
int sp_refuse_channel(ssh_message message, const char *description);

/// Whether libssh takes the length of its packets from this program. True from the first packet
/// on, or never: a libssh that binds its own functions to itself does not.
int sp_refusals_are_described(void);

/// Puts a description into a packet that is exactly libssh's refusal of a channel without one.
/// Returns 1; or 0, and any other packet is as it was. Where there is no memory, libssh sends none.
int sp_describe_refusal(ssh_buffer packet, const char *description);

// MARK: the seam in front of a packet that comes

/// Bytes in the packets that a peer takes.
///
/// LIMIT: RFC 4253 §6.1 demands 32,768 of everybody; with few bytes in each, what is written once
/// becomes many times as much.
#define SP_SMALLEST_PACKET_BYTES 256

/// Changes a packet that opens a channel, or says that one is open, whose peer takes smaller packets
/// only: it says then that it takes none, which libssh refuses. Returns 1; or 0, and the packet is as
/// it was.
int sp_refuse_tiny_packets(uint8_t *packet, uint32_t count);

// MARK: hashing

/// A running SHA-256 of libcrypto's.
typedef struct sp_sha256 sp_sha256;

sp_sha256 *sp_sha256_new(void);
int sp_sha256_update(sp_sha256 *hash, const void *bytes, size_t count);

/// Writes the 32 bytes of the digest and starts anew. Returns 1, or 0.
int sp_sha256_final(sp_sha256 *hash, uint8_t *digest);
void sp_sha256_free(sp_sha256 *hash);

// MARK: what Swift does not import

/// `ssh_callbacks_init` is a macro.
static inline void sp_channel_callbacks_init(struct ssh_channel_callbacks_struct *callbacks) {
    callbacks->size = sizeof *callbacks;
}

static inline void sp_callbacks_init(struct ssh_callbacks_struct *callbacks) {
    callbacks->size = sizeof *callbacks;
}

static inline int sp_options_set_text(ssh_session session, enum ssh_options_e option,
                                      const char *value) {
    return ssh_options_set(session, option, value);
}

static inline int sp_options_set_int(ssh_session session, enum ssh_options_e option, int value) {
    return ssh_options_set(session, option, &value);
}

static inline int sp_options_set_uint32(ssh_session session, enum ssh_options_e option,
                                        uint32_t value) {
    return ssh_options_set(session, option, &value);
}

static inline int sp_options_set_uint64(ssh_session session, enum ssh_options_e option,
                                        uint64_t value) {
    return ssh_options_set(session, option, &value);
}

static inline int sp_bind_set_text(ssh_bind bind, enum ssh_bind_options_e option,
                                   const char *value) {
    return ssh_bind_options_set(bind, option, value);
}

static inline int sp_bind_set_bool(ssh_bind bind, enum ssh_bind_options_e option, int value) {
    _Bool flag = value != 0;
    return ssh_bind_options_set(bind, option, &flag);
}

static inline int sp_bind_set_key(ssh_bind bind, ssh_key key) {
    return ssh_bind_options_set(bind, SSH_BIND_OPTIONS_IMPORT_KEY, key);
}
