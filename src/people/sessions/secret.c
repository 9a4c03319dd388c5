#include <sodium.h>
#include <string.h>

#include "people/keys.h"
#include "people/sessions/sessions.h"

static struct secret secret_of_bytes(const unsigned char bytes[SECRET_BYTES]) {
    struct secret secret;

    (void)sodium_bin2base64(secret.text, sizeof secret.text, bytes, SECRET_BYTES,
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_hash_sha256(secret.hash, (const unsigned char *)secret.text, strlen(secret.text));
    return secret;
}

struct secret secret_new(void) {
    unsigned char bytes[SECRET_BYTES];

    randombytes_buf(bytes, sizeof bytes);
    return secret_of_bytes(bytes);
}

struct secret secret_of(const char *text) {
    struct secret secret = {.text = ""};

    if (strlen(text) < sizeof secret.text)
        (void)memcpy(secret.text, text, strlen(text) + 1);
    crypto_hash_sha256(secret.hash, (const unsigned char *)secret.text, strlen(secret.text));
    return secret;
}

enum error secret_derived(const char *purpose, const char *from, struct secret *ret_secret) {
    unsigned char bytes[MAC_BYTES];

    _Static_assert((int)MAC_BYTES == (int)SECRET_BYTES, "a mac is as long as a secret");
    TRY(people_mac(purpose, from, bytes));
    *ret_secret = secret_of_bytes(bytes);
    return ERR_OK;
}
