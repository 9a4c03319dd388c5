/* The sender's own: what mailer.c (its life and thread) and sending.c (one round) share. */
#ifndef RADSLAG_MAIL_MAILER_H
#define RADSLAG_MAIL_MAILER_H

#include <pthread.h>

#include "platform/mail/mail.h"
#include "platform/mail/message.h"
#include "platform/mail/smtp.h"

enum { MAIL_ARENA_BYTES = 16 << 20 };

struct mailer {
    struct mail_options options;
    struct smtp *smtp; /* NULL: files in a folder */
    struct arena *kinds_memory;
    struct mail_templates *kinds; /* one per row of mail_kinds */
    size_t kind_count;
    struct arena *arena; /* of the mail in hand */
    struct arena
        *act_arena;    /* of its acts, which run on the lane's thread: no recovery point there */
    bool unheard;      /* the last try found no server: the rest waits */
    int64_t forgot_at; /* when old files were last looked for */
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* of the two below */
    pthread_cond_t changed;
    bool stopping, woken;
};

/* True once mailer_stop was called. */
bool mailer_is_stopping(struct mailer *mailer);

#endif
