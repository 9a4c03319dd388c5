/* /settings/responsibility: who answers for personal data, and where things are registered. */
#include "organisations_statements.h"
#include "people/organisations/settings.h"

enum error responsibility_show(struct request *rq, struct reply *rp) {
    struct settings_page page;
    TRY(settings_page_fill(rq, &page));
    struct responsibility_form *values = ARENA_NEW(rq->arena, struct responsibility_form);
    *values = (struct responsibility_form){
        .revision = page.settings->revision,
        .controller = page.settings->controller,
        .dpo = page.settings->dpo,
        .registry = page.settings->registry,
    };
    rq->values = values;
    return reply_view(rq, rp, &page);
}

enum error responsibility_save(struct request *rq, struct db *db) {
    const struct responsibility_form *form = rq->form;
    return settings_change(
        rq, db, &sql_organisation_set_responsibility, &responsibility_form_form, form->revision,
        WITH(BIND_TEXT("controller", form->controller), BIND_TEXT("dpo", form->dpo),
             BIND_TEXT("registry", form->registry)));
}
