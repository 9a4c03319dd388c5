#include "records/chain.h"

#include <inttypes.h>
#include <sodium.h>

_Static_assert(crypto_hash_sha256_BYTES * 2 + 1 == CHAIN_HEX, "hashes are 32 bytes");

static void finish(crypto_hash_sha256_state *state, char ret_hex[CHAIN_HEX]) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256_final(state, hash);
    sodium_bin2hex(ret_hex, CHAIN_HEX, hash, sizeof hash);
}

static void add(crypto_hash_sha256_state *state, const char *text) {
    (void)crypto_hash_sha256_update(state, (const unsigned char *)text, strlen(text));
}

static void add_line(crypto_hash_sha256_state *state, const char *text) {
    add(state, text);
    add(state, "\n");
}

static void add_number(crypto_hash_sha256_state *state, int64_t number) {
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRId64, number);
    add_line(state, digits);
}

void chain_hash(const struct chain_row *row, char ret_hex[CHAIN_HEX]) {
    crypto_hash_sha256_state state;
    (void)crypto_hash_sha256_init(&state);
    add_number(&state, row->tenant);
    add_line(&state, row->previous);
    add_number(&state, row->sequence);
    add_number(&state, row->at);
    add_line(&state, row->act);
    add_line(&state, row->object);
    add_line(&state, row->payload_hash);
    finish(&state, ret_hex);
}

void chain_payload_hash(const char *salt, const char *payload, char ret_hex[CHAIN_HEX]) {
    crypto_hash_sha256_state state;
    (void)crypto_hash_sha256_init(&state);
    add(&state, salt);
    add(&state, payload);
    finish(&state, ret_hex);
}

void chain_salt(const unsigned char seed[32], int64_t sequence, char ret_hex[CHAIN_HEX]) {
    unsigned char salt[32];
    char context[48];
    (void)snprintf(context, sizeof context, "audit salt %" PRId64, sequence);
    (void)crypto_generichash(salt, sizeof salt, (const unsigned char *)context, strlen(context),
                             seed, 32);
    sodium_bin2hex(ret_hex, CHAIN_HEX, salt, sizeof salt);
}
