#include "platform/mail/tests/sender.h"

#include <stdatomic.h>

struct server *server;

struct mailer *mailer_for(struct store *store, const struct mail_options *more) {
    struct mail_options options = *more;
    struct mailer *mailer;
    options.store = store;
    options.sender = sender_of;
    options.bounced = bounced_note;
    options.clock = hand_clock;
    if (options.server == NULL)
        options.server = server_address(server);
    assert_int_equal(mailer_new(&options, &mailer), ERR_OK);
    return mailer;
}

struct mailer *sender_begin(struct store *store) {
    server = server_new(NULL);
    atomic_store(&hand_now, NOON);
    bounces = 0;
    return mailer_for(store, &(struct mail_options){0});
}

void sender_end(struct mailer *mailer) {
    mailer_stop(mailer);
    server_free(server);
}

size_t run(struct mailer *mailer) {
    size_t sent;
    assert_int_equal(mailer_run_once(mailer, &sent), ERR_OK);
    return sent;
}
