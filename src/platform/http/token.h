/* The hidden field `form` of each form: proof that we made the form for this visitor, and one-time
 * token of what is sent with it.
 *
 *     nonce.expiry.mac     mac = BLAKE2b-256(key, binding ‖ nonce ‖ expiry)
 *
 * `binding` is the visitor's session or anonymous cookie, so that nobody can plant a form of his
 * own session on another. */
#ifndef RADSLAG_HTTP_TOKEN_H
#define RADSLAG_HTTP_TOKEN_H

#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

enum { TOKEN_KEY_BYTES = 32, TOKEN_NONCE_LENGTH = 22 };

/* A new token, good until the instant `expires`; in arena. */
const char *token_new(struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES],
                      const char *binding, int64_t expires);

/* ERR_FORGED when it is not ours, not for this binding, or too old at `now`. `ret_nonce` (in arena)
 * names the one form that was shown. */
enum error token_check(struct arena *arena, const unsigned char key[TOKEN_KEY_BYTES],
                       const char *binding, const char *token, int64_t now, const char **ret_nonce)
    MUST_USE;

/* The instant until which a token that was checked is good, to the second. */
int64_t token_expires(const char *token);

/* `bytes` random bytes as base64url text, for cookies; in arena. */
const char *token_random(struct arena *arena, size_t bytes);

#endif
