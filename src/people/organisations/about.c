/* /settings/about: what the organisation is called, its number and size; /settings/municipality:
 * picking it from the list. */
#include <string.h>

#include "organisations_statements.h"
#include "people/organisations/municipality.h"
#include "people/organisations/settings.h"

/* ---- Om er ---- */

enum error about_show(struct request *rq, struct reply *rp) {
    struct settings_page page;
    TRY(settings_page_fill(rq, &page));
    struct about_form *values = ARENA_NEW(rq->arena, struct about_form);
    *values = (struct about_form){
        .revision = page.settings->revision,
        .name = page.settings->name,
        .organisation_number = page.organisation_number,
        .inhabitants = page.settings->inhabitants == 0 ? FORM_NONE : page.settings->inhabitants,
    };
    rq->values = values;
    return reply_view(rq, rp, &page);
}

enum error about_prepare(struct request *rq) {
    const struct about_form *form = rq->form;
    if (form->organisation_number == NULL)
        return ERR_OK;
    rq->work = (void *)(uintptr_t)organisation_number_read(rq->arena, form->organisation_number);
    if (rq->work != NULL)
        return ERR_OK;
    form_refuse(rq->arena, &rq->errors, &about_form_form, "organisation_number",
                "settings.organisation_number_wrong");
    return ERR_INVALID;
}

enum error about_save(struct request *rq, struct db *db) {
    const struct about_form *form = rq->form;
    return settings_change(
        rq, db, &sql_organisation_set_about, &about_form_form, form->revision,
        WITH(BIND_TEXT("name", form->name), BIND_TEXT("organisation_number", rq->work),
             BIND_ID("inhabitants", form->inhabitants == FORM_NONE ? 0 : form->inhabitants)));
}

/* ---- picking the municipality ---- */

enum { MOST_MATCHES = 12 };

/* GET /settings/municipality?q=… — those whose name begins so. */
enum error pick_show(struct request *rq, struct reply *rp) {
    struct organisation_settings settings;
    TRY(organisation_settings_find(rq->db, rq->arena, rq->tenant, &settings));
    const char *q = query_text(rq, "q");
    const struct municipalities found = municipalities_matching(rq->arena, q, MOST_MATCHES);
    const struct pick_page page = {
        .settings = &settings,
        .q = q,
        .matches = municipality_matches(rq->arena, found),
        .nothing_found = q != NULL && *q != '\0' && found.count == 0,
        .changed_meanwhile = settings_changed_meanwhile(rq),
    };
    return reply_view(rq, rp, &page);
}

enum error pick_prepare(struct request *rq) {
    const struct pick_form *form = rq->form;
    rq->work = (void *)(uintptr_t)municipality_by_code(form->code);
    if (rq->work != NULL || strcmp(form->code, "network") == 0)
        return ERR_OK;
    form_refuse(rq->arena, &rq->errors, &pick_form_form, "code", "settings.municipality_unknown");
    return ERR_INVALID;
}

/* Kind, codes and the name that goes with them; a network keeps the name it has. */
enum error pick_save(struct request *rq, struct db *db) {
    const struct pick_form *form = rq->form;
    const struct municipality *picked = rq->work;
    struct organisation_settings now;
    TRY(organisation_settings_find(db, rq->arena, rq->tenant, &now));
    const bool region = picked != NULL && strlen(picked->code) == 2;
    const char *kind = picked == NULL ? "network" : region ? "region" : "municipality";
    TRY(settings_change(rq, db, &sql_organisation_set_municipality, &pick_form_form, form->revision,
                        WITH(BIND_TEXT("kind", kind),
                             BIND_TEXT("name", picked ? picked->own_name : now.name),
                             BIND_TEXT("municipality", picked && !region ? picked->code : NULL),
                             BIND_TEXT("county", picked ? picked->county_code : NULL))));
    rq->outcome.address = "/settings/about";
    return ERR_OK;
}
