#include "people/login/proofs.h"

#include <sodium.h>
#include <string.h>

#include "login_statements.h"
#include "people/accounts.h"
#include "people/keys.h"
#include "people/login/mail.h"

static const char browser_cookie[] = "begun";

bool proof_has_browser(const struct request *rq) {
    static const char base64url[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *cookie = request_cookie(rq, browser_cookie);

    /* What a client made up is not given back in a cookie of ours. */
    return cookie != NULL && strspn(cookie, base64url) == SECRET_TEXT - 1 &&
           cookie[SECRET_TEXT - 1] == '\0';
}

struct secret proof_browser(const struct request *rq) {
    return proof_has_browser(rq) ? secret_of(request_cookie(rq, browser_cookie)) : secret_new();
}

void proof_give_browser(struct request *rq, struct reply *rp, const struct secret *browser) {
    reply_cookie(rq, rp, browser_cookie, browser->text, MINUTES(60) / SECONDS(1));
}

enum error proof_draw(struct request *rq, struct proof_start *ret_start) {
    struct proof_start start = *ret_start;

    start.browser = proof_browser(rq);
    start.link = secret_new();
    (void)snprintf(start.code, sizeof start.code, "%06u", randombytes_uniform(1000000));
    TRY(people_mac("code", start.code, start.code_mac));
    if (start.is_silent) /* it is sent to nobody: nothing that is typed may fit it */
        randombytes_buf(start.code_mac, sizeof start.code_mac);
    *ret_start = start;
    return ERR_OK;
}

/* A new code in the same browser is a new cause. */
static const char *cause_of(struct arena *arena, int64_t id, int64_t begun_at) {
    return arena_format(arena, "proof:%lld:%lld", (long long)id, (long long)begun_at);
}

static enum error queue_code(struct db *db, struct request *rq, const struct proof_start *start,
                             int64_t id) {
    const struct login_code_facts facts = {
        .code = arena_format(rq->arena, "%.3s %s", start->code, start->code + 3),
        .link = start->link.text,
        .ends_at = rq->now + MINUTES(PROOF_MINUTES),
    };
    return mail_queue(db, rq->arena, rq->tenant, &login_code_mail, &start->to,
                      cause_of(rq->arena, id, rq->now), rq->now, &facts);
}

/* An earlier code for the same address can still be typed here: it stays. */
static bool proof_waits_for(struct db *db, struct request *rq, const struct proof_start *start) {
    struct proof proof;

    return proof_of_browser(db, rq, start->purpose, NULL, &proof) == ERR_OK &&
           proof_judge(&proof, rq->now) == PROOF_WRONG &&
           strcmp(proof.email, start->to.address) == 0;
}

enum error proof_begin(struct db *db, struct request *rq, const struct proof_start *start) {
    int64_t id = 0;

    if (start->is_silent && proof_waits_for(db, rq, start))
        return ERR_OK;
    TRY(db_integer(
        db, &sql_proof_begin,
        WITH(BIND_INT("tenant", rq->tenant),
             BIND_BLOB("browser", start->browser.hash, SECRET_BYTES),
             BIND_TEXT("purpose", choice_code(&proof_purpose_choices, (int)start->purpose)),
             BIND_ID("account", start->account), BIND_TEXT("email", start->to.address),
             BIND_TEXT("email_key", text_email_key(rq->arena, start->to.address)),
             BIND_BLOB("code", start->code_mac, MAC_BYTES),
             BIND_BLOB("link", start->link.hash, SECRET_BYTES),
             BIND_INT("remember", start->remember), BIND_TEXT("next", start->next),
             BIND_TIME("now", rq->now), BIND_TIME("ends_at", rq->now + MINUTES(PROOF_MINUTES))),
        &id));
    return start->is_silent ? ERR_OK : queue_code(db, rq, start, id);
}

enum error proof_of_browser(struct db *db, struct request *rq, enum proof_purpose purpose,
                            const char *code, struct proof *ret_proof) {
    unsigned char mac[MAC_BYTES] = {0};

    if (!proof_has_browser(rq))
        return ERR_NOT_FOUND;
    const struct secret browser = proof_browser(rq);
    if (code != NULL)
        TRY(people_mac("code", code, mac));
    return db_one(db, rq->arena, &sql_proof_of_browser,
                  WITH(BIND_INT("tenant", rq->tenant),
                       BIND_BLOB("browser", browser.hash, SECRET_BYTES),
                       BIND_TEXT("purpose", choice_code(&proof_purpose_choices, (int)purpose)),
                       BIND_BLOB("code", mac, MAC_BYTES)),
                  &proof_shape, ret_proof);
}

enum error proof_of_link(struct db *db, struct request *rq, const char *link,
                         struct proof *ret_proof) {
    const struct secret browser = proof_browser(rq), secret = secret_of(link);

    return db_one(db, rq->arena, &sql_proof_of_link,
                  WITH(BIND_INT("tenant", rq->tenant),
                       BIND_BLOB("browser", browser.hash, SECRET_BYTES),
                       BIND_BLOB("link", secret.hash, SECRET_BYTES)),
                  &proof_shape, ret_proof);
}

static enum error finish(struct db *db, struct request *rq, const struct proof *proof,
                         enum proof_verdict *ret_verdict) {
    int64_t changed = 0;

    TRY(db_exec(
        db, &sql_proof_finish,
        WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", proof->id), BIND_TIME("now", rq->now)),
        &changed));
    *ret_verdict = changed == 1 ? PROOF_HOLDS : PROOF_NONE;
    /* A mail that still waits would come too late, with an address that need not be kept. */
    return mail_stop(db, rq->tenant, &login_code_mail,
                     cause_of(rq->arena, proof->id, proof->begun_at), rq->now);
}

enum error proof_take(struct db *db, struct request *rq, const struct proof *proof,
                      enum proof_verdict *ret_verdict) {
    const enum proof_verdict verdict = proof_judge(proof, rq->now);

    if (verdict == PROOF_HOLDS)
        return finish(db, rq, proof, ret_verdict);
    if (verdict == PROOF_WRONG)
        TRY(db_exec(db, &sql_proof_missed,
                    WITH(BIND_INT("tenant", rq->tenant), BIND_INT("id", proof->id)), NULL));
    *ret_verdict = verdict;
    return ERR_OK;
}

const char *proof_word(enum proof_verdict verdict) {
    switch (verdict) {
    case PROOF_WRONG:
        return "proof.wrong";
    case PROOF_EXHAUSTED:
        return "proof.exhausted";
    case PROOF_OVER:
        return "proof.over";
    case PROOF_ELSEWHERE:
        return "proof.elsewhere";
    case PROOF_NONE:
    case PROOF_HOLDS:
        break;
    }
    return "proof.none";
}

enum error proof_erase_account(struct db *db, int64_t tenant, int64_t account) {
    return db_exec(db, &sql_proof_erase_account,
                   WITH(BIND_INT("tenant", tenant), BIND_INT("account", account)), NULL);
}
