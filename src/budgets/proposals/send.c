/* Handing in: the answers become a proposal, with follow code, receipt and mail. */
#include <string.h>

#include "budgets/proposals/mail.h"
#include "budgets/proposals/propose.h"
#include "people/organisations/organisations.h"

/* "Tjärnen, vid bron": the round's place first, so that lists can be narrowed to it. */
static const char *place_of(struct arena *arena, const struct propose_form *form) {
    if (form->area == NULL || strncmp(form->place, form->area, strlen(form->area)) == 0)
        return form->place;
    return arena_format(arena, "%s, %s", form->area, form->place);
}

static enum proposal_channel channel_of(const struct propose_round *round,
                                        const struct propose_form *form) {
    if (!round->enters)
        return proposal_channel_web;
    return form->channel == entered_channel_telephone ? proposal_channel_telephone
                                                      : proposal_channel_paper;
}

static struct proposal_given given_of(struct request *rq, const struct propose_round *round,
                                      const struct propose_form *form) {
    const bool is_association = form->proposer_kind == proposer_kind_association;
    const struct proposer_name name = {
        .kind = (enum proposer_kind)form->proposer_kind,
        .name = form->name,
        .association = form->association,
        .may_be_shown = form->show_name,
        .is_child = form->is_child,
    };
    return (struct proposal_given){
        .campaign = round->campaign.campaign.page,
        .pot = strtoll(form->pot, NULL, 10),
        .account = round->enters ? 0 : rq->visitor->account,
        .language = round->enters ? LANGUAGE_SV : rq->language,
        .title = form->title,
        .lead = form->lead,
        .body = form->body,
        .place = place_of(rq->arena, form),
        .wished = form->wished,
        .kind = name.kind,
        .shown = proposer_shown(&name),
        .channel = channel_of(round, form),
        .received_at = round->enters && form->received_on != INSTANT_NONE &&
                               civil_days_between(form->received_on, rq->now) > 0
                           ? form->received_on
                           : rq->now,
        .name = form->name,
        .email = round->enters ? form->email : rq->visitor->email,
        .phone = form->phone,
        .organisation_no =
            is_association ? organisation_number_read(rq->arena, form->organisation_no) : NULL,
        .adult = form->is_child ? form->adult : NULL,
        .code = proposal_code_draw(rq),
    };
}

enum error propose_send(struct request *rq, struct db *db, const struct propose_round *round,
                        const struct propose_form *form) {
    const struct proposal_given given = given_of(rq, round, form);
    const struct campaign_date *assessment =
        campaign_date_of(&round->campaign, campaign_step_assessment);
    int64_t page = 0, number = 0;
    TRY(proposal_add(db, rq, &given, &page, &number));
    TRY(proposal_tell_received(
        db, rq,
        &(struct proposal_receipt){
            .campaign = round->campaign.campaign.title,
            .title = given.title,
            .code = given.code,
            .page = page,
            .number = number,
            .assessed_at = assessment == NULL ? INSTANT_NONE : assessment->ends_at,
            .account = given.account,
            .email = given.email,
            .language = given.language,
        }));
    rq->outcome =
        (struct outcome){201, arena_format(rq->arena, "/my-proposal/%s?receipt", given.code), NULL};
    return ERR_OK;
}
