/* Ballots: polls, the roll, ballots and receipts. Shared by budgets and awards; knows neither.
 *
 * Life of a poll: draft → locked → (open ⟲ paused → closed, by the clock) → sealed → published.
 * While it is open, a ballot is one row keyed by HMAC(secret, voter) whose content is enciphered
 * with the same secret, which lies in the key folder. Sealing marks the roll, writes what the
 * ballots hold without keys, sorted, and destroys the secret: afterwards nobody can join person and
 * ballot, whatever copies they have. Nobody can make running totals meanwhile (PB-12). */
#ifndef RADSLAG_BALLOTS_H
#define RADSLAG_BALLOTS_H

#include "ballots/rules.h"
#include "people/people.h"
#include "platform/http/http.h"
#include "platform/jobs/jobs.h"
#include "platform/mail/mail.h"

/* What a round asks for. */
struct poll_plan {
    int64_t page; /* of the round */
    enum ballot_kind ballot_kind;
    int64_t most_choices; /* 0 with a cart */
    enum eligible eligible;
    int64_t opens_at, closes_at, late_until;
};

/* Reads or makes nothing but remembers where the secrets of polls lie; once, before anything is
 * served. Without it voting answers ERR_UNAVAILABLE. */
enum error ballots_start(const char *key_folder) MUST_USE;

/* A draft for the round, or the one it has changed to this plan; inside an act. ERR_CONFLICT when
 * it is locked. */
enum error poll_plan_put(struct db *db, struct request *rq, const struct poll_plan *plan,
                         int64_t *ret_poll) MUST_USE;

/* All pots and options of a draft, in place of those it had; inside an act. ERR_CONFLICT when it is
 * locked. */
enum error poll_paper_put(struct db *db, int64_t tenant, int64_t poll,
                          const struct poll_pot_list *pots, const struct poll_option_list *options)
    MUST_USE;

/* By its number or by its round. ERR_NOT_FOUND. */
enum error poll_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                     struct poll *ret_poll) MUST_USE;
enum error poll_of_page(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                        struct poll *ret_poll) MUST_USE;
enum error poll_paper_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                           struct poll_paper *ret_paper) MUST_USE;

/* ---- the roll ---- */

/* A line of the roll by person_digest of the address; nothing changes when it is there. Inside an
 * act. Until sealing a line may be barred, for a reason (a paper ballot of the same person): it
 * cannot vote any more, and a ballot that it has is not counted. ERR_NOT_FOUND: no such line. */
enum error poll_roll_add(struct db *db, int64_t tenant, int64_t poll, const char *digest) MUST_USE;
enum error poll_roll_bar(struct db *db, int64_t tenant, int64_t poll, const char *digest,
                         const char *reason) MUST_USE;

/* ---- two persons ---- */

#define POLL_REQUEST(F, T)                                                                         \
    F(T, id, id, , "what is asked for")                                                            \
    F(T, choice, act, poll_act, "see there")                                                       \
    F(T, time, closes_at, , "of lengthen: the new end")                                            \
    F(T, slug, subject_hash, , "digest of exactly what is confirmed, hex")                         \
    F(T, text, reason, , "as the public log shows it")                                             \
    F(T, id, asked_by, , "account")                                                                \
    F(T, text, asked_name, , "name of the first person; none when deleted")                        \
    F(T, time, asked_at, , "when")                                                                 \
    F(T, text, answered_name, , "name of the second person")                                       \
    F(T, time, answered_at, , "when")                                                              \
    F(T, slug, answer, , "confirmed, refused, withdrawn; none = waits")
SHAPE(poll_request, POLL_REQUEST);

/* The first person, a process leader (else ERR_FORBIDDEN), asks; inside an act, with audit row and
 * a task for the second, who is a case officer. `subject_hash` is
 * what the second must see unchanged. ERR_CONFLICT when one waits already or the phase is wrong. */
enum error poll_ask(struct db *db, struct request *rq, int64_t poll, enum poll_act act,
                    const char *subject_hash, int64_t closes_at, const char *reason) MUST_USE;

/* All acts of a poll that were asked for, newest first: the public log. */
enum error poll_requests_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                              struct poll_request_list *ret_requests) MUST_USE;

/* Locks, inside the act in which the second person confirms the waiting request `lock`: writes the
 * rules (canonical JSON, of the round) and their digest, the digest of the secret and of the lot's
 * seed. `secret_hash` and `lot_hash` come from poll_secret_make in prepare. ERR_FORBIDDEN for the
 * person who asked; ERR_CONFLICT when `rules` are not what was asked for. */
struct poll_secret {
    const char *secret_hash, *lot_hash; /* hex */
};
enum error poll_secret_make(struct arena *arena, int64_t tenant, int64_t poll,
                            struct poll_secret *ret_secret) MUST_USE;
enum error poll_lock(struct db *db, struct request *rq, int64_t poll, const char *rules,
                     const struct poll_secret *secret) MUST_USE;

/* The second person confirms a waiting request of another act (lengthen, pause, resume, attest), or
 * either refuses it; inside an act. */
enum error poll_confirm(struct db *db, struct request *rq, int64_t poll, enum poll_act act)
    MUST_USE;
enum error poll_refuse(struct db *db, struct request *rq, int64_t poll, enum poll_act act) MUST_USE;

/* A person's whole ballot, entered at once for whom a digest stands (see poll_roll_add): the
 * demonstration, tests. Inside an act; rq->seed enciphers it and must be another each time.
 * ERR_CONFLICT when there is one already, or nobody can vote at rq->now. */
enum error poll_ballot_enter(struct db *db, struct request *rq, const struct poll_paper *paper,
                             const char *digest, const struct ballot *ballot) MUST_USE;

/* Begins the sealing of a closed poll: from here on it cannot be lengthened, and poll_seal_job does
 * the rest. Inside an act. ERR_CONFLICT when it is too early, or under way. */
enum error poll_sealing_begin(struct db *db, struct request *rq, const struct poll *poll) MUST_USE;

/* ---- afterwards ---- */

/* Who voted and how many ballots there are; only of a sealed poll (PB-12), ERR_NOT_FOUND before. */
#define POLL_TURNOUT(F, T)                                                                         \
    F(T, int, voters, , "lines of the roll that voted")                                            \
    F(T, int, blank, , "of them, blank on purpose")                                                \
    F(T, int, roll, , "lines of the roll; 0 when everybody with a proved address could vote")
SHAPE(poll_turnout, POLL_TURNOUT);
enum error poll_turnout_find(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                             struct poll_turnout *ret_turnout) MUST_USE;

/* Counted ballots in the order of pot and content; equal ones are one row. ERR_NOT_FOUND before
 * sealing. */
#define COUNTED_BALLOT(F, T)                                                                       \
    F(T, int, pot, , "0 = blank")                                                                  \
    F(T, text, choices, , "options in rising order, commas between; with points 3:5,17:2")         \
    F(T, int, ballots, , "how many are equal")
SHAPE(counted_ballot, COUNTED_BALLOT);
enum error counted_ballots_each(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                                enum error (*each)(void *context, const void *counted_ballot),
                                void *context) MUST_USE;

/* Digests of receipts, in rising order. */
#define RECEIPT_ROW(F, T) F(T, slug, receipt_hash, , "SHA-256 of the code, hex")
SHAPE(receipt_row, RECEIPT_ROW);
enum error receipts_each(struct db *db, struct arena *arena, int64_t tenant, int64_t poll,
                         enum error (*each)(void *context, const void *receipt_row), void *context)
    MUST_USE;

/* Makes the counted ballots public; inside an act. */
enum error poll_publish(struct db *db, struct request *rq, int64_t poll) MUST_USE;

/* A finished poll from elsewhere, published from the start: for imports of real elections. Pots and
 * options as given; ballots are added portion by portion afterwards with counted_ballot_add. */
enum error poll_import(struct db *db, struct arena *arena, int64_t tenant,
                       const struct poll_plan *plan, const char *rules,
                       const struct poll_pot_list *pots, const struct poll_option_list *options,
                       int64_t now, int64_t *ret_poll) MUST_USE;
enum error counted_ballot_add(struct db *db, int64_t tenant, int64_t poll,
                              const struct counted_ballot *ballot) MUST_USE;

/* ---- what main collects ---- */

/* /polls/:id the ballot, its ticks and receipt; /polls/:id/receipts the check of a code; for staff
 * /polls/:id/log, lengthening, pausing, sealing. */
extern const struct route ballot_routes[], choice_routes[], receipt_routes[], poll_staff_routes[];
/* K8, K10, K9 */
extern const struct mail_kind ballot_receipt_mail, poll_changed_mail, poll_reminder_mail;
extern const struct job_kind ballot_receipt_job, poll_reminder_job, poll_changed_job, poll_seal_job;
extern const struct register_source ballot_register;

#endif
