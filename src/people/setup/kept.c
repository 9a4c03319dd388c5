/* What the check list keeps of a person: steps that they own or noted. */
#include "people/setup/setup.h"
#include "setup_statements.h"

static enum error extract(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                          struct buffer *into) {
    int64_t steps;
    (void)arena;
    TRY(db_integer(db, &sql_setup_of_account,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), &steps));
    if (steps == 0)
        buffer_text(into, "[]");
    else
        buffer_format(into, "[{\"steps\": %lld}]", (long long)steps);
    return ERR_OK;
}

static enum error erase(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                        int64_t now) {
    (void)arena;
    (void)now;
    return db_exec(db, &sql_setup_forget_account,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}

const struct register_source setup_register_source = {
    .name = "register.setup",
    .extract = extract,
    .erase = erase,
};
