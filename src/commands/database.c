#include "commands/database.h"

#include "ballots/ballots.h"
#include "people/people.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"
#include "platform/view/words.h"

static const char usual[] = "sqlite:radslag.db";

const char *data_folder(struct arena *arena, const char *database) {
    if (!text_begins(database, "sqlite:"))
        return ".";
    const char *path = database + strlen("sqlite:");
    const char *slash = strrchr(path, '/');
    return slash == NULL ? "." : arena_copy_span(arena, path, (size_t)(slash - path));
}

enum error sending_prepare(const struct options *options) {
    struct arena *arena = arena_new(1 << 16);
    const char *folder = data_folder(arena, option_text(options, "database", usual));
    const char *keys = option_text(options, "keys", arena_format(arena, "%s/keys", folder));
    enum error error = words_load(NULL);
    if (error == ERR_OK)
        error = people_start(keys);
    if (error == ERR_OK)
        error = mail_keys_open(keys);
    if (error == ERR_OK)
        error = ballots_start(keys);
    arena_free(arena);
    return error;
}

enum error database_open(const struct options *options, struct store **ret_store) {
    const struct store_options wanted = {
        .address = option_text(options, "database", usual),
        .readers = 2,
        .lanes = 1,
        .queue_limit = 100,
    };
    log_threshold(LOG_WARNING_);
    return store_open(&wanted, ret_store);
}
