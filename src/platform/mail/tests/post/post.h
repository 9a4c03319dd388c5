/* Kinds of mail that the tests of this room send, and the people they go to. */
#ifndef RADSLAG_MAIL_TESTS_POST_H
#define RADSLAG_MAIL_TESTS_POST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/db/test_store.h"
#include "platform/mail/mail.h"

#define NOON INT64_C(1781000000000000) /* 9 June 2026, 12.13 in Sweden */
enum { TENANT = 7 };

#define NOTE_VIEW(F, T) F(T, text, text, , "something chosen")
SHAPE(note_view, NOTE_VIEW);

#define RECEIPT_FACTS(F, T)                                                                        \
    F(T, text, name, , "of the person")                                                            \
    F(T, text, event, , "what it is about")                                                        \
    F(T, time, starts_at, , "when it begins")                                                      \
    F(T, text, reference, , "of the receipt")                                                      \
    F(T, url, link, , "where it is changed")                                                       \
    F(T, list, notes, note_view, "what was chosen")
SHAPE(receipt_facts, RECEIPT_FACTS);

#define CODE_FACTS(F, T) F(T, text, code, , "to be typed")
SHAPE(code_facts, CODE_FACTS);

#define NEWS_FACTS(F, T)                                                                           \
    F(T, text, title, , "of the page")                                                             \
    F(T, url, leave, , "where it is stopped")
SHAPE(news_facts, NEWS_FACTS);

/* Always, by day. Chosen, by day. At once, forgets, useless after fifteen minutes. */
extern const struct mail_kind receipt_kind, news_kind, code_kind;

/* One receipt with everything in it. */
extern const struct receipt_facts receipt_example;

extern const struct mail_sender post_sender;

/* Loads the words; cmocka's group set-up. */
int post_begin(void **state);

/* Queues one mail as an act of its own; fails the test unless it gives `expected`. */
void queue(struct store *store, const struct mail_kind *kind, const char *address,
           const char *cause, int64_t now, const void *facts);

/* The sender hook: post_sender for TENANT, ERR_NOT_FOUND for others. */
enum error sender_of(struct db *db, struct arena *arena, int64_t tenant,
                     struct mail_sender *ret_sender);

/* The bounced hook counts here; the account and kind of the last. */
extern int bounces;
extern int64_t bounced_account;
enum error bounced_note(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                        const char *kind, int64_t now);

/* A clock moved by hand. */
extern _Atomic int64_t hand_now;
int64_t hand_clock(void);

/* Rows of the outbox in a state. */
int64_t rows_in(struct store *store, const char *state);

#endif
