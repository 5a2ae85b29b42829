// A security key of software, for OpenSSH 8.9 and newer: `ssh-keygen -w` and `SecurityKeyProvider`
// load it in place of a FIDO token. It touches itself where a touch is asked for, leaves it out
// where none is, and takes the PIN `1234`. A key handle is the private key itself, which no token
// would do. Made for OpenSSH's sk-api of this version:
//
//     cc -shared -fPIC -o security-key.so security-key.c -lcrypto

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { api_version = 0x000a0000 };
enum { algorithm_ecdsa = 0, algorithm_ed25519 = 1 };
enum { flag_present = 0x01, flag_verified = 0x04 };
enum { error_general = -1, error_unsupported = -2, error_pin_required = -3 };

struct sk_option;
struct sk_resident_key;

struct sk_enroll_response {
    uint8_t flags;
    uint8_t *public_key;
    size_t public_key_len;
    uint8_t *key_handle;
    size_t key_handle_len;
    uint8_t *signature;
    size_t signature_len;
    uint8_t *attestation_cert;
    size_t attestation_cert_len;
    uint8_t *authdata;
    size_t authdata_len;
};

struct sk_sign_response {
    uint8_t flags;
    uint32_t counter;
    uint8_t *sig_r;
    size_t sig_r_len;
    uint8_t *sig_s;
    size_t sig_s_len;
};

uint32_t sk_api_version(void) { return api_version; }

static int lacks_pin(uint8_t flags, const char *pin) {
    return (flags & flag_verified) && (pin == NULL || strcmp(pin, "1234") != 0);
}

// MARK: enrolling

static EVP_PKEY *make_key(uint32_t algorithm) {
    switch (algorithm) {
        case algorithm_ecdsa: return EVP_EC_gen("P-256");
        case algorithm_ed25519: return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
        default: return NULL;
    }
}

// A point of P-256 uncompressed, or the 32 bytes of Ed25519.
static int write_public_key(EVP_PKEY *key, struct sk_enroll_response *response) {
    const char *name = OSSL_PKEY_PARAM_PUB_KEY;
    size_t count = 0;
    if (!EVP_PKEY_get_octet_string_param(key, name, NULL, 0, &count)) return 0;
    response->public_key = malloc(count);
    response->public_key_len = count;
    return response->public_key != NULL &&
           EVP_PKEY_get_octet_string_param(key, name, response->public_key, count, &count);
}

static int write_key_handle(EVP_PKEY *key, struct sk_enroll_response *response) {
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    int count = info ? i2d_PKCS8_PRIV_KEY_INFO(info, NULL) : 0;
    uint8_t *end = response->key_handle = count > 0 ? malloc((size_t)count) : NULL;
    if (end) response->key_handle_len = (size_t)i2d_PKCS8_PRIV_KEY_INFO(info, &end);
    PKCS8_PRIV_KEY_INFO_free(info);
    return end != NULL;
}

static void free_enrolment(struct sk_enroll_response *response) {
    free(response->public_key);
    free(response->key_handle);
    free(response->signature);
    free(response);
}

int sk_enroll(uint32_t algorithm, const uint8_t *challenge, size_t challenge_count,
              const char *application, uint8_t flags, const char *pin,
              struct sk_option **options, struct sk_enroll_response **result) {
    (void)challenge, (void)challenge_count, (void)application, (void)options;
    if (lacks_pin(flags, pin)) return error_pin_required;
    EVP_PKEY *key = make_key(algorithm);
    if (!key) return error_unsupported;
    struct sk_enroll_response *response = calloc(1, sizeof *response);
    if (response) {
        response->flags = flags;
        // Nobody attests this key, and yet there must be a signature.
        response->signature = calloc(1, 1);
        response->signature_len = 1;
    }
    int is_made = response && response->signature && write_public_key(key, response) &&
                  write_key_handle(key, response);
    EVP_PKEY_free(key);
    if (is_made) {
        *result = response;
        return 0;
    }
    if (response) free_enrolment(response);
    return error_general;
}

// MARK: signing

static EVP_PKEY *read_key_handle(const uint8_t *handle, size_t count) {
    PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &handle, (long)count);
    EVP_PKEY *key = info ? EVP_PKCS82PKEY(info) : NULL;
    PKCS8_PRIV_KEY_INFO_free(info);
    return key;
}

static uint8_t *bytes_of(const BIGNUM *number, size_t *count) {
    *count = (size_t)BN_num_bytes(number);
    uint8_t *bytes = malloc(*count);
    if (bytes) BN_bn2bin(number, bytes);
    return bytes;
}

// An ECDSA signature goes out as its two numbers, an Ed25519 signature as it is.
static int write_signature(uint32_t algorithm, const uint8_t *bytes, size_t count,
                           struct sk_sign_response *response) {
    if (algorithm == algorithm_ed25519) {
        response->sig_r = malloc(count);
        response->sig_r_len = count;
        if (response->sig_r) memcpy(response->sig_r, bytes, count);
        return response->sig_r != NULL;
    }
    ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &bytes, (long)count);
    if (!signature) return 0;
    response->sig_r = bytes_of(ECDSA_SIG_get0_r(signature), &response->sig_r_len);
    response->sig_s = bytes_of(ECDSA_SIG_get0_s(signature), &response->sig_s_len);
    ECDSA_SIG_free(signature);
    return response->sig_r && response->sig_s;
}

// SHA-256(application) ‖ flags ‖ counter ‖ SHA-256(message): what a token signs.
enum { signed_count = 2 * SHA256_DIGEST_LENGTH + 5 };

static void write_signed_bytes(uint8_t *bytes, const char *application,
                               const struct sk_sign_response *response, const uint8_t *message,
                               size_t message_count) {
    SHA256((const uint8_t *)application, strlen(application), bytes);
    uint8_t *rest = bytes + SHA256_DIGEST_LENGTH;
    *rest++ = response->flags;
    for (int shift = 24; shift >= 0; shift -= 8) *rest++ = (uint8_t)(response->counter >> shift);
    SHA256(message, message_count, rest);
}

int sk_sign(uint32_t algorithm, const uint8_t *message, size_t message_count,
            const char *application, const uint8_t *key_handle, size_t key_handle_count,
            uint8_t flags, const char *pin, struct sk_option **options,
            struct sk_sign_response **result) {
    (void)options;
    if (lacks_pin(flags, pin)) return error_pin_required;
    EVP_PKEY *key = read_key_handle(key_handle, key_handle_count);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    struct sk_sign_response *response = calloc(1, sizeof *response);
    int is_signed = 0;
    if (key && context && response) {
        response->flags = flags & (flag_present | flag_verified);
        response->counter = (uint32_t)time(NULL);
        uint8_t bytes[signed_count], signature[256];
        size_t count = sizeof signature;
        write_signed_bytes(bytes, application, response, message, message_count);
        const EVP_MD *digest = algorithm == algorithm_ecdsa ? EVP_sha256() : NULL;
        is_signed = EVP_DigestSignInit(context, NULL, digest, NULL, key) &&
                    EVP_DigestSign(context, signature, &count, bytes, sizeof bytes) &&
                    write_signature(algorithm, signature, count, response);
    }
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    if (is_signed) {
        *result = response;
        return 0;
    }
    if (response) {
        free(response->sig_r);
        free(response->sig_s);
    }
    free(response);
    return error_general;
}

int sk_load_resident_keys(const char *pin, struct sk_option **options,
                          struct sk_resident_key ***keys, size_t *count) {
    (void)pin, (void)options, (void)keys, (void)count;
    return error_unsupported;
}
