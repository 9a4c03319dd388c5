/* The key of the outbox: outside the database, so that who has that alone cannot try addresses. */
#include <sodium.h>
#include <stdbool.h>

#include "platform/http/keys.h"
#include "platform/mail/outbox.h"

/* Set once at start, before any thread asks. */
static struct {
    bool here;
    unsigned char key[KEY_BYTES];
} recipients;

enum error mail_keys_open(const char *key_folder) {
    unsigned char key[KEY_BYTES];

    if (sodium_init() < 0)
        return ERR_UNAVAILABLE;
    if (key_folder == NULL)
        randombytes_buf(key, sizeof key);
    else
        TRY(key_open(key_folder, "mail.key", key));
    key_derive(key, "recipients", recipients.key);
    sodium_memzero(key, sizeof key);
    recipients.here = true;
    return ERR_OK;
}

enum error outbox_recipient(struct arena *arena, const char *text, const char **ret_hex) {
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;

    if (!recipients.here)
        return ERR_UNAVAILABLE;
    crypto_auth_hmacsha256_init(&state, recipients.key, sizeof recipients.key);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, strlen(text));
    crypto_auth_hmacsha256_final(&state, mac);
    char *hex = arena_take(arena, sizeof mac * 2 + 1);
    *ret_hex = sodium_bin2hex(hex, sizeof mac * 2 + 1, mac, sizeof mac);
    return ERR_OK;
}
