#include "commands/database.h"

#include "platform/base/log.h"

enum error database_open(const struct options *options, struct store **ret_store) {
    const struct store_options wanted = {
        .address = option_text(options, "database", "sqlite:radslag.db"),
        .readers = 2,
        .lanes = 1,
        .queue_limit = 100,
    };
    log_threshold(LOG_WARNING_);
    return store_open(&wanted, ret_store);
}
