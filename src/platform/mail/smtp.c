#include "platform/mail/smtp.h"

#include <curl/curl.h>
#include <strings.h>

#include "platform/base/log.h"

enum { CONNECT_SECONDS = 10, REPLY_SECONDS = 30, WHOLE_SECONDS = 60, CODE_DIGITS = 3 };

struct smtp {
    CURL *easy;
    /* of the mail in hand */
    enum mail_stage stage;
    bool leaving; /* QUIT was said: replies no longer speak of the mail */
    long code;
    const char *at;
    size_t left;
};

/* libcurl says "send error" for a refused recipient as well as for a lost connection: what was said
 * last is heard here. Nothing of it is written anywhere. */
static void hear_command(struct smtp *smtp, const char *line, size_t length) {
    static const struct {
        const char *verb;
        enum mail_stage stage;
    } verbs[] = {{"MAIL ", MAIL_STAGE_SENDER},
                 {"RCPT ", MAIL_STAGE_RECIPIENT},
                 {"DATA", MAIL_STAGE_MESSAGE}};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        const size_t verb = strlen(verbs[i].verb);
        if (length >= verb && strncasecmp(line, verbs[i].verb, verb) == 0) {
            smtp->stage = verbs[i].stage;
            smtp->code = 0; /* a reply belongs to the command before it */
        }
    }
    if (length >= 4 && strncasecmp(line, "QUIT", 4) == 0)
        smtp->leaving = true;
}

static void hear_reply(struct smtp *smtp, const char *line, size_t length) {
    long code = 0;
    if (length < CODE_DIGITS || smtp->leaving)
        return;
    for (size_t i = 0; i < CODE_DIGITS; i++) {
        if (line[i] < '0' || line[i] > '9')
            return;
        code = code * 10 + (line[i] - '0');
    }
    smtp->code = code;
}

static int hear(CURL *easy, curl_infotype type, char *data, size_t size, void *context) {
    (void)easy;
    if (type == CURLINFO_HEADER_OUT)
        hear_command(context, data, size);
    else if (type == CURLINFO_HEADER_IN)
        hear_reply(context, data, size);
    return 0;
}

static size_t read_message(char *into, size_t size, size_t count, void *context) {
    struct smtp *smtp = context;
    const size_t room = size * count;
    const size_t length = smtp->left < room ? smtp->left : room;
    memcpy(into, smtp->at, length);
    smtp->at += length;
    smtp->left -= length;
    return length;
}

static bool set_options(CURL *easy, struct smtp *smtp, const struct smtp_options *options) {
    const long encryption = options->encrypted ? CURLUSESSL_ALL : CURLUSESSL_TRY;
    CURLcode code = curl_easy_setopt(easy, CURLOPT_URL, options->server);
#define SET(option, value)                                                                         \
    if (code == CURLE_OK)                                                                          \
    code = curl_easy_setopt(easy, option, value)
    SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_USE_SSL, encryption);
    SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)REPLY_SECONDS);
    SET(CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_READFUNCTION, read_message);
    SET(CURLOPT_READDATA, smtp);
    SET(CURLOPT_VERBOSE, 1L);
    SET(CURLOPT_DEBUGFUNCTION, hear);
    SET(CURLOPT_DEBUGDATA, smtp);
    if (options->trusted != NULL) {
        SET(CURLOPT_CAINFO, options->trusted);
        SET(CURLOPT_CAPATH, (char *)NULL);
    }
    if (options->user != NULL) {
        SET(CURLOPT_USERNAME, options->user);
        SET(CURLOPT_PASSWORD, options->password);
    }
#undef SET
    return code == CURLE_OK;
}

enum error smtp_new(const struct smtp_options *options, struct smtp **ret_smtp) {
    const bool own_tls = strncmp(options->server, "smtps://", 8) == 0;
    struct smtp_options checked = *options;
    checked.encrypted = options->encrypted || own_tls;
    if (!own_tls && strncmp(options->server, "smtp://", 7) != 0) {
        log_fault("mail_server", LOG_TEXT("why", "want smtp://host:port or smtps://host:port"));
        return ERR_UNAVAILABLE;
    }
    struct smtp *smtp = calloc(1, sizeof *smtp);
    if (smtp != NULL && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        smtp->easy = curl_easy_init();
    if (smtp == NULL || smtp->easy == NULL || !set_options(smtp->easy, smtp, &checked)) {
        smtp_free(smtp);
        return ERR_UNAVAILABLE;
    }
    *ret_smtp = smtp;
    return ERR_OK;
}

void smtp_free(struct smtp *smtp) {
    if (smtp == NULL)
        return;
    curl_easy_cleanup(smtp->easy);
    free(smtp);
}

static CURLcode perform(struct smtp *smtp, const char *from, const char *to) {
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    CURLcode code = recipients == NULL ? CURLE_OUT_OF_MEMORY : CURLE_OK;
    if (code == CURLE_OK)
        code = curl_easy_setopt(smtp->easy, CURLOPT_MAIL_FROM, from);
    if (code == CURLE_OK)
        code = curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, recipients);
    if (code == CURLE_OK)
        code = curl_easy_perform(smtp->easy);
    (void)curl_easy_setopt(smtp->easy, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    return code;
}

enum mail_verdict smtp_send(struct smtp *smtp, const char *from, const char *to,
                            const char *message, long *ret_code) {
    smtp->stage = MAIL_STAGE_GREETING;
    smtp->leaving = false;
    smtp->code = 0;
    smtp->at = message;
    smtp->left = strlen(message);
    const CURLcode code = perform(smtp, from, to);
    *ret_code = smtp->code;
    if (code == CURLE_OK)
        return MAIL_TAKEN;
    const enum mail_verdict verdict = mail_verdict(smtp->stage, smtp->code);
    log_warning("mail_not_taken", LOG_TEXT("curl", curl_easy_strerror(code)),
                LOG_INT("code", smtp->code), LOG_INT("stage", smtp->stage));
    return verdict;
}
