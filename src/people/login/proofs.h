/* Proving an e-mail address: a code and a link are sent, and one of them comes back in the browser
 * where it was begun (QUA-11). */
#ifndef RADSLAG_LOGIN_PROOFS_H
#define RADSLAG_LOGIN_PROOFS_H

#include "people/login/rules.h"
#include "people/sessions/sessions.h"

/* What is begun: drawn in prepare (proof_draw), written in act. */
struct proof_start {
    enum proof_purpose purpose;
    int64_t account; /* whose new address; 0 for a log-in */
    struct mail_recipient to;
    bool remember;
    const char *next;
    struct secret browser, link;
    char code[8]; /* six digits */
    unsigned char code_mac[32];
    bool is_silent; /* too many codes went to this address: nothing is written or sent */
};

/* Draws code, link and (when the browser has none) the browser's own secret. */
enum error proof_draw(struct request *rq, struct proof_start *ret_start) MUST_USE;

/* Writes it and queues K2; inside an act. */
enum error proof_begin(struct db *db, struct request *rq, const struct proof_start *start) MUST_USE;

/* The browser's secret as a cookie; `ret_browser` from one, or drawn. */
struct secret proof_browser(const struct request *rq);
bool proof_has_browser(const struct request *rq);
void proof_give_browser(struct request *rq, struct reply *rp, const struct secret *browser);

/* What was begun here; ERR_NOT_FOUND when nothing. `code` NULL: not typed yet. */
enum error proof_of_browser(struct db *db, struct request *rq, enum proof_purpose purpose,
                            const char *code, struct proof *ret_proof) MUST_USE;
enum error proof_of_link(struct db *db, struct request *rq, const char *link,
                         struct proof *ret_proof) MUST_USE;

/* Judges inside an act: a proof that holds is taken away (once), a wrong code is counted. */
enum error proof_take(struct db *db, struct request *rq, const struct proof *proof,
                      enum proof_verdict *ret_verdict) MUST_USE;

/* What an account, or somebody with its address, has begun is gone. Inside an act. */
enum error proof_erase_account(struct db *db, int64_t tenant, int64_t account) MUST_USE;

/* Word of the refusal, for the form's error. */
const char *proof_word(enum proof_verdict verdict);

#endif
