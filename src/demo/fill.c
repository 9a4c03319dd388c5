/* Fills an empty database with the demonstration, through the functions that pages use. */
#include <assert.h>

#include <sodium.h>

#include "demo/data.h"
#include "demo/demo.h"
#include "demo/fill.h"
#include "demo_statements.h"
#include "pages/contact/contact.h"
#include "pages/pages.h"
#include "people/accounts.h"
#include "people/organisations/organisations.h"
#include "platform/base/instant.h"
#include "platform/base/text.h"

enum { FILL_BYTES = 64 << 20 };

int64_t fill_day(const struct fill *fill, int days) {
    return instant_day_start(fill->now, days) + HOURS(9) + MINUTES(15);
}

enum error fill_account(struct fill *fill, const char *email, int64_t *ret_account) {
    struct account account;
    TRY(account_by_email(fill->db, fill->arena, fill->rq.tenant, text_email_key(fill->arena, email),
                         &account));
    *ret_account = account.id;
    return ERR_OK;
}

void fill_as(struct fill *fill, int64_t account, int64_t at) {
    struct visitor *visitor = ARENA_NEW(fill->arena, struct visitor);
    visitor->account = account;
    fill->rq.visitor = visitor;
    fill->rq.now = at;
}

void fill_as_staff(struct fill *fill, int64_t account, enum role role, int64_t at) {
    fill_as(fill, account, at);
    fill->rq.visitor->roles = role_bit(role);
    fill->rq.visitor->second_factor = true;
}

static enum error settings_fill(struct fill *fill) {
    return db_exec(fill->db, &sql_demo_organisation_settle,
                   WITH(BIND_INT("tenant", fill->rq.tenant), BIND_TIME("now", fill->now),
                        BIND_TEXT("controller", "Kommunstyrelsen i Ljungsjö kommun\n"
                                                "Samhällsbyggnadsnämnden i Ljungsjö kommun"),
                        BIND_TEXT("registry", "Kommunstyrelsens diarium")),
                   NULL);
}

/* Every role named in "case_officer process_lead". */
static enum error roles_fill(struct fill *fill, int64_t account, const char *roles) {
    static const char *const names[] = {
#define ROLE(name, mark, staff, meaning) #name,
#include "people/roles.def"
#undef ROLE
    };
    for (int role = 0; role < ROLE_COUNT; role++) {
        const char *found = strstr(roles, names[role]);
        if (found != NULL)
            TRY(role_grant(fill->db, &fill->rq, account, (enum role)role, 0, NULL));
    }
    return ERR_OK;
}

static enum error people_fill(struct fill *fill) {
    const struct demo_people people = demo_people(fill->arena);
    for (size_t i = 0; i < people.count; i++) {
        const struct demo_person *person = &people.at[i];
        const enum language language = language_from_code(person->language);
        int64_t account;
        TRY(account_ensure(fill->db, fill->arena, fill->rq.tenant, person->email, language,
                           fill->now, &account));
        TRY(account_rename(fill->db, fill->rq.tenant, account, person->name, language));
        TRY(roles_fill(fill, account, person->roles));
    }
    return db_exec(fill->db, &sql_demo_second_factors_add,
                   WITH(BIND_INT("tenant", fill->rq.tenant), BIND_TIME("now", fill->now),
                        BIND_BLOB("secret", fill->rq.seed, sizeof fill->rq.seed)),
                   NULL);
}

/* A page as its author and owner would have made it, `days` days ago. */
static enum error page_fill(struct fill *fill, const struct demo_page *text, int days,
                            int64_t original) {
    struct page page = {
        .kind = information_kind.code,
        .language = text->language,
        .variant = original == 0 ? page_variant_original : page_variant_translation,
        .translation_of = original,
        .title = text->title,
    };
    const struct page_text words = {text->title, text->lead, text->body};
    TRY(fill_account(fill, text->author, &page.author));
    TRY(fill_account(fill, text->owner, &page.page_owner));
    fill_as(fill, page.author, fill_day(fill, -days));
    TRY(page_add(fill->db, &fill->rq, &page, &words, &page.id));

    static const enum page_state way[] = {page_state_review, page_state_published,
                                          page_state_unpublished};
    const int wanted = choice_find(&page_state_choices, text->state);
    for (size_t i = 0; i < sizeof way / sizeof way[0] && wanted >= (int)way[i]; i++) {
        TRY(page_find(fill->db, fill->arena, fill->rq.tenant, page.id, &page));
        fill_as(fill, way[i] == page_state_review ? page.author : page.page_owner,
                fill->rq.now + HOURS(3));
        TRY(page_change_state(fill->db, &fill->rq, &page, way[i],
                              way[i] == page_state_unpublished ? text->reason : NULL));
    }
    return ERR_OK;
}

static enum error pages_fill(struct fill *fill) {
    const struct demo_pages pages = demo_pages(fill->arena);
    for (size_t i = 0; i < pages.count; i++) {
        const struct demo_page *text = &pages.at[i];
        int64_t original = 0;
        for (size_t j = 0; j < i && original == 0; j++)
            if (strcmp(pages.at[j].name, text->name) == 0)
                TRY(db_integer(fill->db, &sql_demo_page_by_title,
                               WITH(BIND_INT("tenant", fill->rq.tenant),
                                    BIND_TEXT("title", pages.at[j].title)),
                               &original));
        TRY(page_fill(fill, text, (int)(pages.count - i) * 4 + 1, original));
    }
    return ERR_OK;
}

/* What residents have written, and nobody has answered yet: the oldest is late. */
static enum error letters_fill(struct fill *fill) {
    const struct demo_table letters = demo_table(fill->arena, "letters");
    for (size_t i = 0; i < letters.rows; i++) {
        const int days = (int)demo_number(&letters, i, "days", 0);
        const char *subject = demo_cell(&letters, i, "subject");
        const struct contact_letter letter = {
            .subject = (enum contact_subject)choice_find(&contact_subject_choices, subject),
            .message = demo_cell(&letters, i, "message"),
            .name = demo_cell_or_none(&letters, i, "name"),
            .email = demo_cell_or_none(&letters, i, "email"),
        };
        const char *reference;
        fill_as(fill, 0, days == 0 ? fill->now : fill_day(fill, -days));
        fill->rq.seed[0] = (unsigned char)i; /* each has a reference of its own */
        TRY(contact_receive(fill->db, &fill->rq, &letter, &reference));
    }
    return ERR_OK;
}

static enum error organisation_fill(struct fill *fill, const struct organisation_new *wanted) {
    fill_as(fill, 0, fill->now);
    return organisation_add(fill->db, wanted, fill->now, &fill->rq.tenant);
}

static enum error fill_act(void *context, struct db *db) {
    struct fill *fill = context;
    static const struct organisation_new ljungsjo = {.host = DEMO_HOST,
                                                     .kind = organisation_kind_municipality,
                                                     .name = "Ljungsjö kommun",
                                                     .municipality = "9901",
                                                     .county = "99", /* no county has this number */
                                                     .first = true};
    bool any;
    fill->db = db;
    TRY(organisation_any(db, &any));
    if (any)
        return ERR_OK;
    TRY(organisation_fill(fill, &ljungsjo));
    TRY(settings_fill(fill));
    TRY(people_fill(fill));
    TRY(pages_fill(fill));
    TRY(letters_fill(fill));
    return rounds_fill(fill);
}

enum error demo_fill(struct store *store, int64_t now) {
    struct arena *arena = arena_new(FILL_BYTES);
    struct fill fill = {.arena = arena, .now = now};
    fill.rq.arena = arena;
    randombytes_buf(fill.rq.seed, sizeof fill.rq.seed);
    enum error error = store_act(store, fill_act, &fill);
    if (error == ERR_OK && fill.rounds != NULL)
        error = rounds_end(&fill, store);
    arena_free(arena);
    return error;
}
