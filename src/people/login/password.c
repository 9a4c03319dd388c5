#include "people/login/password.h"

#include <sodium.h>
#include <string.h>

enum { PASSES = 2, MEMORY = 19 << 20 };

enum error password_hash(struct arena *arena, const char *password, const char **ret_hash) {
    char *hash = arena_take(arena, crypto_pwhash_STRBYTES);

    if (crypto_pwhash_str_alg(hash, password, strlen(password), PASSES, MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return ERR_BUSY;
    *ret_hash = hash;
    return ERR_OK;
}

/* As costly as comparing, with nothing to compare. */
static enum error spend_the_same(const char *password) {
    static const unsigned char salt[crypto_pwhash_SALTBYTES] = {0};
    unsigned char out[32];

    return crypto_pwhash(out, sizeof out, password, strlen(password), salt, PASSES, MEMORY,
                         crypto_pwhash_ALG_ARGON2ID13) == 0
               ? ERR_OK
               : ERR_BUSY;
}

enum error password_fits(const char *hash, const char *password, bool *ret_fits) {
    bool fits = false;

    if (hash == NULL)
        TRY(spend_the_same(password));
    else
        fits = crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
    *ret_fits = fits;
    return ERR_OK;
}
