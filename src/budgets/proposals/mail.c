#include "budgets/proposals/mail.h"

enum { RING_DAYS = 7 };

const struct mail_kind proposal_received_mail = {
    .id = "K4",
    .name = "proposal_received",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .facts = &proposal_received_facts_shape,
    .template = "budgets/proposals/received.txt",
    .when = "a proposal has come in",
    .to = "proposer",
};

const struct mail_kind proposal_question_mail = {
    .id = "K5",
    .name = "proposal_question",
    .class = MAIL_ALWAYS,
    .facts = &proposal_question_facts_shape,
    .template = "budgets/proposals/question.txt",
    .when = "an officer asks the proposer",
    .to = "proposer",
};

const struct mail_kind proposal_merge_mail = {
    .id = "K5",
    .name = "proposal_merge",
    .class = MAIL_ALWAYS,
    .facts = &proposal_merge_facts_shape,
    .template = "budgets/proposals/merge.txt",
    .when = "an officer proposes that two proposals become one",
    .to = "both proposers",
};

const struct mail_kind proposal_outcome_mail = {
    .id = "K6",
    .name = "proposal_outcome",
    .class = MAIL_ALWAYS,
    .facts = &proposal_outcome_facts_shape,
    .template = "budgets/proposals/outcome.txt",
    .when = "a proposal is assessed; a refusal before it is public",
    .to = "proposer",
};

/* ---- to whom ---- */

static enum error contact_of(struct db *db, struct request *rq, int64_t page,
                             struct proposal_contact *ret_contact) {
    const enum error error = proposal_contact_find(db, rq->arena, rq->tenant, page, ret_contact);
    return error == ERR_NOT_FOUND ? ERR_OK : error;
}

/* With an account the proposer's own page; without one the page where the follow code is typed: a
 * mail that is passed on gives nobody the code. */
static struct url address_for(struct request *rq, const struct proposal_contact *contact) {
    return url_own(contact->account == 0
                       ? "/my-proposal"
                       : arena_format(rq->arena, "/my-proposal/%lld", (long long)contact->page));
}

const char *proposal_ring_cause(struct arena *arena, int64_t page) {
    return arena_format(arena, "proposal:%lld:ring", (long long)page);
}

/* Who cannot be reached by e-mail is to be rung or written to (NOT-3). */
static enum error ring_or_write(struct db *db, struct request *rq,
                                const struct proposal *proposal) {
    return task_add_again(db, rq->tenant,
                          &(struct task){
                              .account = proposal->officer,
                              .role = ROLE_case_officer,
                              .word = "task.ring_proposer",
                              .detail = proposal->title,
                              .address = arena_format(rq->arena, "/proposals/%lld/assessment",
                                                      (long long)proposal->page),
                              .cause = proposal_ring_cause(rq->arena, proposal->page),
                              .page = proposal->page,
                              .due_at = instant_day_start(rq->now, RING_DAYS + 1),
                          },
                          rq->now);
}

struct post {
    const struct mail_kind *kind;
    const struct proposal_contact *contact;
    const char *cause;
    const void *facts;
};

static enum error send(struct db *db, struct request *rq, const struct proposal *proposal,
                       const struct post *post) {
    const struct proposal_contact *contact = post->contact;
    if (contact->page == 0) /* imported: it has no proposer */
        return ERR_OK;
    if (contact->email == NULL)
        return ring_or_write(db, rq, proposal);
    const struct mail_recipient to = {
        .account = contact->account,
        .address = contact->email,
        .name = contact->name,
        .language = language_from_code(contact->language),
    };
    return mail_queue(db, rq->arena, rq->tenant, post->kind, &to, post->cause, rq->now,
                      post->facts);
}

/* ---- what ---- */

enum error proposal_tell_received(struct db *db, struct request *rq,
                                  const struct proposal_receipt *receipt) {
    if (receipt->email == NULL)
        return ERR_OK; /* read out on the telephone, or printed */
    const struct mail_recipient to = {
        .account = receipt->account, .address = receipt->email, .language = receipt->language};
    const struct proposal_received_facts facts = {
        .campaign = receipt->campaign,
        .title = receipt->title,
        .number = receipt->number,
        .code = receipt->code,
        .address = url_own(arena_format(rq->arena, "/my-proposal/%s", receipt->code)),
        .assessed_at = receipt->assessed_at,
    };
    return mail_queue(db, rq->arena, rq->tenant, &proposal_received_mail, &to,
                      arena_format(rq->arena, "proposal:%lld", (long long)receipt->page), rq->now,
                      &facts);
}

enum error proposal_tell_question(struct db *db, struct request *rq,
                                  const struct proposal *proposal, const char *question) {
    struct proposal_contact contact = {0};
    TRY(contact_of(db, rq, proposal->page, &contact));
    const struct proposal_question_facts facts = {
        .title = proposal->title,
        .number = proposal->number,
        .question = question,
        .officer = rq->visitor->name,
        .address = address_for(rq, &contact),
    };
    return send(
        db, rq, proposal,
        &(struct post){&proposal_question_mail, &contact,
                       arena_format(rq->arena, "proposal:%lld:question:%lld",
                                    (long long)proposal->page, (long long)proposal->revision),
                       &facts});
}

enum error proposal_tell_merge(struct db *db, struct request *rq, const struct proposal *proposal,
                               const struct proposal *other, bool stays, const char *reason) {
    struct proposal_contact contact = {0};
    TRY(contact_of(db, rq, proposal->page, &contact));
    const struct proposal_merge_facts facts = {
        .title = proposal->title,
        .number = proposal->number,
        .other = other->title,
        .stays = stays,
        .reason = reason,
        .address = address_for(rq, &contact),
    };
    return send(db, rq, proposal,
                &(struct post){&proposal_merge_mail, &contact,
                               arena_format(rq->arena, "proposal:%lld:merge:%lld:%lld",
                                            (long long)proposal->page, (long long)other->page,
                                            (long long)proposal->revision),
                               &facts});
}

enum error proposal_tell_outcome(struct db *db, struct request *rq, const struct proposal *proposal,
                                 enum proposal_state outcome, const char *reason) {
    struct proposal_contact contact = {0};
    TRY(contact_of(db, rq, proposal->page, &contact));
    const struct proposal_outcome_facts facts = {
        .title = proposal->title,
        .number = proposal->number,
        .admitted = outcome == proposal_state_admitted,
        .reason = reason != NULL && reason[0] != '\0' ? reason : NULL,
        .address = address_for(rq, &contact),
    };
    return send(
        db, rq, proposal,
        &(struct post){&proposal_outcome_mail, &contact,
                       arena_format(rq->arena, "proposal:%lld:outcome:%lld",
                                    (long long)proposal->page, (long long)proposal->revision),
                       &facts});
}
