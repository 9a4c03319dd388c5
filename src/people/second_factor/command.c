/* `radslag admin second-factor-reset`: for operators, and for the last administrators who lost
 * everything at once. */
#include <sodium.h>

#include "people/accounts.h"
#include "people/organisations/organisations.h"
#include "people/second_factor/second_factor.h"

struct resetting {
    struct request rq;
    const struct factor_order *order;
};

static enum error run(void *context, struct db *db) {
    struct resetting *resetting = context;
    struct request *rq = &resetting->rq;
    struct organisation organisation;
    struct account account;
    const char *key = text_email_key(rq->arena, resetting->order->email);

    if (key == NULL)
        return ERR_NOT_FOUND;
    TRY(organisation_by_host(db, rq->arena, resetting->order->host, &organisation));
    rq->tenant = organisation.id;
    TRY(account_by_email(db, rq->arena, rq->tenant, key, &account));
    return second_factor_reset(db, rq, account.id, resetting->order->reason);
}

int second_factor_command(struct store *store, const struct factor_order *order, int64_t now,
                          FILE *out, FILE *wrong) {
    static struct visitor nobody = {.account = 0};
    struct resetting resetting = {
        .rq = {.arena = arena_new(4 << 20), .now = now, .visitor = &nobody, .id = "command"},
        .order = order,
    };

    randombytes_buf(resetting.rq.seed, sizeof resetting.rq.seed);
    const enum error error = store_act(store, run, &resetting);
    if (error == ERR_OK)
        (void)fputs("The second factor is reset; its holder is told by mail.\n", out);
    else
        (void)fprintf(wrong, "radslag admin second-factor-reset: %s\n",
                      error == ERR_NOT_FOUND
                          ? "no account with a second factor has this address on this host"
                          : error_meaning(error));
    arena_free(resetting.rq.arena);
    return error == ERR_OK ? 0 : 1;
}
