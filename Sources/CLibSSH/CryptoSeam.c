// The seam: libssh calls EVP_DigestSign and EVP_DigestVerify of libcrypto across a shared-library
// boundary, so a program that defines these two itself is called first. Private keys are not in
// this process: what libssh wants signed is signed by the authority, and what it verified is told
// to the authority, which verifies again. Whoever may connect may have signatures verified: keys
// for which that takes long are refused before, and each signature that is not good is told.

#define _GNU_SOURCE
#include "CLibSSH.h"

#include <dlfcn.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

typedef int (*digest_sign)(EVP_MD_CTX *, unsigned char *, size_t *, const unsigned char *, size_t);
typedef int (*digest_verify)(EVP_MD_CTX *, const unsigned char *, size_t, const unsigned char *,
                             size_t);

static _Thread_local void *owner_of_hooks;
static _Thread_local sp_sign_hook sign_hook;
static _Thread_local sp_permit_hook permit_hook;
static _Thread_local sp_verified_hook verified_hook;

void sp_seam_install(void *owner, sp_sign_hook sign, sp_permit_hook permit,
                     sp_verified_hook verified) {
    owner_of_hooks = owner;
    sign_hook = sign;
    permit_hook = permit;
    verified_hook = verified;
}

int EVP_DigestSign(EVP_MD_CTX *context, unsigned char *signature, size_t *signature_count,
                   const unsigned char *data, size_t count) {
    (void)context;
    if (sign_hook == NULL || signature_count == NULL) return 0;
    if (signature == NULL) {
        *signature_count = SP_ED25519_SIGNATURE_BYTES;
        return 1;
    }
    if (*signature_count < SP_ED25519_SIGNATURE_BYTES) return 0;
    if (sign_hook(owner_of_hooks, data, count, signature) != 1) return 0;
    *signature_count = SP_ED25519_SIGNATURE_BYTES;
    return 1;
}

int sp_rsa_is_bounded(int modulus_bits, int exponent_bits) {
    return modulus_bits <= SP_RSA_MODULUS_BITS && exponent_bits <= SP_RSA_EXPONENT_BITS;
}

// Whether the key is one that nobody waits long for. Ours are within these bounds; libcrypto takes
// moduli and exponents for which one verification takes a hundred times as long.
static int key_is_bounded(EVP_MD_CTX *context) {
    EVP_PKEY_CTX *key_context = EVP_MD_CTX_get_pkey_ctx(context);
    EVP_PKEY *key = key_context == NULL ? NULL : EVP_PKEY_CTX_get0_pkey(key_context);
    if (key == NULL) return 0;
    if (!EVP_PKEY_is_a(key, "RSA")) return 1;
    BIGNUM *exponent = NULL;
    int is_bounded = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 &&
                     sp_rsa_is_bounded(EVP_PKEY_get_bits(key), BN_num_bits(exponent));
    BN_free(exponent);
    return is_bounded;
}

int EVP_DigestVerify(EVP_MD_CTX *context, const unsigned char *signature, size_t signature_count,
                     const unsigned char *data, size_t count) {
    digest_verify original = (digest_verify)dlsym(RTLD_NEXT, "EVP_DigestVerify");
    if (original == NULL) return 0;
    int result = 0;
    if (key_is_bounded(context) && (permit_hook == NULL || permit_hook(owner_of_hooks) == 1))
        result = original(context, signature, signature_count, data, count);
    if (verified_hook != NULL) {
        const EVP_MD *digest = EVP_MD_CTX_get0_md(context);
        verified_hook(owner_of_hooks, result == 1, signature, signature_count, data, count,
                      digest == NULL ? NULL : EVP_MD_get0_name(digest));
    }
    return result;
}

int sp_ed25519_generate(uint8_t *seed, uint8_t *public_key) {
    int result = 0;
    size_t seed_count = SP_ED25519_KEY_BYTES, public_count = SP_ED25519_KEY_BYTES;
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    if (key != NULL && EVP_PKEY_get_raw_private_key(key, seed, &seed_count) == 1 &&
        EVP_PKEY_get_raw_public_key(key, public_key, &public_count) == 1)
        result = seed_count == SP_ED25519_KEY_BYTES && public_count == SP_ED25519_KEY_BYTES;
    EVP_PKEY_free(key);
    return result;
}

int sp_ed25519_sign(const uint8_t *seed, const uint8_t *data, size_t count, uint8_t *signature) {
    digest_sign original = (digest_sign)dlsym(RTLD_NEXT, "EVP_DigestSign");
    size_t signature_count = SP_ED25519_SIGNATURE_BYTES;
    int result = 0;
    EVP_PKEY *key =
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, SP_ED25519_KEY_BYTES);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (original != NULL && key != NULL && context != NULL &&
        EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1)
        result = original(context, signature, &signature_count, data, count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return result;
}
