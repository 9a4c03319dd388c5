#include "people/organisations/settings.h"

#include <string.h>

#include "people/organisations/municipality.h"
#include "people/setup/setup.h"
#include "platform/base/instant.h"
#include "records/records.h"

static const char changed_meanwhile[] = "settings.changed_meanwhile";

/* ---- showing ---- */

static const char *language_names(struct arena *arena, const char *codes) {
    struct buffer names = buffer_in(arena, 400);
    char *rest = arena_copy_text(arena, codes), *code;
    while ((code = strtok_r(rest, " ", &rest)) != NULL) {
        const enum language language = language_from_code(code);
        if (language != LANGUAGE_NONE)
            buffer_format(&names, "%s%s", names.length == 0 ? "" : ", ", language_name(language));
    }
    return buffer_string(&names);
}

bool settings_changed_meanwhile(const struct request *rq) {
    for (const struct form_error *error = rq->errors.first; error != NULL; error = error->next)
        if (error->field == NULL && strcmp(error->word, changed_meanwhile) == 0)
            return true;
    return false;
}

enum error settings_page_fill(struct request *rq, struct settings_page *ret_page) {
    struct organisation_settings *settings = ARENA_NEW(rq->arena, struct organisation_settings);
    TRY(organisation_settings_find(rq->db, rq->arena, rq->tenant, settings));
    const bool region = settings->kind == organisation_kind_region;
    const struct municipality *row =
        municipality_by_code(region ? settings->county : settings->municipality);
    *ret_page = (struct settings_page){
        .settings = settings,
        .municipality = row == NULL ? NULL : row->own_name,
        .county = row == NULL ? NULL : row->county,
        .organisation_number = organisation_number_show(rq->arena, settings->organisation_number),
        .language_names = language_names(rq->arena, settings->languages),
        .theme_name = theme_name(rq->arena, rq->language, settings->theme, settings->colour),
        .changed_meanwhile = settings_changed_meanwhile(rq),
    };
    return ERR_OK;
}

/* ---- saving ---- */

/* A field as JSON; both rows have the same shape. */
static void write_value(struct arena *arena, struct buffer *into, const struct field *field,
                        const void *row) {
    const char *at = (const char *)row + field->offset;
    const char *text = NULL;
    if (field->kind == KIND_text || field->kind == KIND_slug)
        text = *(const char *const *)at;
    else if (field->kind == KIND_choice)
        text = choice_code(field->choices, *(const int *)at);
    else if (*(const int64_t *)at != INSTANT_NONE && *(const int64_t *)at != 0)
        text = arena_format(arena, "%lld", (long long)*(const int64_t *)at);
    if (text == NULL)
        buffer_text(into, "null");
    else
        json_write_text(into, text);
}

const char *settings_difference(struct arena *arena, const struct organisation_settings *before,
                                const struct organisation_settings *after) {
    struct buffer detail = buffer_in(arena, 64 << 10);
    for (size_t i = 0; i < organisation_settings_shape.count; i++) {
        const struct field *field = &organisation_settings_shape.fields[i];
        struct buffer old = buffer_in(arena, 32 << 10), new = buffer_in(arena, 32 << 10);
        write_value(arena, &old, field, before);
        write_value(arena, &new, field, after);
        const char *was = buffer_string(&old), *is = buffer_string(&new);
        if (strcmp(field->name, "revision") != 0 && strcmp(was, is) != 0)
            buffer_format(&detail, "%s\"%s\": [%s, %s]", detail.length == 0 ? "{" : ", ",
                          field->name, was, is);
    }
    buffer_text(&detail, detail.length == 0 ? "{}" : "}");
    return buffer_string(&detail);
}

/* The binds of one heading, with the tenant and the revision that was shown. */
static const struct bind *with_revision(struct request *rq, const struct bind *binds,
                                        int64_t revision) {
    size_t count = 0;
    while (binds[count].name != NULL)
        count++;
    struct bind *all = ARENA_ARRAY(rq->arena, count + 3, struct bind);
    memcpy(all, binds, count * sizeof *all);
    all[count] = BIND_INT("tenant", rq->tenant);
    all[count + 1] = BIND_INT("revision", revision);
    return all;
}

enum error settings_change(struct request *rq, struct db *db, const struct statement *statement,
                           const struct form *form, int64_t revision, const struct bind *binds) {
    struct organisation_settings before, after;
    int64_t changed;
    TRY(organisation_settings_find(db, rq->arena, rq->tenant, &before));
    TRY(db_exec(db, statement, with_revision(rq, binds, revision), &changed));
    if (changed == 0) {
        form_refuse(rq->arena, &rq->errors, form, NULL, changed_meanwhile);
        return ERR_INVALID;
    }
    TRY(organisation_settings_find(db, rq->arena, rq->tenant, &after));
    TRY(setup_settle(db, rq));
    const struct audit_entry entry = {
        .act = "organisation.change",
        .account = rq->visitor->account,
        .object = arena_format(rq->arena, "organisation:%lld", (long long)rq->tenant),
        .detail = settings_difference(rq->arena, &before, &after),
    };
    TRY(audit_append(db, rq, &entry));
    rq->outcome = (struct outcome){200, "/settings", "settings.saved"};
    return ERR_OK;
}
