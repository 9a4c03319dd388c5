#include "platform/mail/demo.h"

#include <inttypes.h>
#include <sys/stat.h>

#include "platform/base/instant.h"
#include "platform/mail/blocks.h"
#include "platform/mail/folder.h"
#include "platform/mail/letter.h"

enum { LATEST_MOST = 50 };

/* The one thing that main says and a handler has no other way to know. */
static const char *demo_folder;

void mail_demo_open(const char *folder) {
    demo_folder = folder;
}

#define DEMO_MAIL_ROW(F, T)                                                                        \
    F(T, id, id, , "number of the message")                                                        \
    F(T, text, subject, , "of the message")                                                        \
    F(T, text, to, , "name and address")                                                           \
    F(T, time, at, , "when it would have been sent")
SHAPE(demo_mail_row, DEMO_MAIL_ROW);

#define DEMO_MAIL_LIST(F, T) F(T, list, messages, demo_mail_row, "newest first, at most 50")
SHAPE(demo_mail_list, DEMO_MAIL_LIST);

#define DEMO_MAIL_PAGE(F, T)                                                                       \
    F(T, id, id, , "number of the message")                                                        \
    F(T, text, subject, , "of the message")                                                        \
    F(T, text, from, , "name and address")                                                         \
    F(T, text, to, , "name and address")                                                           \
    F(T, time, at, , "when it would have been sent")                                               \
    F(T, list, blocks, mail_block, "what it says")
SHAPE(demo_mail_page, DEMO_MAIL_PAGE);

static enum error message_read(struct arena *arena, int64_t id, struct letter *ret_letter,
                               int64_t *ret_at) {
    struct stat status;
    const char *message;
    TRY(folder_read(arena, demo_folder, id, &message));
    if (stat(folder_path(arena, demo_folder, id), &status) != 0)
        return ERR_NOT_FOUND;
    TRY(letter_read(arena, message, ret_letter));
    *ret_at = SECONDS(status.st_mtim.tv_sec);
    return ERR_OK;
}

/* GET /demo/mail — the latest messages. */
static enum error show_list(struct request *rq, struct reply *rp) {
    struct demo_mail_list view = {.messages = {.count = 0}};
    int64_t *ids;
    size_t count;
    if (demo_folder == NULL)
        return ERR_NOT_FOUND;
    TRY(folder_latest(rq->arena, demo_folder, LATEST_MOST, &ids, &count));
    view.messages.at = ARENA_ARRAY(rq->arena, count, struct demo_mail_row);
    for (size_t i = 0; i < count; i++) {
        struct letter letter;
        struct demo_mail_row *row = &view.messages.at[view.messages.count];
        if (message_read(rq->arena, ids[i], &letter, &row->at) != ERR_OK)
            continue; /* taken away meanwhile */
        row->id = ids[i];
        row->subject = letter.subject;
        row->to = letter.to;
        view.messages.count++;
    }
    return reply_view(rq, rp, &view);
}

/* What links to our own site begin with in this text: the host that the visitor sees, by http on
 * one's own machine and by https elsewhere. */
static const char *site_in(const struct request *rq, const char *text) {
    const char *header = request_header(rq, "Host");
    const char *host = header == NULL ? rq->host : header;
    const char *open = arena_format(rq->arena, "http://%s", host);
    return strstr(text, open) != NULL ? open : arena_format(rq->arena, "https://%s", host);
}

/* GET /demo/mail/:id — one message, as the text part says it. */
static enum error show_message(struct request *rq, struct reply *rp) {
    struct letter letter;
    int64_t at;
    if (demo_folder == NULL)
        return ERR_NOT_FOUND;
    TRY(message_read(rq->arena, path_id(rq, "id"), &letter, &at));
    const struct demo_mail_page view = {
        .id = path_id(rq, "id"),
        .subject = letter.subject,
        .from = letter.from,
        .to = letter.to,
        .at = at,
        .blocks = mail_blocks(rq->arena, letter.text, site_in(rq, letter.text)),
    };
    return reply_view(rq, rp, &view);
}

/* GET /demo/mail/:id/file — the message as it would have been sent. */
static enum error send_file(struct request *rq, struct reply *rp) {
    const int64_t id = path_id(rq, "id");
    const char *message;
    if (demo_folder == NULL)
        return ERR_NOT_FOUND;
    TRY(folder_read(rq->arena, demo_folder, id, &message));
    return reply_bytes(rq, rp, "message/rfc822", message, strlen(message),
                       arena_format(rq->arena, "%" PRId64 ".eml", id));
}

const struct route mail_demo_routes[] = {
    ROUTE_GET("/demo/mail", show_list, .view = &demo_mail_list_shape,
              .template = "platform/mail/demo_list",
              .doc = "Lists mail that the demonstration keeps instead of sending it."),
    ROUTE_GET("/demo/mail/:id", show_message, .view = &demo_mail_page_shape,
              .template = "platform/mail/demo_message",
              .doc = "Shows one mail of the demonstration."),
    ROUTE_GET("/demo/mail/:id/file", send_file,
              .doc = "Gives one mail of the demonstration as a file."),
    {.path = NULL},
};
