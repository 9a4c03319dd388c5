#include "organisations_statements.h"
#include "people/organisations/organisations.h"

enum error organisation_find(struct db *db, struct arena *arena, int64_t tenant,
                             struct organisation *ret_organisation) {
    return db_one(db, arena, &sql_organisation_find, WITH(BIND_INT("tenant", tenant)),
                  &organisation_shape, ret_organisation);
}

enum error organisation_of(const struct request *rq, struct organisation *ret_organisation) {
    const struct organisation *known = rq->visitor == NULL ? NULL : rq->visitor->organisation;
    if (known == NULL || rq->method != METHOD_GET)
        return organisation_find(rq->db, rq->arena, rq->tenant, ret_organisation);
    *ret_organisation = *known;
    return ERR_OK;
}

enum error organisation_by_host(struct db *db, struct arena *arena, const char *host,
                                struct organisation *ret_organisation) {
    return db_one(db, arena, &sql_organisation_by_host, WITH(BIND_TEXT("host", host)),
                  &organisation_shape, ret_organisation);
}

enum error organisation_settings_find(struct db *db, struct arena *arena, int64_t tenant,
                                      struct organisation_settings *ret_settings) {
    return db_one(db, arena, &sql_organisation_settings, WITH(BIND_INT("tenant", tenant)),
                  &organisation_settings_shape, ret_settings);
}

enum error organisation_any(struct db *db, bool *ret_any) {
    int64_t count;
    TRY(db_integer(db, &sql_organisation_any, WITH_NOTHING, &count));
    *ret_any = count > 0;
    return ERR_OK;
}

enum error organisation_add(struct db *db, const struct organisation_new *organisation, int64_t now,
                            int64_t *ret_tenant) {
    int64_t tenant;
    const enum error error = db_integer(
        db, &sql_organisation_insert,
        WITH(BIND_TEXT("host", organisation->host),
             BIND_TEXT("kind", choice_code(&organisation_kind_choices, (int)organisation->kind)),
             BIND_TEXT("name", organisation->name),
             BIND_TEXT("municipality", organisation->municipality),
             BIND_TEXT("county", organisation->county), BIND_INT("now", now)),
        &tenant);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_CONFLICT : error;
    int64_t spent;
    TRY(db_exec(db, &sql_organisation_first_insert,
                WITH(BIND_INT("tenant", tenant), BIND_INT("now", now)), &spent));
    if (organisation->first && spent == 0)
        return ERR_CONFLICT;
    *ret_tenant = tenant;
    return ERR_OK;
}

enum error organisations_each(struct db *db, struct arena *arena,
                              enum error (*each)(void *context, const void *row), void *context) {
    return db_each(db, arena, &sql_organisations_all, WITH_NOTHING, &organisation_name_shape, each,
                   context);
}

const char *organisation_sender(struct arena *arena, const struct organisation *organisation) {
    return organisation->sender != NULL ? organisation->sender
                                        : sender_usual(arena, organisation->host);
}

enum error organisation_accept_statement(struct db *db, int64_t tenant, int64_t now,
                                         bool *ret_changed) {
    int64_t changed;
    TRY(db_exec(db, &sql_organisation_accept_statement,
                WITH(BIND_INT("tenant", tenant), BIND_INT("now", now)), &changed));
    *ret_changed = changed > 0;
    return ERR_OK;
}

enum error organisation_set_state(struct db *db, int64_t tenant, enum organisation_state from,
                                  enum organisation_state to, int64_t now, bool *ret_changed) {
    int64_t changed;
    TRY(db_exec(db, &sql_organisation_set_state,
                WITH(BIND_INT("tenant", tenant),
                     BIND_TEXT("from_state", choice_code(&organisation_state_choices, (int)from)),
                     BIND_TEXT("to_state", choice_code(&organisation_state_choices, (int)to)),
                     BIND_INT("opened_at", now)),
                &changed));
    *ret_changed = changed > 0;
    return ERR_OK;
}
