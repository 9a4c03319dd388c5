#include "people/keys.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "people/people.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/http/keys.h"

/* Read once at start, before any thread asks. */
static struct {
    bool here;
    unsigned char mac[KEY_BYTES], box[crypto_secretbox_KEYBYTES];
} keys;

enum error people_start(const char *key_folder) {
    unsigned char key[KEY_BYTES];

    if (sodium_init() < 0)
        return ERR_UNAVAILABLE;
    TRY(key_open(key_folder, "people.key", key));
    key_derive(key, "codes", keys.mac);
    key_derive(key, "seal", keys.box);
    sodium_memzero(key, sizeof key);
    keys.here = true;
    return ERR_OK;
}

enum error people_mac(const char *purpose, const char *text, unsigned char ret_mac[MAC_BYTES]) {
    crypto_auth_hmacsha256_state state;

    if (!keys.here)
        return ERR_UNAVAILABLE;
    crypto_auth_hmacsha256_init(&state, keys.mac, sizeof keys.mac);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, strlen(text) + 1);
    crypto_auth_hmacsha256_final(&state, ret_mac);
    return ERR_OK;
}

enum error person_digest(struct arena *arena, int64_t tenant, const char *email,
                         const char **ret_digest) {
    unsigned char mac[MAC_BYTES];
    const char *key = text_email_key(arena, email);
    if (key == NULL)
        return ERR_INVALID;
    TRY(people_mac("person", arena_format(arena, "%lld %s", (long long)tenant, key), mac));
    char *digest = arena_take(arena, 2 * sizeof mac + 1);
    *ret_digest = sodium_bin2hex(digest, 2 * sizeof mac + 1, mac, sizeof mac);
    return ERR_OK;
}

enum error people_seal(struct arena *arena, const void *bytes, size_t length,
                       const void **ret_sealed, size_t *ret_length) {
    if (!keys.here)
        return ERR_UNAVAILABLE;
    const size_t sealed_length = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length;
    unsigned char *sealed = arena_take(arena, sealed_length);
    randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
    (void)crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, bytes, length, sealed,
                                keys.box);
    *ret_sealed = sealed;
    *ret_length = sealed_length;
    return ERR_OK;
}

enum error people_unseal(struct arena *arena, const void *sealed, size_t sealed_length,
                         const void **ret_bytes, size_t *ret_length) {
    const size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    const unsigned char *at = sealed;

    if (!keys.here)
        return ERR_UNAVAILABLE;
    if (sealed_length < around)
        return ERR_FAULT;
    unsigned char *bytes = arena_take(arena, sealed_length - around + 1);
    if (crypto_secretbox_open_easy(bytes, at + crypto_secretbox_NONCEBYTES,
                                   sealed_length - crypto_secretbox_NONCEBYTES, at,
                                   keys.box) != 0) {
        log_fault("unseal", LOG_TEXT("why", "another key, or altered"));
        return ERR_FAULT;
    }
    *ret_bytes = bytes;
    *ret_length = sealed_length - around;
    return ERR_OK;
}
