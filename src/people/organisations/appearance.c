/* /settings/appearance: one of the ready colours, or one of its own that can be read. */
#include <string.h>

#include "organisations_statements.h"
#include "people/organisations/colour.h"
#include "people/organisations/settings.h"

enum error appearance_show(struct request *rq, struct reply *rp) {
    struct organisation_settings settings;
    TRY(organisation_settings_find(rq->db, rq->arena, rq->tenant, &settings));
    const char *typed = input_value(&rq->input, "theme");
    const char *chosen = typed == NULL ? settings.theme : typed;
    struct appearance_form *values = ARENA_NEW(rq->arena, struct appearance_form);
    *values = (struct appearance_form){settings.revision, settings.theme, settings.colour};
    rq->values = values;
    const struct appearance_page page = {
        .settings = &settings,
        .themes = themes_ready(rq->arena, rq->language, chosen),
        .own = theme_own(rq->arena, rq->language, settings.colour),
        .own_chosen = strcmp(chosen, "own") == 0,
        .changed_meanwhile = settings_changed_meanwhile(rq),
    };
    return reply_view(rq, rp, &page);
}

/* What act is to write, and the word that tells of it. */
struct appearance {
    const char *theme, *colour, *flash;
};

static enum error refuse(struct request *rq, const char *field, const char *word) {
    form_refuse(rq->arena, &rq->errors, &appearance_form_form, field, word);
    return ERR_INVALID;
}

static enum error prepare_own(struct request *rq, struct appearance *appearance) {
    const struct appearance_form *form = rq->form;
    struct colour colour;
    char text[8];
    if (form->colour == NULL)
        return refuse(rq, "colour", "settings.colour_missing");
    if (!colour_parse(form->colour, &colour))
        return refuse(rq, "colour", "settings.colour_unknown");
    switch (colour_judge(colour, &colour)) {
    case COLOUR_TOO_PALE:
        return refuse(rq, "colour", "settings.colour_too_pale");
    case COLOUR_CORRECTED:
        appearance->flash = "settings.colour_corrected";
        break;
    case COLOUR_ACCEPTED:
        break;
    }
    colour_write(colour, text);
    appearance->colour = arena_copy_text(rq->arena, text);
    return ERR_OK;
}

enum error appearance_prepare(struct request *rq) {
    const struct appearance_form *form = rq->form;
    struct appearance *appearance = ARENA_NEW(rq->arena, struct appearance);
    *appearance = (struct appearance){form->theme, NULL, "settings.saved"};
    rq->work = appearance;
    if (strcmp(form->theme, "own") == 0)
        return prepare_own(rq, appearance);
    return theme_is_ready(rq->arena, form->theme) ? ERR_OK
                                                  : refuse(rq, "theme", "settings.theme_unknown");
}

enum error appearance_save(struct request *rq, struct db *db) {
    const struct appearance_form *form = rq->form;
    const struct appearance *appearance = rq->work;
    TRY(settings_change(
        rq, db, &sql_organisation_set_appearance, &appearance_form_form, form->revision,
        WITH(BIND_TEXT("theme", appearance->theme), BIND_TEXT("colour", appearance->colour))));
    rq->outcome.address = "/settings/appearance";
    rq->outcome.flash = appearance->flash;
    return ERR_OK;
}
