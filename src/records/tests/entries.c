#include "records/tests/entries.h"

struct appending {
    int64_t tenant;
    const struct audit_entry *entry;
};

static enum error append_act(void *context, struct db *db) {
    const struct appending *appending = context;
    const unsigned char seed[32] = {5};
    struct arena *arena = arena_new(1 << 20);
    const enum error error =
        audit_append_system(db, arena, appending->tenant, NOON, seed, appending->entry);
    arena_free(arena);
    return error;
}

enum error append_entry(struct store *store, int64_t tenant, const struct audit_entry *entry) {
    struct appending appending = {tenant, entry};
    return store_act(store, append_act, &appending);
}

void append_act_of(struct store *store, const char *act, int64_t account, const char *object,
                   const char *reason) {
    const struct audit_entry entry = {
        .act = act, .account = account, .object = object, .reason = reason};
    assert_int_equal(append_entry(store, TENANT, &entry), ERR_OK);
}

void append(struct store *store, int64_t tenant, int64_t account, const char *object,
            const char *reason) {
    const struct audit_entry entry = {
        .act = "page.publish", .account = account, .object = object, .reason = reason};
    assert_int_equal(append_entry(store, tenant, &entry), ERR_OK);
}
