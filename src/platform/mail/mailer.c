/* The sender's life: templates, password, folder or server, and the thread that looks once a
 * second. */
#include "platform/mail/mailer.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/mail/folder.h"

enum {
    KINDS_ARENA_BYTES = 64 << 20,
    PASSWORD_BYTES = 256,
    PATH_BYTES = 4096,
    TICK_SECONDS = 1,
    SILENCE_SECONDS_MOST = 300 /* between two tries of a server that does not answer */
};

/* ---- setting up ---- */

static enum error bind_kinds(struct mailer *mailer) {
    size_t count = 0;
    while (mail_kinds[count] != NULL)
        count++;
    mailer->kinds = ARENA_ARRAY(mailer->kinds_memory, count, struct mail_templates);
    for (size_t i = 0; i < count; i++)
        TRY(mail_bind(mailer->kinds_memory, mail_kinds[i], &mailer->kinds[i]));
    mailer->kind_count = count;
    return ERR_OK;
}

static enum error password_fault(const char *why) {
    log_fault("mail_password", LOG_TEXT("file", "smtp.password"), LOG_TEXT("why", why));
    return ERR_UNAVAILABLE;
}

/* First line of keys/smtp.password, which nobody else may read. */
static enum error password_read(const char *keys, char ret_password[PASSWORD_BYTES]) {
    char path[PATH_BYTES];
    struct stat status;
    const int length = keys == NULL ? -1 : snprintf(path, sizeof path, "%s/smtp.password", keys);
    if (length < 0 || length >= PATH_BYTES)
        return password_fault("no key folder");
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return password_fault("cannot be opened");
    const bool own = fstat(file, &status) == 0 && (status.st_mode & 077) == 0;
    const ssize_t count = read(file, ret_password, PASSWORD_BYTES - 1);
    (void)close(file);
    if (!own)
        return password_fault("others may read it: chmod 600");
    if (count <= 0)
        return password_fault("is empty");
    ret_password[count] = '\0';
    ret_password[strcspn(ret_password, "\r\n")] = '\0';
    return ERR_OK;
}

static enum error server_open(struct mailer *mailer) {
    const struct mail_options *options = &mailer->options;
    char password[PASSWORD_BYTES] = "";
    if (options->server == NULL)
        return folder_open(options->folder);
    if (options->user != NULL)
        TRY(password_read(options->keys, password));
    const struct smtp_options smtp = {options->server, options->user, password, options->encrypted,
                                      options->trusted};
    const enum error error = smtp_new(&smtp, &mailer->smtp);
    explicit_bzero(password, sizeof password);
    return error;
}

static void mailer_free(struct mailer *mailer) {
    smtp_free(mailer->smtp);
    arena_free(mailer->arena);
    arena_free(mailer->act_arena);
    arena_free(mailer->kinds_memory);
    (void)pthread_cond_destroy(&mailer->changed);
    (void)pthread_mutex_destroy(&mailer->lock);
    free(mailer);
}

enum error mailer_new(const struct mail_options *options, struct mailer **ret_mailer) {
    struct mailer *mailer = calloc(1, sizeof *mailer);
    pthread_condattr_t attributes;
    if (mailer == NULL)
        return ERR_UNAVAILABLE;
    mailer->options = *options;
    mailer->arena = arena_new(MAIL_ARENA_BYTES);
    mailer->act_arena = arena_new(MAIL_ARENA_BYTES);
    mailer->kinds_memory = arena_new(KINDS_ARENA_BYTES);
    (void)pthread_mutex_init(&mailer->lock, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&mailer->changed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    enum error error = bind_kinds(mailer);
    if (error == ERR_OK)
        error = server_open(mailer);
    if (error == ERR_OK)
        *ret_mailer = mailer;
    else
        mailer_free(mailer);
    return error;
}

/* ---- the thread ---- */

bool mailer_is_stopping(struct mailer *mailer) {
    (void)pthread_mutex_lock(&mailer->lock);
    const bool stopping = mailer->stopping;
    (void)pthread_mutex_unlock(&mailer->lock);
    return stopping;
}

/* Waits, until woken or told to stop; true while there is more to do. A server that does not answer
 * is not asked sooner because something was queued. */
static bool mailer_wait(struct mailer *mailer, int seconds) {
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    (void)pthread_mutex_lock(&mailer->lock);
    while (!mailer->stopping && !(mailer->woken && !mailer->unheard)) {
        if (pthread_cond_timedwait(&mailer->changed, &mailer->lock, &until) == ETIMEDOUT)
            break;
    }
    mailer->woken = false;
    const bool more = !mailer->stopping;
    (void)pthread_mutex_unlock(&mailer->lock);
    return more;
}

static void *mailer_thread(void *context) {
    struct mailer *mailer = context;
    int seconds = TICK_SECONDS;
    do {
        size_t sent;
        const enum error error = mailer_run_once(mailer, &sent);
        if (error != ERR_OK)
            log_warning("mail_round", LOG_TEXT("error", error_name(error)));
        if (error == ERR_OK && !mailer->unheard)
            seconds = TICK_SECONDS;
        else
            seconds = seconds * 2 < SILENCE_SECONDS_MOST ? seconds * 2 : SILENCE_SECONDS_MOST;
    } while (mailer_wait(mailer, seconds));
    return NULL;
}

enum error mailer_start(struct mailer *mailer) {
    if (pthread_create(&mailer->thread, NULL, mailer_thread, mailer) != 0)
        return ERR_UNAVAILABLE;
    mailer->started = true;
    return ERR_OK;
}

void mailer_wake(struct mailer *mailer) {
    (void)pthread_mutex_lock(&mailer->lock);
    mailer->woken = true;
    (void)pthread_cond_signal(&mailer->changed);
    (void)pthread_mutex_unlock(&mailer->lock);
}

void mailer_stop(struct mailer *mailer) {
    if (mailer == NULL)
        return;
    (void)pthread_mutex_lock(&mailer->lock);
    mailer->stopping = true;
    (void)pthread_cond_signal(&mailer->changed);
    (void)pthread_mutex_unlock(&mailer->lock);
    if (mailer->started)
        (void)pthread_join(mailer->thread, NULL);
    mailer_free(mailer);
}
