/* Telling followers: at once by a job for each news, gathered by a job that looks every half hour.
 * Mail is queued in small portions, so that the write lane is never held up. */
#include <stdlib.h>

#include "follow_statements.h"
#include "pages/follow/follow.h"
#include "pages/tenants.h"
#include "pages/todo/rules.h"
#include "platform/base/text.h"
#include "platform/view/view.h"

enum { TELL_PORTION = 200, DIGEST_PORTION = 100, NEWS_KEPT_DAYS = 40, REQUESTS_KEPT_HOURS = 24 };

/* Acts run on the lane's thread: what they take is bounded here, never by the job's arena, whose
 * recovery point belongs to the job's thread. */
enum { TELL_BYTES = 32 << 20, DIGEST_BYTES = 8 << 20 };

/* ---- mail kinds ---- */

const struct mail_kind page_news_mail = {
    .id = "K1",
    .name = "page_news",
    .class = MAIL_CHOICE,
    .facts = &page_news_facts_shape,
    .template = "pages/follow/page_news.txt",
    .when = "a page was published, or changed so that its editor wanted it told",
    .to = "followers who want it at once",
};

const struct mail_kind news_digest_mail = {
    .id = "K1",
    .name = "news_digest",
    .class = MAIL_CHOICE,
    .facts = &digest_facts_shape,
    .template = "pages/follow/news_digest.txt",
    .when = "every day or every Monday at 07.30, when there is something",
    .to = "followers who want it gathered",
};

/* ---- at once ---- */

#define NEWS_ROW(F, T)                                                                             \
    F(T, id, id, , "news")                                                                         \
    F(T, id, page, , "what it is about")                                                           \
    F(T, choice, what, page_news, "what happened")                                                 \
    F(T, time, made_at, , "when")                                                                  \
    F(T, text, title, , "of the page")                                                             \
    F(T, slug, kind, , "of the page")                                                              \
    F(T, slug, slug, , "of the page")                                                              \
    F(T, choice, state, page_state, "of the page, now")
SHAPE(news_row, NEWS_ROW);

#define FOLLOWER_ROW(F, T)                                                                         \
    F(T, id, id, , "follow")                                                                       \
    F(T, id, account, , "none = an address alone")                                                 \
    F(T, text, email, , "where it is told")                                                        \
    F(T, slug, language, , "of the mail")                                                          \
    F(T, slug, leave_key, , "opens the page where it is left")
SHAPE(follower_row, FOLLOWER_ROW);

struct portion {
    struct job_context *context;
    struct arena *arena; /* of this portion alone */
    int64_t tenant;
    const struct news_row *news;
    struct url address;
    const char *const *about; /* by language */
    struct follower_row_list followers;
};

static struct url leave_page(struct arena *arena, const char *leave_key) {
    return url_own(arena_format(arena, "/follow/by/%s", leave_key));
}

/* Mails are in Swedish where nothing better is known. */
static const char *about_in(const struct portion *portion, enum language language) {
    const bool is_known = language != LANGUAGE_NONE && portion->about[language] != NULL;
    return portion->about[is_known ? language : LANGUAGE_SV];
}

static enum error tell_portion(void *context, struct db *db) {
    const struct portion *portion = context;
    struct arena *arena = portion->arena;
    const char *cause = arena_format(arena, "news:%lld", (long long)portion->news->id);
    for (size_t i = 0; i < portion->followers.count; i++) {
        const struct follower_row *follower = &portion->followers.at[i];
        const enum language language = language_from_code(follower->language);
        const struct mail_recipient to = {
            .account = follower->account, .address = follower->email, .language = language};
        const struct page_news_facts facts = {.what = portion->news->what,
                                              .title = portion->news->title,
                                              .about = about_in(portion, language),
                                              .address = portion->address,
                                              .leave = leave_page(arena, follower->leave_key)};
        TRY(mail_queue(db, arena, portion->tenant, &page_news_mail, &to, cause,
                       portion->context->now, &facts));
    }
    return ERR_OK;
}

static struct url news_address(struct arena *arena, const char *kind, const char *slug) {
    const struct page page = {.kind = kind, .slug = slug};
    return page_address(arena, &page);
}

static enum error tell_next(struct portion *portion, int64_t *after) {
    const struct news_row *news = portion->news;
    portion->followers = (struct follower_row_list){0};
    TRY(db_many(portion->context->db, portion->arena, &sql_follow_to_tell,
                WITH(BIND_INT("tenant", portion->tenant), BIND_INT("page", news->page),
                     BIND_INT("after", *after),
                     BIND_TEXT("what", choice_code(&page_news_choices, news->what))),
                TELL_PORTION, &follower_row_shape, &portion->followers));
    if (portion->followers.count == 0)
        return ERR_OK;
    *after = portion->followers.at[portion->followers.count - 1].id;
    return store_act(portion->context->store, tell_portion, portion);
}

/* In each language that mails are written in; the others hear the title alone. */
static enum error about_fill(struct job_context *context, int64_t tenant,
                             const struct news_row *news, const char *ret_about[LANGUAGE_COUNT]) {
    const struct page_kind *kind = page_kind_find(news->kind);
    if (kind == NULL || kind->news_about == NULL)
        return ERR_OK;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (language_offered((enum language)i))
            TRY(kind->news_about(context->db, context->arena, tenant, news->page, (enum language)i,
                                 context->now, &ret_about[i]));
    return ERR_OK;
}

static enum error tell_all(struct job_context *context, int64_t tenant,
                           const struct news_row *news) {
    const char *about[LANGUAGE_COUNT] = {NULL};
    struct portion portion = {.context = context, .tenant = tenant, .news = news, .about = about};
    int64_t after = 0;
    TRY(about_fill(context, tenant, news, about));
    portion.address = news_address(context->arena, news->kind, news->slug);
    do {
        portion.arena = arena_new(TELL_BYTES);
        const enum error error = tell_next(&portion, &after);
        arena_free(portion.arena);
        TRY(error);
    } while (portion.followers.count == TELL_PORTION);
    return ERR_OK;
}

/* A page that was taken away meanwhile is not told of. */
static enum error tell_run(struct job_context *context, const struct job *job) {
    struct news_row news = {0};
    const enum error error =
        db_one(context->db, context->arena, &sql_page_news_by_id,
               WITH(BIND_INT("tenant", job->tenant), BIND_INT("id", strtoll(job->key, NULL, 10))),
               &news_row_shape, &news);
    if (error == ERR_NOT_FOUND || (error == ERR_OK && news.state != page_state_published))
        return ERR_OK;
    TRY(error);
    return tell_all(context, job->tenant, &news);
}

const struct job_kind follow_tell_job = {
    .name = "follow.tell",
    .run = tell_run,
    .doc = "Tells those who follow a page, or the organisation, at once.",
};

/* ---- gathered ---- */

#define READER_ROW(F, T)                                                                           \
    F(T, text, email_key, , "folded address")                                                      \
    F(T, text, email, , "where it is told")                                                        \
    F(T, id, account, , "none = an address alone")                                                 \
    F(T, slug, language, , "of the mail")
SHAPE(reader_row, READER_ROW);

#define DIGEST_NEWS_ROW(F, T)                                                                      \
    F(T, id, page, , "page")                                                                       \
    F(T, time, made_at, , "the last time it was published or changed")                             \
    F(T, text, title, , "of the page")                                                             \
    F(T, slug, kind, , "of the page")                                                              \
    F(T, slug, slug, , "of the page")
SHAPE(digest_news_row, DIGEST_NEWS_ROW);

#define DIGEST_FOLLOW_ROW(F, T)                                                                    \
    F(T, id, page, , "none = the organisation")                                                    \
    F(T, text, title, , "of the page")                                                             \
    F(T, slug, leave_key, , "opens the page where it is left")
SHAPE(digest_follow_row, DIGEST_FOLLOW_ROW);

enum { DIGEST_PAGES_MAX = 50 };

struct digest {
    struct job_context *context;
    struct arena *arena; /* of this reader alone */
    int64_t tenant, slot;
    enum follow_frequency frequency;
    const char *cause;
    const struct reader_row *reader;
    struct digest_facts facts;
};

static const char *frequency_code(const struct digest *digest) {
    return choice_code(&follow_frequency_choices, (int)digest->frequency);
}

static enum error digest_queue(void *context, struct db *db) {
    const struct digest *digest = context;
    const struct reader_row *reader = digest->reader;
    const struct mail_recipient to = {.account = reader->account,
                                      .address = reader->email,
                                      .language = language_from_code(reader->language)};
    TRY(mail_queue(db, digest->arena, digest->tenant, &news_digest_mail, &to, digest->cause,
                   digest->context->now, &digest->facts));
    return db_exec(
        db, &sql_follow_told,
        WITH(BIND_INT("tenant", digest->tenant), BIND_TEXT("email_key", reader->email_key),
             BIND_TEXT("frequency", frequency_code(digest)), BIND_TIME("slot", digest->slot)),
        NULL);
}

static enum error digest_pages(struct digest *digest, struct db *db) {
    struct arena *arena = digest->arena;
    struct digest_news_row_list news = {0};
    TRY(db_many(db, arena, &sql_follow_digest_news,
                WITH(BIND_INT("tenant", digest->tenant), BIND_TIME("slot", digest->slot),
                     BIND_TEXT("email_key", digest->reader->email_key),
                     BIND_TEXT("frequency", frequency_code(digest))),
                DIGEST_PAGES_MAX, &digest_news_row_shape, &news));
    struct digest_item *items = ARENA_ARRAY(arena, news.count + 1, struct digest_item);
    for (size_t i = 0; i < news.count; i++)
        items[i] = (struct digest_item){
            .title = news.at[i].title,
            .address = news_address(arena, news.at[i].kind, news.at[i].slug),
            .made_at = news.at[i].made_at,
        };
    digest->facts =
        (struct digest_facts){.count = (int64_t)news.count, .pages = {items, news.count}};
    return ERR_OK;
}

static enum error digest_reader(struct digest *digest) {
    struct job_context *context = digest->context;
    struct digest_follow_row_list follows = {0};
    TRY(digest_pages(digest, context->db));
    TRY(db_many(context->db, digest->arena, &sql_follow_digest_follows,
                WITH(BIND_INT("tenant", digest->tenant),
                     BIND_TEXT("email_key", digest->reader->email_key),
                     BIND_TEXT("frequency", frequency_code(digest))),
                DIGEST_PAGES_MAX, &digest_follow_row_shape, &follows));
    if (digest->facts.count == 0 || follows.count == 0)
        return ERR_OK; /* never an empty one (NOT-2) */
    digest->facts.leave = leave_page(digest->arena, follows.at[0].leave_key);
    return store_act(context->store, digest_queue, digest);
}

static enum error digest_tenant(struct job_context *context, int64_t tenant,
                                enum follow_frequency frequency, int64_t slot) {
    struct digest digest = {
        .context = context, .tenant = tenant, .slot = slot, .frequency = frequency};
    struct reader_row_list readers;
    const char *after = "";
    digest.cause = arena_format(context->arena, "digest:%s:%s", frequency_code(&digest),
                                instant_to_rfc3339(context->arena, slot));
    do {
        readers = (struct reader_row_list){0};
        TRY(db_many(context->db, context->arena, &sql_follow_digest_next,
                    WITH(BIND_INT("tenant", tenant),
                         BIND_TEXT("frequency", frequency_code(&digest)), BIND_TIME("slot", slot),
                         BIND_TEXT("after", after)),
                    DIGEST_PORTION, &reader_row_shape, &readers));
        for (size_t i = 0; i < readers.count; i++) {
            digest.reader = &readers.at[i];
            digest.arena = arena_new(DIGEST_BYTES);
            const enum error error = digest_reader(&digest);
            arena_free(digest.arena);
            TRY(error);
        }
        if (readers.count > 0)
            after = readers.at[readers.count - 1].email_key;
    } while (readers.count == DIGEST_PORTION);
    return ERR_OK;
}

static enum error digest_run(struct job_context *context, const struct job *job) {
    struct tenant_row_list tenants = {0};
    (void)job;
    TRY(tenants_all(context->db, context->arena, &tenants));
    for (size_t i = 0; i < tenants.count; i++) {
        const int64_t tenant = tenants.at[i].id;
        TRY(digest_tenant(context, tenant, follow_frequency_daily, daily_slot(context->now)));
        TRY(digest_tenant(context, tenant, follow_frequency_weekly, weekly_slot(context->now)));
    }
    return ERR_OK;
}

const struct job_kind follow_digest_job = {
    .name = "follow.digest",
    .run = digest_run,
    .every = MINUTES(10),
    .doc = "Sends what followers want gathered: daily or on Mondays, from 07.30, never empty.",
};

/* ---- what is thrown away ---- */

static enum error end_tenant(void *context, struct db *db) {
    const struct job_context *job = ((const struct tenant_act *)context)->context;
    const int64_t tenant = ((const struct tenant_act *)context)->tenant;
    TRY(db_exec(db, &sql_follow_requests_end,
                WITH(BIND_INT("tenant", tenant),
                     BIND_TIME("before", job->now - HOURS(REQUESTS_KEPT_HOURS))),
                NULL));
    return db_exec(
        db, &sql_page_news_end,
        WITH(BIND_INT("tenant", tenant), BIND_TIME("before", job->now - DAYS(NEWS_KEPT_DAYS))),
        NULL);
}

static enum error end_run(struct job_context *context, const struct job *job) {
    (void)job;
    return tenants_each(context, end_tenant);
}

const struct job_kind follow_end_job = {
    .name = "follow.end",
    .run = end_run,
    .every = DAYS(1),
    .doc = "Throws away requests to follow that nobody confirmed, and news that have been told.",
};
