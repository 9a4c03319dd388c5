/* K75: a mail to try the sender with. */
#include "people/setup/setup.h"
#include "people/setup/steps.h"

#define SENDER_TEST_FACTS(F, T)                                                                    \
    F(T, text, organisation, , "whose mail is tried")                                              \
    F(T, text, page, , "the check list: path")
SHAPE(sender_test_facts, SENDER_TEST_FACTS);

const struct mail_kind sender_test_mail = {
    .id = "K75",
    .name = "sender_test",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .facts = &sender_test_facts_shape,
    .template = "people/setup/sender_test.txt",
    .when = "an administrator tries the sender",
    .to = "the administrator",
};

enum error mail_try(struct request *rq, struct db *db) {
    struct organisation organisation;
    TRY(organisation_of(rq, &organisation));
    const struct sender_test_facts facts = {organisation.name, "/setup"};
    const struct mail_recipient to = {rq->visitor->account, rq->visitor->email, rq->visitor->name,
                                      rq->language};
    rq->outcome = (struct outcome){200, "/setup", "setup.mail_on_its_way"};
    return mail_queue(db, rq->arena, rq->tenant, &sender_test_mail, &to,
                      arena_format(rq->arena, "sender_test:%lld", (long long)rq->now), rq->now,
                      &facts);
}
