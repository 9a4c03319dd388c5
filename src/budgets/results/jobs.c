/* What follows when a result is public, and when it is decided. The page itself is public by the
 * clock; these jobs open the counted ballots and tell people, in portions. */
#include <sodium.h>
#include <stdlib.h>

#include "budgets/proposals/proposals.h"
#include "budgets/results/jobs.h"
#include "budgets/results/results.h"
#include "pages/follow/follow.h"
#include "platform/base/text.h"

enum { PORTION = 40 };

const struct mail_kind result_public_mail = {
    .id = "K11",
    .name = "result_public",
    .class = MAIL_ALWAYS,
    .facts = &result_mail_facts_shape,
    .template = "budgets/results/result_public.txt",
    .when = "the result of a round is public",
    .to = "proposers of what was voted on",
};

const struct mail_kind decision_mail = {
    .id = "K12",
    .name = "decision",
    .class = MAIL_ALWAYS,
    .facts = &decision_mail_facts_shape,
    .template = "budgets/results/decision.txt",
    .when = "a body has decided about the result of a round",
    .to = "proposers of what was voted on",
};

struct telling {
    struct job_context *context;
    struct request rq; /* of the system: acts want one */
    struct visitor nobody;
    struct campaign_whole campaign;
    struct result_head head;
    struct result_line_list lines;
    struct decision decision; /* of K12 */
    const char *address;
    size_t from; /* line that the portion begins with */
};

/* ---- one mail ---- */

static enum error tell_one(struct telling *telling, struct db *db, const struct result_line *line) {
    struct request *rq = &telling->rq;
    struct proposal_contact contact = {0};
    const enum error error = proposal_contact_find(db, rq->arena, rq->tenant, line->page, &contact);
    if (error == ERR_NOT_FOUND || (error == ERR_OK && contact.email == NULL))
        return ERR_OK; /* imported, or reached otherwise: the page tells */
    TRY(error);
    const struct mail_recipient to = {
        .account = contact.account,
        .address = contact.email,
        .name = contact.name,
        .language = language_from_code(contact.language),
    };
    const bool is_decided = telling->head.state == result_state_decided;
    const struct result_mail_facts result = {
        telling->campaign.campaign.title, line->title, line->votes, line->place, line->selected,
        url_own(telling->address)};
    const struct decision_mail_facts decided = {
        .round = telling->campaign.campaign.title,
        .title = line->title,
        .decided = line->decided,
        .body = telling->decision.body,
        .decided_on = telling->decision.decided_on,
        .item = telling->decision.item,
        .wording = telling->decision.wording,
        .departure = line->decided != line->selected ? telling->head.departure : NULL,
        .address = url_own(telling->address),
    };
    return mail_queue(
        db, rq->arena, rq->tenant, is_decided ? &decision_mail : &result_public_mail, &to,
        arena_format(rq->arena, "result:%lld:%lld:%lld", (long long)telling->campaign.campaign.page,
                     (long long)telling->head.version, (long long)line->page),
        rq->now, is_decided ? (const void *)&decided : (const void *)&result);
}

static enum error tell_portion(void *context, struct db *db) {
    struct telling *telling = context;
    for (size_t i = telling->from; i < telling->lines.count && i < telling->from + PORTION; i++)
        if (telling->lines.at[i].page != 0)
            TRY(tell_one(telling, db, &telling->lines.at[i]));
    return ERR_OK;
}

/* ---- the jobs ---- */

/* Once: the ballots are opened, and followers of the round hear of it in their own time (NOT-2). */
static enum error publish_ballots(void *context, struct db *db) {
    struct telling *telling = context;
    struct request *rq = &telling->rq;
    struct poll poll = {0};
    struct page page = {0};
    TRY(poll_find(db, rq->arena, rq->tenant, telling->campaign.poll.id, &poll));
    if (poll.state != poll_state_sealed)
        return ERR_OK;
    TRY(page_find(db, rq->arena, rq->tenant, telling->campaign.campaign.page, &page));
    if (page.state == page_state_published)
        TRY(follow_tell(db, rq, &page, page_news_changed));
    return poll_publish(db, rq, poll.id);
}

/* Reads what the key names: "campaign:version". ERR_NOT_FOUND when it is not public (any more). */
static enum error telling_fill(struct telling *telling, struct job_context *context,
                               const struct job *job) {
    char *end = NULL;
    const int64_t page = strtoll(job->key, &end, 10);
    if (*end != ':')
        return ERR_FAULT;
    const int64_t version = strtoll(end + 1, NULL, 10);
    telling->context = context;
    telling->rq = (struct request){
        .tenant = job->tenant,
        .now = context->now,
        .arena = context->arena,
        .visitor = &telling->nobody,
    };
    randombytes_buf(telling->rq.seed, sizeof telling->rq.seed);
    TRY(campaign_find(context->db, context->arena, job->tenant, page, context->now,
                      &telling->campaign));
    TRY(result_public(context->db, context->arena, job->tenant, page, context->now,
                      &telling->head));
    if (telling->head.version != version)
        return ERR_NOT_FOUND;
    telling->address = result_part(context->arena, &telling->campaign.campaign, "result");
    return result_lines_find(context->db, context->arena, job->tenant, page, version,
                             &telling->lines);
}

static enum error run_telling(struct telling *telling) {
    for (; telling->from < telling->lines.count; telling->from += PORTION)
        TRY(store_act(telling->context->store, tell_portion, telling));
    return ERR_OK;
}

static enum error publish_run(struct job_context *context, const struct job *job) {
    struct telling *telling = ARENA_NEW(context->arena, struct telling);
    const enum error error = telling_fill(telling, context, job);
    if (error != ERR_OK)
        return error == ERR_NOT_FOUND ? ERR_OK : error; /* counted again meanwhile */
    TRY(store_act(context->store, publish_ballots, telling));
    return telling->head.state == result_state_recommended ? run_telling(telling) : ERR_OK;
}

static enum error decided_run(struct job_context *context, const struct job *job) {
    struct telling *telling = ARENA_NEW(context->arena, struct telling);
    TRY(telling_fill(telling, context, job));
    if (telling->head.state != result_state_decided)
        return ERR_OK;
    TRY(decision_by_id(context->db, context->arena, job->tenant, telling->head.decision,
                       &telling->decision));
    return run_telling(telling);
}

const struct job_kind result_publish_job = {
    .name = "results.publish",
    .run = publish_run,
    .doc = "at the set minute: opens the counted ballots, tells proposers and followers",
};

const struct job_kind result_decided_job = {
    .name = "results.decided",
    .run = decided_run,
    .doc = "tells proposers and followers what the body decided",
};
