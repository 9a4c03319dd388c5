/* /settings/mail: what the organisation says itself in each kind of mail (NOT-1). */
#include <string.h>

#include "people/organisations/settings.h"
#include "platform/mail/mail.h"
#include "records/records.h"

/* ---- the list ---- */

static const struct mail_kind *kind_of(const char *name) {
    for (size_t i = 0; name != NULL && mail_kinds[i] != NULL; i++)
        if (strcmp(mail_kinds[i]->name, name) == 0)
            return mail_kinds[i];
    return NULL;
}

/* What people call it; English for a kind that has no word yet. */
static const char *kind_title(struct request *rq, const struct mail_kind *kind) {
    const char *found =
        word_if_any(rq->language, arena_format(rq->arena, "mail_kind.%s", kind->name));
    return found == NULL ? kind->when : found;
}

static const char *text_of(const struct mail_introduction_list *all, const struct mail_kind *kind,
                           const char *language) {
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->at[i].kind, kind->name) == 0 && strcmp(all->at[i].language, language) == 0)
            return all->at[i].text;
    return NULL;
}

enum error mails_show(struct request *rq, struct reply *rp) {
    struct mail_introduction_list all;
    struct mails_page page = {.kinds = {NULL, 0}};
    size_t count = 0;

    while (mail_kinds[count] != NULL)
        count++;
    TRY(mail_introductions(rq->db, rq->arena, rq->tenant, &all));
    page.kinds.at = ARENA_ARRAY(rq->arena, count + 1, struct mail_kind_view);
    page.kinds.count = count;
    for (size_t i = 0; i < count; i++)
        page.kinds.at[i] = (struct mail_kind_view){
            .name = mail_kinds[i]->name,
            .number = mail_kinds[i]->id,
            .title = kind_title(rq, mail_kinds[i]),
            .own_sv = text_of(&all, mail_kinds[i], "sv") != NULL,
            .own_en = text_of(&all, mail_kinds[i], "en") != NULL,
        };
    return reply_view(rq, rp, &page);
}

/* ---- one kind ---- */

static enum error sender_of(struct request *rq, struct mail_sender *ret_sender) {
    struct organisation organisation;

    TRY(organisation_find(rq->db, rq->arena, rq->tenant, &organisation));
    *ret_sender = (struct mail_sender){
        .organisation = organisation.name,
        .address = organisation_sender(rq->arena, &organisation),
        .reply_to = organisation.mailbox,
        .site = arena_format(rq->arena, "https://%s", organisation.host),
    };
    return ERR_OK;
}

static enum error page_fill(struct request *rq, const struct mail_kind *kind,
                            const struct mail_form *form, struct mail_page *ret_page) {
    struct mail_sender sender;
    struct mail_page page = {.name = kind->name, .number = kind->id, .title = kind_title(rq, kind)};

    TRY(sender_of(rq, &sender));
    TRY(mail_preview(rq->arena, kind, &sender, LANGUAGE_SV, form->sv, rq->now, &page.preview_sv));
    TRY(mail_preview(rq->arena, kind, &sender, LANGUAGE_EN, form->en, rq->now, &page.preview_en));
    *ret_page = page;
    return ERR_OK;
}

/* What is saved. */
static enum error saved_read(struct db *db, struct request *rq, const struct mail_kind *kind,
                             struct mail_form *ret_form) {
    TRY(mail_introduction_find(db, rq->arena, rq->tenant, kind->name, "sv", &ret_form->sv));
    return mail_introduction_find(db, rq->arena, rq->tenant, kind->name, "en", &ret_form->en);
}

enum error mail_show(struct request *rq, struct reply *rp) {
    const struct mail_kind *kind = kind_of(path_text(rq, "kind"));
    struct mail_form *form = ARENA_NEW(rq->arena, struct mail_form);
    struct mail_page page;

    if (kind == NULL)
        return ERR_NOT_FOUND;
    TRY(saved_read(rq->db, rq, kind, form));
    TRY(page_fill(rq, kind, form, &page));
    page.is_own = form->sv != NULL || form->en != NULL;
    rq->values = form;
    return reply_view(rq, rp, &page);
}

/* ---- looking at it before it is saved ---- */

enum error mail_look(struct request *rq, struct db *db) {
    (void)db;
    rq->outcome = (struct outcome){200, "/settings/mail", NULL};
    return kind_of(path_text(rq, "kind")) == NULL ? ERR_NOT_FOUND : ERR_OK;
}

enum error mail_look_answer(struct request *rq, struct reply *rp) {
    const struct mail_kind *kind = kind_of(path_text(rq, "kind"));
    struct mail_page page;

    TRY(page_fill(rq, kind, rq->form, &page));
    page.is_unsaved = true;
    rq->values = rq->form;
    return reply_view(rq, rp, &page);
}

/* ---- saving ---- */

static void write_change(struct buffer *into, const char *language, const char *before,
                         const char *after) {
    buffer_format(into, ",\"%s\":[", language);
    json_write_text(into, before == NULL ? "" : before);
    buffer_text(into, ",");
    json_write_text(into, after == NULL ? "" : after);
    buffer_text(into, "]");
}

static enum error change(struct request *rq, struct db *db, const struct mail_form *after) {
    const struct mail_kind *kind = kind_of(path_text(rq, "kind"));
    struct mail_form before = {0};
    struct buffer detail = buffer_in(rq->arena, 32 << 10);

    if (kind == NULL)
        return ERR_NOT_FOUND;
    TRY(saved_read(db, rq, kind, &before));
    const struct mail_introduction sv = {kind->name, "sv", after->sv},
                                   en = {kind->name, "en", after->en};
    TRY(mail_introduction_set(db, rq->tenant, &sv, rq->now));
    TRY(mail_introduction_set(db, rq->tenant, &en, rq->now));
    buffer_format(&detail, "{\"mail\":\"%s\"", kind->name);
    write_change(&detail, "sv", before.sv, after->sv);
    write_change(&detail, "en", before.en, after->en);
    buffer_text(&detail, "}");
    const struct audit_entry entry = {
        .act = "organisation.change",
        .account = rq->visitor->account,
        .object = arena_format(rq->arena, "organisation:%lld", (long long)rq->tenant),
        .detail = buffer_string(&detail),
    };
    return audit_append(db, rq, &entry);
}

enum error mail_save(struct request *rq, struct db *db) {
    rq->outcome = (struct outcome){200, "/settings/mail", "settings.saved"};
    return change(rq, db, rq->form);
}

enum error mail_forget(struct request *rq, struct db *db) {
    static const struct mail_form nothing = {0};

    rq->outcome = (struct outcome){200, "/settings/mail", "settings.mail.forgotten"};
    return change(rq, db, &nothing);
}
