/* The secret of a poll: 32 random bytes in the key folder, and all that is made from them. They are
 * read for each request that needs them and kept nowhere else, so that destroying the file is
 * enough. */
#include <sodium.h>
#include <string.h>

#include "ballots/inside.h"
#include "platform/base/log.h"
#include "platform/http/keys.h"

_Static_assert((int)KEY_BYTES == (int)POLL_KEY_BYTES, "a secret is a key of the folder");

enum {
    AROUND = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES,
    RECEIPT_BITS = 5,
    RECEIPT_GROUP = 4
};

static char *key_folder; /* set once, before anything is served */

enum error ballots_start(const char *folder) {
    if (sodium_init() < 0)
        return ERR_UNAVAILABLE;
    free(key_folder);
    key_folder = strdup(folder);
    return key_folder == NULL ? ERR_UNAVAILABLE : ERR_OK;
}

static const char *file_of(struct arena *arena, int64_t poll) {
    return arena_format(arena, "poll-%lld.key", (long long)poll);
}

static const char *hex(struct arena *arena, const unsigned char *bytes, size_t length) {
    char *text = arena_take(arena, 2 * length + 1);
    return sodium_bin2hex(text, 2 * length + 1, bytes, length);
}

static const char *bytes_hash(struct arena *arena, const void *bytes, size_t length) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, length);
    return hex(arena, hash, sizeof hash);
}

const char *text_hash(struct arena *arena, const char *text) {
    return bytes_hash(arena, text, strlen(text));
}

/* HMAC of a purpose, ended by a NUL, and bytes. */
static void derive(const struct poll_keys *keys, const char *purpose, const void *bytes,
                   size_t length, unsigned char ret_mac[crypto_auth_hmacsha256_BYTES]) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, keys->secret, sizeof keys->secret);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_auth_hmacsha256_update(&state, bytes, length);
    crypto_auth_hmacsha256_final(&state, ret_mac);
}

static void wipe(void *keys) {
    sodium_memzero(keys, sizeof(struct poll_keys));
}

static struct poll_keys *keys_new(struct arena *arena) {
    struct poll_keys *keys = ARENA_NEW(arena, struct poll_keys);
    arena_defer(arena, wipe, keys);
    return keys;
}

/* ---- making, opening, destroying ---- */

enum error poll_secret_make(struct arena *arena, int64_t tenant, int64_t poll,
                            struct poll_secret *ret_secret) {
    (void)tenant; /* polls are numbered across organisations */
    if (key_folder == NULL)
        return ERR_UNAVAILABLE;
    struct poll_keys *keys = keys_new(arena);
    TRY(key_open(key_folder, file_of(arena, poll), keys->secret));
    *ret_secret = (struct poll_secret){
        .secret_hash = bytes_hash(arena, keys->secret, sizeof keys->secret),
        .lot_hash = text_hash(arena, poll_lot_seed(arena, keys)),
    };
    return ERR_OK;
}

enum error poll_keys_open(struct arena *arena, const struct poll *poll,
                          const struct poll_keys **ret_keys) {
    if (key_folder == NULL || poll->secret_hash == NULL)
        return ERR_UNAVAILABLE;
    struct poll_keys *keys = keys_new(arena);
    const enum error error = key_find(key_folder, file_of(arena, poll->id), keys->secret);
    if (error == ERR_OK &&
        strcmp(bytes_hash(arena, keys->secret, sizeof keys->secret), poll->secret_hash) == 0) {
        *ret_keys = keys;
        return ERR_OK;
    }
    log_fault("poll.secret", LOG_INT("poll", poll->id),
              LOG_TEXT("why", error == ERR_OK ? "another than the poll was locked with"
                                              : "not in the key folder"));
    return ERR_UNAVAILABLE;
}

enum error poll_secret_destroy(int64_t poll) {
    char name[40];
    if (key_folder == NULL)
        return ERR_UNAVAILABLE;
    (void)snprintf(name, sizeof name, "poll-%lld.key", (long long)poll);
    return key_destroy(key_folder, name);
}

const char *poll_lot_seed(struct arena *arena, const struct poll_keys *keys) {
    unsigned char seed[crypto_auth_hmacsha256_BYTES];
    derive(keys, "lot", NULL, 0, seed);
    return hex(arena, seed, sizeof seed);
}

/* ---- ballots ---- */

void ballot_key_make(const struct poll_keys *keys, const char *voter,
                     unsigned char ret_key[BALLOT_KEY_BYTES]) {
    derive(keys, "ballot", voter, strlen(voter), ret_key);
}

size_t ballot_sealed_bytes(const struct poll_paper *paper) {
    return AROUND + ballot_bytes(paper);
}

/* A key for each row: a cipher text moved to another row does not open. */
static void box_key(const struct poll_keys *keys, const unsigned char ballot_key[BALLOT_KEY_BYTES],
                    unsigned char ret_key[crypto_secretbox_KEYBYTES]) {
    derive(keys, "choices", ballot_key, BALLOT_KEY_BYTES, ret_key);
}

/* The nonce depends on what is enciphered too: an act that is run again on another ballot does not
 * use it twice. */
static void nonce_make(const unsigned char seed[32], const unsigned char *bytes, size_t length,
                       int64_t revision, unsigned char ret_nonce[crypto_secretbox_NONCEBYTES]) {
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, seed, 32);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)&revision, sizeof revision);
    crypto_auth_hmacsha256_update(&state, bytes, length);
    crypto_auth_hmacsha256_final(&state, mac);
    memcpy(ret_nonce, mac, crypto_secretbox_NONCEBYTES);
}

const unsigned char *ballot_seal(struct arena *arena, const struct poll_keys *keys,
                                 const struct poll_paper *paper,
                                 const unsigned char ballot_key[BALLOT_KEY_BYTES],
                                 const unsigned char seed[32], const struct ballot *ballot) {
    const size_t length = ballot_bytes(paper);
    unsigned char key[crypto_secretbox_KEYBYTES];
    unsigned char *bytes = arena_take(arena, length);
    unsigned char *sealed = arena_take(arena, AROUND + length);
    ballot_write(paper, ballot, bytes);
    box_key(keys, ballot_key, key);
    nonce_make(seed, bytes, length, ballot->revision, sealed);
    (void)crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES, bytes, length, sealed, key);
    sodium_memzero(key, sizeof key);
    return sealed;
}

enum error ballot_open(struct arena *arena, const struct poll_keys *keys,
                       const struct poll_paper *paper,
                       const unsigned char ballot_key[BALLOT_KEY_BYTES],
                       const unsigned char *sealed, size_t length, struct ballot *ret_ballot) {
    unsigned char key[crypto_secretbox_KEYBYTES];
    if (length == ballot_sealed_bytes(paper)) {
        unsigned char *bytes = arena_take(arena, length);
        box_key(keys, ballot_key, key);
        const int opened =
            crypto_secretbox_open_easy(bytes, sealed + crypto_secretbox_NONCEBYTES,
                                       length - crypto_secretbox_NONCEBYTES, sealed, key);
        sodium_memzero(key, sizeof key);
        if (opened == 0 && ballot_read(paper, bytes, ret_ballot) == ERR_OK)
            return ERR_OK;
    }
    log_fault("ballot", LOG_INT("poll", paper->poll.id),
              LOG_TEXT("why", "altered, or of another row"));
    return ERR_FAULT;
}

/* ---- receipts ---- */

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const char *receipt_code(struct arena *arena, const struct poll_keys *keys, const char *voter) {
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char *code = arena_take(arena, RECEIPT_CHARACTERS + RECEIPT_CHARACTERS / RECEIPT_GROUP);
    uint64_t bits = 0;
    size_t length = 0;
    derive(keys, "receipt", voter, strlen(voter), mac);
    memcpy(&bits, mac, sizeof bits);
    for (size_t i = 0; i < RECEIPT_CHARACTERS; i++, bits >>= RECEIPT_BITS) {
        if (i > 0 && i % RECEIPT_GROUP == 0)
            code[length++] = '-';
        code[length++] = crockford[bits & 31];
    }
    return code;
}

/* A character as Crockford's alphabet reads it; 0 for what it does not have. */
static char receipt_character(char typed) {
    const char upper = typed >= 'a' && typed <= 'z' ? (char)(typed - 'a' + 'A') : typed;
    if (upper == 'O')
        return '0';
    if (upper == 'I' || upper == 'L')
        return '1';
    return upper != '\0' && strchr(crockford, upper) != NULL ? upper : '\0';
}

const char *receipt_hash(struct arena *arena, const char *typed) {
    char code[RECEIPT_CHARACTERS + 1] = {0};
    size_t length = 0;
    for (const char *c = typed; *c != '\0'; c++) {
        if (*c == ' ' || *c == '-')
            continue;
        const char character = receipt_character(*c);
        if (character == '\0' || length == RECEIPT_CHARACTERS)
            return NULL;
        code[length++] = character;
    }
    return length == RECEIPT_CHARACTERS ? text_hash(arena, code) : NULL;
}
