#include "people/second_factor/rules.h"

#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/sha1.h"

enum { DIGITS = 1000000, RECOVERY_LENGTH = 10 };

int64_t totp_step(int64_t instant) {
    return instant / SECONDS(TOTP_SECONDS);
}

uint32_t totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step) {
    unsigned char counter[8], mac[SHA1_BYTES];

    for (size_t i = 0; i < sizeof counter; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    sha1_hmac(secret, TOTP_SECRET_BYTES, counter, sizeof counter, mac);
    const size_t at = mac[SHA1_BYTES - 1] & 0x0f;
    const uint32_t word = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
                          (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    return word % DIGITS;
}

static bool code_is(const char *typed, uint32_t code) {
    char digits[8];
    unsigned char differs = 0;

    (void)snprintf(digits, sizeof digits, "%06u", code);
    if (strlen(typed) != strlen(digits))
        return false;
    for (size_t i = 0; digits[i] != '\0'; i++)
        differs |= (unsigned char)(digits[i] ^ typed[i]);
    return differs == 0;
}

int64_t totp_match(const unsigned char secret[TOTP_SECRET_BYTES], const char *code, int64_t instant,
                   int64_t last_step) {
    const int64_t now = totp_step(instant);
    int64_t match = 0;

    for (int64_t step = now - 1; step <= now + 1; step++)
        if (step > last_step && match == 0 && code_is(code, totp_code(secret, step)))
            match = step;
    return match;
}

const char *base32_text(struct arena *arena, const unsigned char *bytes, size_t length) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *text = arena_take(arena, (length * 8 + 4) / 5 + 1);
    size_t at = 0;
    uint32_t pending = 0;
    unsigned bits = 0;

    for (size_t i = 0; i < length; i++) {
        pending = pending << 8 | bytes[i];
        for (bits += 8; bits >= 5; bits -= 5)
            text[at++] = alphabet[pending >> (bits - 5) & 31];
    }
    if (bits > 0)
        text[at] = alphabet[pending << (5 - bits) & 31];
    return text;
}

const char *grouped_by_four(struct arena *arena, const char *text) {
    const size_t length = strlen(text);
    char *into = arena_take(arena, length + length / 4 + 1);
    size_t at = 0;

    for (size_t i = 0; i < length; i++) {
        if (i > 0 && i % 4 == 0)
            into[at++] = ' ';
        into[at++] = text[i];
    }
    return into;
}

/* Percent-encodes all but unreserved characters. */
static const char *encoded(struct arena *arena, const char *text) {
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    char *into = arena_take(arena, strlen(text) * 3 + 1);
    size_t at = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (strchr(plain, *c) != NULL)
            into[at++] = *c;
        else
            at += (size_t)snprintf(into + at, 4, "%%%02X", (unsigned)(unsigned char)*c);
    }
    return into;
}

const char *totp_address(struct arena *arena, const char *organisation, const char *email,
                         const char *base32_secret) {
    const char *issuer = encoded(arena, organisation);

    return arena_format(arena, "otpauth://totp/%s:%s?secret=%s&issuer=%s", issuer,
                        encoded(arena, email), base32_secret, issuer);
}

/* 32 of them, without i, l, o and u: five bits each. */
static const char recovery_alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

const char *recovery_text(struct arena *arena, const unsigned char random[10]) {
    char *text = arena_take(arena, RECOVERY_LENGTH + 2);
    size_t at = 0;

    for (size_t i = 0; i < RECOVERY_LENGTH; i++) {
        if (i == RECOVERY_LENGTH / 2)
            text[at++] = '-';
        text[at++] = recovery_alphabet[random[i] & 31];
    }
    return text;
}

const char *recovery_clean(struct arena *arena, const char *typed) {
    char *clean = arena_take(arena, RECOVERY_LENGTH + 1);
    size_t at = 0;

    for (const char *c = typed; *c != '\0'; c++) {
        const char lower = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
        if (lower == '-' || lower == ' ')
            continue;
        if (at == RECOVERY_LENGTH || strchr(recovery_alphabet, lower) == NULL)
            return NULL;
        clean[at++] = lower;
    }
    return at == RECOVERY_LENGTH ? clean : NULL;
}
