// SHA-256 by the libcrypto that libssh brings along: no second crypto library in this process.

#include "CLibSSH.h"

#include <openssl/evp.h>

struct sp_sha256 {
    EVP_MD_CTX *context;
};

sp_sha256 *sp_sha256_new(void) {
    sp_sha256 *hash = OPENSSL_zalloc(sizeof *hash);
    if (hash == NULL) return NULL;
    hash->context = EVP_MD_CTX_new();
    if (hash->context == NULL || EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1) {
        sp_sha256_free(hash);
        return NULL;
    }
    return hash;
}

int sp_sha256_update(sp_sha256 *hash, const void *bytes, size_t count) {
    return EVP_DigestUpdate(hash->context, bytes, count);
}

int sp_sha256_final(sp_sha256 *hash, uint8_t *digest) {
    return EVP_DigestFinal_ex(hash->context, digest, NULL) == 1 &&
           EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) == 1;
}

void sp_sha256_free(sp_sha256 *hash) {
    EVP_MD_CTX_free(hash->context);
    OPENSSL_free(hash);
}
