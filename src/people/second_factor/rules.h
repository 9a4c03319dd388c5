/* Time-based codes (RFC 6238: SHA-1, six digits, 30 seconds) and the text forms around them. Pure.
 */
#ifndef RADSLAG_SECOND_FACTOR_RULES_H
#define RADSLAG_SECOND_FACTOR_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_SECONDS = 30, RECOVERY_CODES = 10 };

/* Number of the 30 seconds that `instant` lies in. */
int64_t totp_step(int64_t instant);

/* HOTP (RFC 4226) of a step: 0 to 999999. */
uint32_t totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step);

/* The step that a typed code belongs to: the present one, or one before or after, and later than
 * `last_step` (a code is used once). 0 when there is none. `code`: six digits. */
int64_t totp_match(const unsigned char secret[TOTP_SECRET_BYTES], const char *code, int64_t instant,
                   int64_t last_step);

/* Base32 (RFC 4648) without padding. */
const char *base32_text(struct arena *arena, const unsigned char *bytes, size_t length);

/* In groups of four, for people who type it. */
const char *grouped_by_four(struct arena *arena, const char *text);

/* otpauth://totp/… as authenticator programs read it from a QR code. */
const char *totp_address(struct arena *arena, const char *organisation, const char *email,
                         const char *base32_secret);

/* "k7m2p-9qxd4": from 10 random bytes, without characters that look alike. */
const char *recovery_text(struct arena *arena, const unsigned char random[10]);

/* As it was written: lower case, only letters and digits. NULL when it cannot be one. */
const char *recovery_clean(struct arena *arena, const char *typed);

#endif
