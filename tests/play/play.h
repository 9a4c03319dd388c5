/* Plays: see README.md. */
#ifndef RADSLAG_PLAY_H
#define RADSLAG_PLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "commands/service.h"
#include "platform/base/arena.h"

enum { PLAY_ACTORS = 32, PLAY_COOKIES = 16, PLAY_SAVED = 64, PLAY_WORDS = 64 };

/* A browser: its host and cookies, the page last seen, and the request last sent. */
struct actor {
    const char *name, *host;
    const char *cookies[PLAY_COOKIES][2];
    const char *page; /* body last seen */
    enum method method;
    const char *target, *body;
    bool json;
};

struct play {
    const char *file;
    int line;
    struct arena *arena;
    struct service *service;
    const char *mail_folder;
    struct actor actors[PLAY_ACTORS];
    size_t actor_count;
    const char *saved[PLAY_SAVED][2];
    size_t saved_count;
    struct http_test_reply reply; /* the last one */
    bool has_reply;
    size_t steps;
};

/* One line, already split into words; false with a message on standard error when it fails. */
bool play_step(struct play *play, char *const *words, size_t count);

/* "file:line: …" on standard error; always false. */
bool play_fail(const struct play *play, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- parts ---- */

/* Sends the actor's request and keeps reply, page and cookies. */
bool browser_send(struct play *play, struct actor *actor);

/* Where a form is sent, and the page that it stands on. */
struct form_place {
    const char *target, *page;
    bool forged; /* without the hidden field */
};

/* Body of a form: the hidden field of the page's form, then the play's fields. */
const char *browser_form(struct play *play, struct actor *actor, const struct form_place *place,
                         char *const *fields, size_t count);

/* A header of the last reply, or NULL. */
const char *reply_header_value(struct play *play, const char *name);

/* The newest mail of a kind to an address, decoded, or NULL. Sets {code} and {link}. */
const char *post_find(struct play *play, const char *kind, const char *address);

/* Value of {name}, or NULL. */
const char *play_saved(const struct play *play, const char *name);
void play_save(struct play *play, const char *name, const char *value);

/* `pattern` with at most one '*' against text; what stood there. NULL when it does not fit. */
const char *pattern_match(struct arena *arena, const char *pattern, const char *text, bool whole);

/* The clock of all plays. */
int64_t play_clock(void);
void play_clock_set(int64_t instant);

#endif
