/* A proposal comes in: its page, its row, how its proposer is reached, the follow code. */
#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "budgets/proposals/proposals.h"
#include "platform/base/text.h"
#include "proposals_statements.h"

enum { ASSESS_DAYS = 14 }; /* within which what has come in is to be taken */

/* ---- follow codes ---- */

/* Not mistaken for each other when read aloud; 12 of them are 60 bits. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { CODE_LETTERS = 12, CODE_GROUP = 4, HASH_BYTES = 32 };

static const char *code_write(struct arena *arena, const unsigned char values[CODE_LETTERS]) {
    char *code = arena_take(arena, CODE_LETTERS + CODE_LETTERS / CODE_GROUP);
    for (int i = 0, at = 0; i < CODE_LETTERS; i++) {
        if (i > 0 && i % CODE_GROUP == 0)
            code[at++] = '-';
        code[at++] = letters[values[i] % 32];
    }
    return code;
}

const char *proposal_code_draw(struct request *rq) {
    static const char purpose[] = "proposal follow code";
    unsigned char bytes[16];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)purpose, sizeof purpose,
                       rq->seed, sizeof rq->seed);
    return code_write(rq->arena, bytes);
}

const char *proposal_code_read(struct arena *arena, const char *typed) {
    unsigned char values[CODE_LETTERS];
    size_t count = 0;
    for (const char *at = typed; *at != '\0'; at++) {
        if (strchr("- ", *at) != NULL)
            continue;
        const int upper = toupper((unsigned char)*at);
        const char *letter = strchr(letters, upper == 'O'                   ? '0'
                                             : upper == 'I' || upper == 'L' ? '1'
                                                                            : upper);
        if (letter == NULL || count == CODE_LETTERS)
            return NULL;
        values[count++] = (unsigned char)(letter - letters);
    }
    return count == CODE_LETTERS ? code_write(arena, values) : NULL;
}

static const char *code_hash(struct arena *arena, const char *code) {
    unsigned char hash[HASH_BYTES];
    char *hex = arena_take(arena, sizeof hash * 2 + 1);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)code, strlen(code), NULL, 0);
    return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

enum error proposal_by_code(struct db *db, struct arena *arena, int64_t tenant, const char *code,
                            int64_t *ret_page) {
    return db_integer(
        db, &sql_proposal_by_code,
        WITH(BIND_INT("tenant", tenant), BIND_TEXT("follow_hash", code_hash(arena, code))),
        ret_page);
}

/* ---- rows ---- */

static struct bind bind_money(const char *name, int64_t ore) {
    return ore == FORM_NONE ? BIND_NULL(name) : BIND_INT(name, ore);
}

static const char *words_key(struct arena *arena, const struct proposal_given *given) {
    return text_fold(arena, arena_format(arena, "%s\n%s\n%s", given->title,
                                         given->lead == NULL ? "" : given->lead, given->place));
}

struct insertion {
    int64_t page, number; /* number 0 = the next */
    enum proposal_state state;
    int64_t investment; /* FORM_NONE = none */
    int64_t outcome_at; /* INSTANT_NONE = not settled */
};

static enum error row_insert(struct db *db, struct request *rq, const struct proposal_given *given,
                             const struct insertion *insertion, int64_t *ret_number) {
    return db_integer(
        db, &sql_proposal_insert,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", insertion->page),
             BIND_INT("campaign", given->campaign), BIND_INT("number", insertion->number),
             BIND_INT("pot", given->pot), BIND_TEXT("place", given->place),
             BIND_TEXT("words_key", words_key(rq->arena, given)),
             bind_money("wished", given->wished),
             BIND_TEXT("proposer_kind", choice_code(&proposer_kind_choices, (int)given->kind)),
             BIND_TEXT("proposer_shown", given->shown),
             BIND_TEXT("channel", choice_code(&proposal_channel_choices, (int)given->channel)),
             BIND_TIME("received_at", given->received_at),
             BIND_TEXT("state", choice_code(&proposal_state_choices, (int)insertion->state)),
             bind_money("investment", insertion->investment),
             BIND_TIME("outcome_at", insertion->outcome_at)),
        ret_number);
}

static enum error contact_insert(struct db *db, struct request *rq,
                                 const struct proposal_given *given, int64_t page) {
    const char *key = given->email == NULL ? NULL : text_email_key(rq->arena, given->email);
    return db_exec(db, &sql_proposal_contact_insert,
                   WITH(BIND_INT("tenant", rq->tenant), BIND_INT("page", page),
                        BIND_ID("account", given->account), BIND_TEXT("name", given->name),
                        BIND_TEXT("email", given->email), BIND_TEXT("email_key", key),
                        BIND_TEXT("phone", given->phone),
                        BIND_TEXT("organisation_no", given->organisation_no),
                        BIND_TEXT("adult", given->adult),
                        BIND_TEXT("language", language_code(given->language)),
                        BIND_TEXT("follow_hash", code_hash(rq->arena, given->code))),
                   NULL);
}

/* One task for all that wait in a round: forty proposals are not forty lines of Att göra. */
static enum error task_for_officers(struct db *db, struct request *rq, int64_t campaign) {
    struct page page = {0};
    TRY(page_find(db, rq->arena, rq->tenant, campaign, &page));
    return task_add_again(
        db, rq->tenant,
        &(struct task){
            .role = ROLE_case_officer,
            .word = "task.assess_proposals",
            .detail = page.title,
            .address = arena_format(rq->arena, "/budgets/%s/assessment", page.slug),
            .cause = proposal_task_cause(rq->arena, campaign),
            .page = campaign,
            .due_at = instant_day_start(rq->now, ASSESS_DAYS + 1),
        },
        rq->now);
}

const char *proposal_task_cause(struct arena *arena, int64_t campaign) {
    return arena_format(arena, "proposals:%lld", (long long)campaign);
}

static enum error page_of_proposal(struct db *db, struct request *rq,
                                   const struct proposal_given *given,
                                   const struct page_text *words, int64_t *ret_page) {
    const struct page page = {
        .kind = proposal_kind.code,
        .language = language_code(given->language),
        .variant = page_variant_original,
        .title = words->title,
        .author = given->account,
    };
    return page_add(db, rq, &page, words, ret_page);
}

enum error proposal_add(struct db *db, struct request *rq, const struct proposal_given *given,
                        int64_t *ret_page, int64_t *ret_number) {
    const struct page_text words = {given->title, given->lead, given->body};
    struct insertion insertion = {
        .state = proposal_state_received, .investment = FORM_NONE, .outcome_at = INSTANT_NONE};
    int64_t number = 0;
    TRY(page_of_proposal(db, rq, given, &words, &insertion.page));
    TRY(row_insert(db, rq, given, &insertion, &number));
    TRY(contact_insert(db, rq, given, insertion.page));
    TRY(proposal_note(
        db, rq, insertion.page,
        &(struct proposal_happened){.event = proposal_event_received, .is_public = true}));
    TRY(task_for_officers(db, rq, given->campaign));
    *ret_page = insertion.page;
    *ret_number = number;
    return ERR_OK;
}

enum error proposal_import(struct db *db, struct request *rq, int64_t campaign,
                           const struct proposal_line *line, const struct page_text *words,
                           int64_t *ret_page) {
    struct page page = {0};
    int64_t number = 0;
    const struct proposal_given given = {
        .campaign = campaign,
        .pot = line->pot,
        .language = LANGUAGE_SV,
        .title = words->title,
        .lead = words->lead,
        .body = words->body,
        .place = line->place == NULL ? "" : line->place,
        .wished = FORM_NONE,
        .channel = proposal_channel_paper,
        .received_at = line->received_at,
    };
    struct insertion insertion = {
        .number = line->number,
        .state = proposal_state_admitted,
        .investment = line->has_investment ? line->investment : FORM_NONE,
        .outcome_at = line->received_at,
    };
    TRY(page_of_proposal(db, rq, &given, words, &insertion.page));
    TRY(row_insert(db, rq, &given, &insertion, &number));
    TRY(page_find(db, rq->arena, rq->tenant, insertion.page, &page));
    TRY(page_change_state(db, rq, &page, page_state_published, NULL));
    *ret_page = insertion.page;
    return ERR_OK;
}
