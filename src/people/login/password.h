/* Passwords as argon2id (libsodium; 2 passes, 19 MiB, about 20 ms). Only in `prepare` of routes
 * that have a pool of their own: never in the lane, never where pages wait. */
#ifndef RADSLAG_LOGIN_PASSWORD_H
#define RADSLAG_LOGIN_PASSWORD_H

#include <stdbool.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

/* ERR_BUSY without memory for it. In arena. */
enum error password_hash(struct arena *arena, const char *password, const char **ret_hash) MUST_USE;

/* `hash` NULL (no such account, or one without a password) takes the same time and never fits. */
enum error password_fits(const char *hash, const char *password, bool *ret_fits) MUST_USE;

#endif
