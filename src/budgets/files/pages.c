/* Files of a public result, for readers to take along. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "budgets/files/files.h"
#include "platform/base/log.h"
#include "platform/base/text.h"

enum { PER_MINUTE = 30 };
#define ROUND_BYTES ((size_t)1 << 30)

static void free_arena(void *arena) {
    arena_free(arena);
}

static enum error write_in(struct request *rq, struct arena *arena,
                           const struct campaign_whole *campaign, const char *name, FILE *file) {
    if (ARENA_RECOVER(arena))
        return ERR_BUSY;
    return round_file_write(rq->db, arena, rq->tenant, campaign, rq->now, name, file);
}

/* Writes it to a temporary file. */
static enum error file_make(struct request *rq, const struct campaign_whole *campaign,
                            const char *name, const char **ret_path) {
    char *path = arena_copy_text(rq->arena, "/tmp/radslag-round-XXXXXX");
    struct arena *arena = arena_new(ROUND_BYTES);
    arena_defer(rq->arena, free_arena, arena);
    const int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w+");
    enum error error = file == NULL ? ERR_UNAVAILABLE : write_in(rq, arena, campaign, name, file);
    if (file != NULL && fclose(file) != 0 && error == ERR_OK)
        error = ERR_UNAVAILABLE;
    if (error == ERR_OK) {
        *ret_path = path;
        return ERR_OK;
    }
    if (descriptor >= 0)
        (void)unlink(path);
    if (error != ERR_NOT_FOUND && error != ERR_FORBIDDEN)
        log_fault("file_make", LOG_TEXT("error", error_name(error)));
    return error;
}

static bool ends(const char *text, const char *end) {
    const size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static const char *type_of(const char *name) {
    return ends(name, ".zip")    ? "application/zip"
           : ends(name, ".csv")  ? "text/csv; charset=utf-8"
           : ends(name, ".json") ? "application/json"
                                 : "text/plain; charset=utf-8";
}

/* GET /budgets/:slug/result/:file — the bundle or a file of it, when the result is public. */
static enum error send_file(struct request *rq, struct reply *rp) {
    struct campaign_whole campaign = {0};
    const char *name = path_text(rq, "file"), *path = NULL;
    if (strcmp(name, "result") == 0) /* ".json" is not in the path */
        name = "result.json";
    TRY(campaign_by_slug(rq->db, rq->arena, rq->tenant, path_text(rq, "slug"), rq->now, &campaign));
    TRY(campaign_admit(rq, &campaign));
    const enum error error = file_make(rq, &campaign, name, &path);
    if (error != ERR_OK)
        return error == ERR_FORBIDDEN ? ERR_NOT_FOUND : error;
    return reply_file(rq, rp, type_of(name), path,
                      arena_format(rq->arena, "%s-%s", campaign.campaign.slug, name), true);
}

const struct route file_routes[] = {
    ROUTE_GET("/budgets/:slug/result/:file", send_file, .right = RIGHT_ANYONE,
              .limits = {.per_minute = PER_MINUTE},
              .doc = "Files of a public result: bundle.zip, result.json, ballots.csv, "
                     "receipts.txt, POT-n.pb."),
    {.path = NULL},
};
