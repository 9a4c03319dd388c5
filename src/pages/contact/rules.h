/* Rules of contact: when an answer is due, the human check, references, what is warned about. */
#ifndef RADSLAG_CONTACT_RULES_H
#define RADSLAG_CONTACT_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/shape.h"

#define CONTACT_SUBJECT(C, T)                                                                      \
    C(T, question, "a question about what one can take part in")                                   \
    C(T, suggestion, "a view or an idea")                                                          \
    C(T, service, "something here that does not work")                                             \
    C(T, accessibility, "something here that cannot be used by everybody (QUA-1)")                 \
    C(T, personal_data, "a question about personal data")
CHOICES(contact_subject, CONTACT_SUBJECT);

#define CONTACT_STATE(C, T)                                                                        \
    C(T, received, "has come in; nobody has taken it")                                             \
    C(T, assigned, "somebody is to answer")                                                        \
    C(T, answered, "the giver has an answer")                                                      \
    C(T, disposed, "destroyed by a disposal decision")
CHOICES(contact_state, CONTACT_STATE);

enum { CONTACT_ANSWER_DAYS = 7, CONTACT_KEPT_YEARS = 2 };

/* Deadline for an answer: the end of the seventh day after the one it came in. */
int64_t contact_due(int64_t received_at);

/* ---- the human check (PUB-8): nobody who writes like a person meets it ---- */

struct contact_signs {
    bool trap_filled; /* the field that people are asked to leave empty */
    int64_t age;      /* µs between the showing and the sending; negative = not known */
    int links;        /* addresses in the text */
};

/* True when the sender must answer a plain question first. */
bool contact_suspicious(const struct contact_signs *signs);

/* Addresses (http, https, www) in a text. */
int contact_links(const char *text);

/* The plain question that goes with a number drawn for the form: which word, and its answer. The
 * question is the sum of two small numbers, written in words. */
struct human_question {
    int a, b; /* 1–6 each */
};
struct human_question human_question(uint64_t drawn);

/* True for "7", " 7 " and the number's word in the given language table (words[0] = zero … 12). */
bool human_answer_right(struct arena *arena, struct human_question question, const char *answer,
                        const char *const words[13]);

/* ---- references ---- */

/* Eight characters that are not mistaken for each other when read aloud, from random bytes:
 * "K7M2-Q4XT". In arena. */
const char *contact_reference(struct arena *arena, const unsigned char bytes[8]);

/* As typed by hand: lower case, without the hyphen, O for 0. NULL when it is none. In arena. */
const char *contact_reference_read(struct arena *arena, const char *typed);

/* True when the text holds something like a Swedish personal number (PUB-10): six or eight digits
 * of a date, perhaps a hyphen, four digits whose last is the right check digit. */
bool contact_has_personal_number(const char *text);

#endif
