/* Contact: what people write to the organisation. It comes in with time, reference and due day, is
 * somebody's to answer, and is answered by mail (PUB-8, PUB-10). Fault reports of accessibility and
 * questions about personal data come the same way. */
#ifndef RADSLAG_CONTACT_H
#define RADSLAG_CONTACT_H

#include "pages/contact/views.h"
#include "pages/pages.h"

/* What comes in. `drawn` from rq->seed; texts already checked by a form. */
struct contact_letter {
    enum contact_subject subject;
    const char *message, *name, *email, *about; /* NULL = not given */
};

/* Takes it in, inside an act: row, task, notice to the function mailbox, receipt to the giver.
 * `ret_reference` in arena. */
enum error contact_receive(struct db *db, struct request *rq, const struct contact_letter *letter,
                           const char **ret_reference) MUST_USE;

/* The checks that a letter's form goes through before the act: the human check and personal
 * numbers. Adds to rq->errors the fields "human" and "message" of `form`. */
struct contact_given {
    const char *message, *trap, *human;
    bool keep_number;
};
void contact_check(struct request *rq, const struct form *form, const struct contact_given *given);

/* ERR_TOO_MANY when an address gets more receipts than anybody writes letters: they repeat what was
 * typed, so the form would be a way to send anything to anybody. In prepare; email may be NULL. */
enum error contact_rate(struct request *rq, const char *email) MUST_USE;

/* The plain question of the day, in the visitor's language; in arena. */
const char *contact_question(struct request *rq);

/* What the form asks once more, after what is among rq->errors: the plain question, and whether the
 * text is to be sent although it seems to hold a personal number. */
bool contact_asks_human(const struct request *rq);
bool contact_asks_number(const struct request *rq);

/* Gives the letters that somebody is to answer to somebody else; inside an act. */
enum error contacts_hand_over(struct db *db, int64_t tenant, int64_t from, int64_t to,
                              int64_t *ret_count) MUST_USE;

#endif
