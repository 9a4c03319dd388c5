/* /settings/language: languages, function mailbox, telephone, sender of mail. */
#include <string.h>

#include "organisations_statements.h"
#include "people/organisations/settings.h"

/* "sv en" as the first one and a bit for each of the others. */
static void languages_split(struct arena *arena, const char *codes, struct language_form *into) {
    char *rest = arena_copy_text(arena, codes), *code;
    into->language = -1;
    while ((code = strtok_r(rest, " ", &rest)) != NULL) {
        const int row = choice_find(&organisation_language_choices, code);
        if (row >= 0 && into->language < 0)
            into->language = row;
        else if (row >= 0)
            into->others |= UINT64_C(1) << row;
    }
}

static const char *languages_joined(struct arena *arena, const struct language_form *form) {
    struct buffer codes = buffer_in(arena, 100);
    buffer_text(&codes, choice_code(&organisation_language_choices, form->language));
    for (size_t row = 0; row < organisation_language_choices.count; row++)
        if ((form->others >> row & 1) != 0 && (int)row != form->language)
            buffer_format(&codes, " %s", organisation_language_choices.at[row].code);
    return buffer_string(&codes);
}

enum error language_show(struct request *rq, struct reply *rp) {
    struct settings_page page;
    TRY(settings_page_fill(rq, &page));
    struct language_form *values = ARENA_NEW(rq->arena, struct language_form);
    *values = (struct language_form){
        .revision = page.settings->revision,
        .mailbox = page.settings->mailbox,
        .phone = page.settings->phone,
        .sender = page.settings->sender,
    };
    languages_split(rq->arena, page.settings->languages, values);
    rq->values = values;
    return reply_view(rq, rp, &page);
}

enum error language_save(struct request *rq, struct db *db) {
    const struct language_form *form = rq->form;
    return settings_change(
        rq, db, &sql_organisation_set_contact, &language_form_form, form->revision,
        WITH(BIND_TEXT("languages", languages_joined(rq->arena, form)),
             BIND_TEXT("mailbox", form->mailbox), BIND_TEXT("phone", form->phone),
             BIND_TEXT("sender", form->sender)));
}
