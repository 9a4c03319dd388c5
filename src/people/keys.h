/* The secrets that people needs: one to hash codes with, one to seal with. From the key folder, so
 * that who has the database alone can guess no code and read no second factor. */
#ifndef RADSLAG_PEOPLE_KEYS_H
#define RADSLAG_PEOPLE_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

enum { MAC_BYTES = 32 };

/* HMAC-SHA-256 of purpose and text, each ended by a NUL. ERR_UNAVAILABLE without keys. */
enum error people_mac(const char *purpose, const char *text, unsigned char ret_mac[MAC_BYTES])
    MUST_USE;

/* Sealed bytes (nonce, then libsodium secretbox) and back; in arena. ERR_UNAVAILABLE without keys;
 * ERR_FAULT when it was sealed with another key or altered. */
enum error people_seal(struct arena *arena, const void *bytes, size_t length,
                       const void **ret_sealed, size_t *ret_length) MUST_USE;
enum error people_unseal(struct arena *arena, const void *sealed, size_t sealed_length,
                         const void **ret_bytes, size_t *ret_length) MUST_USE;

#endif
