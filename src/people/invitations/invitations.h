/* Invitations: how somebody becomes one of staff. A code and a link are sent to an address; opened
 * and pressed, they make the account and give the roles, once and within fourteen days. */
#ifndef RADSLAG_INVITATIONS_H
#define RADSLAG_INVITATIONS_H

#include "people/invitations/rules.h"
#include "people/people.h"

/* An invitation as it stands. */
#define INVITATION_ROW(F, T)                                                                       \
    F(T, id, id, , "invitation")                                                                   \
    F(T, text, email, , "as typed")                                                                \
    F(T, text, name, , "as the inviter wrote it; none = not said")                                 \
    F(T, slug, language, , "of the mail")                                                          \
    F(T, text, roles, , "codes of roles.def with a space between")                                 \
    F(T, id, invited_by, , "account; none = first hour or command line")                           \
    F(T, time, sent_at, , "last time")                                                             \
    F(T, int, sent_count, , "how often")                                                           \
    F(T, time, ends_at, , "first instant that is too late")                                        \
    F(T, time, accepted_at, , "none = not taken")                                                  \
    F(T, time, withdrawn_at, , "none = not taken back")
SHAPE(invitation_row, INVITATION_ROW);

/* One of those that wait, as administrators see it. */
#define INVITATION_VIEW(F, T)                                                                      \
    F(T, id, id, , "invitation")                                                                   \
    F(T, text, name, , "as the inviter wrote it; none = not said")                                 \
    F(T, text, email, , "as typed")                                                                \
    F(T, text, roles, , "what people read")                                                        \
    F(T, choice, state, invitation_state, "see there")                                             \
    F(T, time, sent_at, , "last time")                                                             \
    F(T, time, ends_at, , "deadline")
SHAPE(invitation_view, INVITATION_VIEW);

/* Those that have not been taken or taken back, newest first. */
enum error invitations_open(struct db *db, struct request *rq, size_t most,
                            struct invitation_view_list *ret_invitations) MUST_USE;

/* A code about to be sent: drawn in prepare, since an act may run again. */
struct invitation_code_drawn {
    char code[INVITATION_DIGITS + 1];
    unsigned char mac[32];
};
enum error invitation_code_draw(struct invitation_code_drawn *ret_drawn) MUST_USE;

/* What is to be sent, to whom. */
struct invitation_order {
    struct invitee invitee;
    const char *roles; /* codes with a space between, each grantable */
    enum language language;
    const char *organisation; /* name, for the mail */
    bool first;               /* first hour: the mail leaves at night too */
};

/* Writes it, queues K71 and an audit row, inside an act. A second one to the same address takes the
 * place of the first. */
enum error invitation_send(struct db *db, struct request *rq, const struct invitation_order *order,
                           const struct invitation_code_drawn *drawn) MUST_USE;

/* "handläggare, kommunikatör" from codes. In arena. */
const char *roles_in_words(struct arena *arena, enum language language, const char *codes);

extern const struct route invitations_routes[];
extern const struct mail_kind invitation_mail, invitation_first_mail; /* K71 */
extern const struct job_kind invitation_purge_job;
extern const struct register_source invitation_register_source;

#endif
