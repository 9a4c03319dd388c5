/* /setup: the first hour as a list, with what is missing before publishing. */
#include "people/organisations/rules.h"
#include "people/setup/facts.h"
#include "people/setup/steps.h"
#include "platform/base/instant.h"

/* Where a step is done; NULL: outside the program. */
static const char *const addresses[] = {
    [setup_step_machine] = NULL,
    [setup_step_administrators] = "/people",
    [setup_step_about] = "/settings/about",
    [setup_step_language] = "/settings/language",
    [setup_step_responsibility] = "/settings/responsibility",
    [setup_step_statement] = "/accessibility",
    [setup_step_people] = "/people/invite",
};

static const struct {
    unsigned bit;
    const char *text, *address;
} kinds_missing[] = {
    {MISSING_ADMINISTRATORS, "setup.missing.administrators", "/people"},
    {MISSING_CONTROLLER, "setup.missing.controller", "/settings/responsibility"},
    {MISSING_DPO, "setup.missing.dpo", "/settings/responsibility"},
    {MISSING_SENDER, "setup.missing.sender", "/settings/language"},
    {MISSING_STATEMENT, "setup.missing.statement", "/accessibility"},
};

static struct setup_step_view step_view(struct request *rq, enum setup_step step,
                                        const struct setup_facts *facts,
                                        const struct setup_said_row *said) {
    const char *code = choice_code(&setup_step_choices, (int)step);
    const struct setup_minutes minutes = setup_step_minutes(step);
    const enum setup_state state = setup_step_judge(step, facts, setup_said_kind(said));
    struct setup_step_view view = {
        .step = (int)step,
        .title = word(rq->language, arena_format(rq->arena, "setup_step.%s", code)),
        .help = word(rq->language, arena_format(rq->arena, "setup.help.%s", code)),
        .from = minutes.from,
        .until = minutes.until,
        .state = (int)state,
        .due_at = INSTANT_NONE,
        .code = code,
        .is_said = setup_step_is_said(step),
        .tries_mail = step == setup_step_machine || step == setup_step_language,
        .is_statement = step == setup_step_statement,
        .open = state != setup_state_done,
    };
    if (addresses[step] != NULL)
        view.address = url_own(addresses[step]);
    if (state == setup_state_later) {
        view.owner = said->name == NULL ? said->email : said->name;
        view.due_at = said->due_at;
        view.overdue = !deadline_open(said->due_at, rq->now);
    }
    return view;
}

static struct setup_missing_list missing_views(struct request *rq, unsigned missing) {
    const size_t most = sizeof kinds_missing / sizeof kinds_missing[0];
    struct setup_missing *views = ARENA_ARRAY(rq->arena, most, struct setup_missing);
    size_t count = 0;
    for (size_t i = 0; i < most; i++)
        if ((missing & kinds_missing[i].bit) != 0)
            views[count++] = (struct setup_missing){word(rq->language, kinds_missing[i].text),
                                                    url_own(kinds_missing[i].address)};
    return (struct setup_missing_list){views, count};
}

enum error setup_show(struct request *rq, struct reply *rp) {
    struct setup_row row;
    struct setup_said_row_list said;
    TRY(setup_row_find(rq->db, rq->arena, rq->tenant, &row));
    TRY(setup_said_find(rq->db, rq->arena, rq->tenant, &said));
    const struct setup_facts facts = setup_facts_of(&row);
    const size_t count = setup_step_choices.count;
    struct setup_step_view *steps = ARENA_ARRAY(rq->arena, count, struct setup_step_view);
    struct setup_page page = {
        .name = row.name,
        .state = row.state,
        .count = (int64_t)count,
        .steps = {steps, count},
        .missing = missing_views(rq, setup_missing_of(&row)),
    };
    for (size_t i = 0; i < count; i++) {
        const enum setup_step step = (enum setup_step)i;
        steps[i] = step_view(rq, step, &facts, setup_said_of(&said, step));
        page.done += steps[i].state == (int)setup_state_done;
    }
    page.can_open = page.missing.count == 0 && row.state == (int)organisation_state_preparing &&
                    may(rq->visitor, RIGHT_administer, NULL) >= PERMISSION_OWN;
    return reply_view(rq, rp, &page);
}
