/* What the audit chain hashes. Pure: anybody with sha256sum comes to the same.
 *
 * The hash of a row is SHA-256 over seven lines, each ended by a line feed: the number of the
 * organisation, the hash before (hex; 64 zeros at the start), the sequence number, the instant
 * (microseconds since 1970 UTC), the act, the object, the hash of the payload (hex). The hash of a
 * payload is SHA-256 over its salt (64 hex characters) and, right behind it, the payload as it
 * stands in the database. */
#ifndef RADSLAG_RECORDS_CHAIN_H
#define RADSLAG_RECORDS_CHAIN_H

#include <stdint.h>

enum { CHAIN_HEX = 65 }; /* 32 bytes as hex, with the NUL */

#define CHAIN_START "0000000000000000000000000000000000000000000000000000000000000000"

struct chain_row {
    int64_t tenant;
    const char *previous; /* hash of the row before, hex */
    int64_t sequence, at;
    const char *act, *object;
    const char *payload_hash; /* hex */
};

/* Hash of a row, hex. */
void chain_hash(const struct chain_row *row, char ret_hex[CHAIN_HEX]);

/* Hash of a payload, hex. */
void chain_payload_hash(const char *salt, const char *payload, char ret_hex[CHAIN_HEX]);

/* Salt of row `sequence`, hex, from the seed of its request: the same when the act is run again,
 * and another for each row. */
void chain_salt(const unsigned char seed[32], int64_t sequence, char ret_hex[CHAIN_HEX]);

#endif
