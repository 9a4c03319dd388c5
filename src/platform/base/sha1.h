/* HMAC-SHA-1 (FIPS 180-4, RFC 2104): what authenticator programs use for their codes, and libsodium
 * does not have. For nothing else. */
#ifndef RADSLAG_BASE_SHA1_H
#define RADSLAG_BASE_SHA1_H

#include <stddef.h>

enum { SHA1_BYTES = 20, SHA1_BLOCK = 64 };

/* SHA-1 of at most SHA1_LONGEST bytes. */
enum { SHA1_LONGEST = 512 };
void sha1(const unsigned char *bytes, size_t length, unsigned char ret_hash[SHA1_BYTES]);

/* HMAC with a key of at most one block; length + a block at most SHA1_LONGEST. */
void sha1_hmac(const unsigned char *key, size_t key_length, const unsigned char *bytes,
               size_t length, unsigned char ret_mac[SHA1_BYTES]);

#endif
