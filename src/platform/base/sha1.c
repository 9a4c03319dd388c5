#include "platform/base/sha1.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

static uint32_t rotated(uint32_t word, unsigned bits) {
    return word << bits | word >> (32 - bits);
}

static void expand(const unsigned char block[SHA1_BLOCK], uint32_t words[80]) {
    for (size_t i = 0; i < 16; i++)
        words[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
                   (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 80; i++)
        words[i] = rotated(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
}

/* The function and constant of round `i` (FIPS 180-4, 4.1.1 and 4.2.1). */
static uint32_t mixed(size_t i, uint32_t b, uint32_t c, uint32_t d) {
    if (i < 20)
        return ((b & c) | (~b & d)) + 0x5a827999;
    if (i < 40)
        return (b ^ c ^ d) + 0x6ed9eba1;
    if (i < 60)
        return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    return (b ^ c ^ d) + 0xca62c1d6;
}

static void compress(uint32_t state[5], const unsigned char block[SHA1_BLOCK]) {
    uint32_t words[80];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];

    expand(block, words);
    for (size_t i = 0; i < 80; i++) {
        const uint32_t next = rotated(a, 5) + mixed(i, b, c, d) + e + words[i];
        e = d;
        d = c;
        c = rotated(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

void sha1(const unsigned char *bytes, size_t length, unsigned char ret_hash[SHA1_BYTES]) {
    uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    unsigned char padded[SHA1_LONGEST + 2 * SHA1_BLOCK] = {0};
    const size_t whole = (length + 9 + SHA1_BLOCK - 1) / SHA1_BLOCK * SHA1_BLOCK;
    const uint64_t bits = (uint64_t)length * 8;

    assert(length <= SHA1_LONGEST);
    (void)memcpy(padded, bytes, length);
    padded[length] = 0x80;
    for (size_t i = 0; i < 8; i++)
        padded[whole - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t at = 0; at < whole; at += SHA1_BLOCK)
        compress(state, padded + at);
    for (size_t i = 0; i < SHA1_BYTES; i++)
        ret_hash[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha1_hmac(const unsigned char *key, size_t key_length, const unsigned char *bytes,
               size_t length, unsigned char ret_mac[SHA1_BYTES]) {
    unsigned char inner[SHA1_LONGEST] = {0}, outer[SHA1_BLOCK + SHA1_BYTES] = {0};

    assert(key_length <= SHA1_BLOCK && SHA1_BLOCK + length <= SHA1_LONGEST);
    (void)memcpy(inner, key, key_length);
    (void)memcpy(outer, key, key_length);
    for (size_t i = 0; i < SHA1_BLOCK; i++) {
        inner[i] ^= 0x36;
        outer[i] ^= 0x5c;
    }
    (void)memcpy(inner + SHA1_BLOCK, bytes, length);
    sha1(inner, SHA1_BLOCK + length, outer + SHA1_BLOCK);
    sha1(outer, sizeof outer, ret_mac);
}
