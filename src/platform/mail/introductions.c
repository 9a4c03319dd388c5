/* What an organisation says itself in its mails; and a mail with examples for facts, to look at. */
#include "mail_statements.h"
#include "platform/base/instant.h"
#include "platform/mail/facts.h"
#include "platform/mail/message.h"

enum { MOST_INTRODUCTIONS = 1000 };

enum error mail_introduction_find(struct db *db, struct arena *arena, int64_t tenant,
                                  const char *kind, const char *language, const char **ret_text) {
    struct mail_introduction row = {.text = NULL};
    const enum error error = db_one(
        db, arena, &sql_introduction_find,
        WITH(BIND_INT("tenant", tenant), BIND_TEXT("kind", kind), BIND_TEXT("language", language)),
        &mail_introduction_shape, &row);

    if (error != ERR_OK && error != ERR_NOT_FOUND)
        return error;
    *ret_text = row.text;
    return ERR_OK;
}

enum error mail_introductions(struct db *db, struct arena *arena, int64_t tenant,
                              struct mail_introduction_list *ret_list) {
    return db_many(db, arena, &sql_introduction_all, WITH(BIND_INT("tenant", tenant)),
                   MOST_INTRODUCTIONS, &mail_introduction_shape, ret_list);
}

enum error mail_introduction_set(struct db *db, int64_t tenant,
                                 const struct mail_introduction *introduction, int64_t now) {
    const struct bind of = BIND_INT("tenant", tenant), kind = BIND_TEXT("kind", introduction->kind),
                      language = BIND_TEXT("language", introduction->language);

    if (introduction->text == NULL)
        return db_exec(db, &sql_introduction_remove, WITH(of, kind, language), NULL);
    return db_exec(
        db, &sql_introduction_set,
        WITH(of, kind, language, BIND_TEXT("text", introduction->text), BIND_TIME("now", now)),
        NULL);
}

/* ---- a mail to look at ---- */

/* Something that can be shown for every field: "…", a day in a week, one of what is counted. */
static void facts_example(struct arena *arena, const struct shape *shape, int64_t now, void *view) {
    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];
        void *at = (char *)view + field->offset;
        if (field->kind == KIND_text || field->kind == KIND_slug)
            *(const char **)at = field->kind == KIND_text ? "…" : "ABCD-1234";
        else if (field->kind == KIND_url)
            *(struct url *)at = url_own("/");
        else if (field->kind == KIND_time)
            *(int64_t *)at = now + DAYS(7);
        else if (field->kind == KIND_int || field->kind == KIND_id || field->kind == KIND_money)
            *(int64_t *)at = 1;
        else if (field->kind == KIND_one || field->kind == KIND_list) {
            void *inner = arena_take(arena, field->element->size);
            facts_example(arena, field->element, now, inner);
            if (field->kind == KIND_one)
                *(void **)at = inner;
            else
                *(struct list *)at = (struct list){inner, 1};
        }
    }
}

enum error mail_preview(struct arena *arena, const struct mail_kind *kind,
                        const struct mail_sender *sender, enum language language,
                        const char *introduction, int64_t now, const char **ret_text) {
    const struct mail_recipient to = {.address = sender->reply_to, .language = language};
    void *facts = arena_take(arena, kind->facts->size);
    struct mail_templates templates;

    memset(facts, 0, kind->facts->size);
    facts_example(arena, kind->facts, now, facts);
    const struct mail_letter letter = {
        .sender = sender, .to = &to, .now = now, .facts = facts, .introduction = introduction};
    TRY(mail_bind(arena, kind, &templates));
    *ret_text = mail_text(arena, &templates, &letter);
    return ERR_OK;
}
