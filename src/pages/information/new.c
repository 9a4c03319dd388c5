/* /pages/new: a new page in steps that save themselves: title → text → owner → check. */
#include <string.h>

#include "pages/information/information.h"

static const struct draft_step steps[] = {
    {"title", (const char *const[]){"title", "lead", NULL}},
    {"text", (const char *const[]){"body", NULL}},
    {"owner", (const char *const[]){"language", "variant", "page_owner", "substitute", NULL}},
};
static const struct draft_kind new_page = {
    .name = "new_page",
    .form = &new_page_form_form,
    .steps = steps,
    .step_count = sizeof steps / sizeof steps[0],
    .address = "/pages/new",
};

/* ---- what a draft holds ---- */

static struct input kept_of(struct request *rq, const struct draft *draft) {
    struct input kept = {0};
    if (input_from_json(rq->arena, draft->fields, strlen(draft->fields), &kept) != ERR_OK)
        return (struct input){0};
    return kept;
}

static const char *step_address(struct request *rq, int64_t draft, int step) {
    const char *name = (size_t)step < new_page.step_count ? steps[step].name : DRAFT_CHECK;
    return arena_format(rq->arena, "%s/%lld/%s", new_page.address, (long long)draft, name);
}

/* The page that the new one becomes a variant of; 0 = it stands for itself. */
static enum error find_original(struct db *db, struct request *rq, int64_t id,
                                struct page *ret_page) {
    struct page page = {0};
    if (id == 0)
        return ERR_OK;
    TRY(page_find(db, rq->arena, rq->tenant, id, &page));
    if (!page_permit(rq->visitor, rq->tenant, &page).sees || page.translation_of != 0)
        return ERR_NOT_FOUND;
    *ret_page = page;
    return ERR_OK;
}

/* ---- GET /pages/new ---- */

static void begun_fill(struct request *rq, const struct draft_list *drafts,
                       struct begun_page_view_list *ret_begun) {
    struct begun_page_view *at = ARENA_ARRAY(rq->arena, drafts->count + 1, struct begun_page_view);
    for (size_t i = 0; i < drafts->count; i++) {
        const struct draft *draft = &drafts->at[i];
        const struct input kept = kept_of(rq, draft);
        at[i] = (struct begun_page_view){
            .id = draft->id,
            .title = input_value(&kept, "title"),
            .address = url_own(step_address(rq, draft->id, (int)draft->step)),
            .updated_at = draft->updated_at,
            .ends_at = draft->ends_at,
        };
    }
    *ret_begun = (struct begun_page_view_list){at, drafts->count};
}

static enum error show_new(struct request *rq, struct reply *rp) {
    struct page original = {0};
    struct draft_list drafts = {0};
    TRY(find_original(rq->db, rq, query_int(rq, "of", 0), &original));
    TRY(draft_list_own(rq->db, rq, &new_page, &drafts));
    struct new_page_view view = {
        .step = new_page_step_title,
        .action = url_own(original.id == 0 ? new_page.address
                                           : arena_format(rq->arena, "%s?of=%lld", new_page.address,
                                                          (long long)original.id)),
        .translation_of = original.id,
        .original_title = original.title,
    };
    begun_fill(rq, &drafts, &view.begun);
    return reply_view(rq, rp, &view);
}

/* ---- GET /pages/new/:draft/:step ---- */

static enum error find_draft(struct db *db, struct request *rq, struct draft *ret_draft,
                             int *ret_step) {
    const int step = draft_step_find(&new_page, path_text(rq, "step"));
    if (step < 0)
        return ERR_NOT_FOUND;
    TRY(draft_find(db, rq, &new_page, path_id(rq, "draft"), ret_draft));
    *ret_step = step;
    return ERR_OK;
}

/* What was kept, as the form's values; language and owner begin with the visitor's own. */
static const struct new_page_form *values_of(struct request *rq, const struct input *kept) {
    struct new_page_form *values = ARENA_NEW(rq->arena, struct new_page_form);
    struct form_errors unsaid = {0};
    form_read(&new_page_form_form, rq->arena, kept, values, &unsaid);
    if (values->language == NULL)
        values->language = language_code(rq->language);
    if (values->page_owner == NULL)
        values->page_owner = arena_format(rq->arena, "%lld", (long long)rq->visitor->account);
    return values;
}

/* A question that was not asked has no answer. */
static void leave_out(struct draft_answer_view_list *answers, const char *name) {
    size_t kept = 0;
    for (size_t i = 0; i < answers->count; i++)
        if (strcmp(answers->at[i].name, name) != 0)
            answers->at[kept++] = answers->at[i];
    answers->count = kept;
}

static enum error show_step(struct request *rq, struct reply *rp) {
    struct draft draft = {0};
    struct page original = {0};
    int step = 0;
    TRY(find_draft(rq->db, rq, &draft, &step));
    TRY(find_original(rq->db, rq, draft.subject, &original));
    const struct input kept = kept_of(rq, &draft);
    struct draft_view line;
    draft_view_fill(rq, &new_page, &draft, step, &line);
    struct new_page_view view = {
        .draft = &line,
        .step = step,
        .action = url_own(step_address(rq, draft.id, step)),
        .back = {step == 0 ? NULL : step_address(rq, draft.id, step - 1)},
        .translation_of = original.id,
        .original_title = original.title,
    };
    if (step >= new_page_step_owner)
        TRY(information_options(rq->db, rq, &rq->options));
    if (step == new_page_step_check) {
        draft_answers(rq, &new_page, &draft, rq->options, &view.answers);
        if (original.id == 0)
            leave_out(&view.answers, "variant");
    }
    rq->values = values_of(rq, &kept);
    return reply_view(rq, rp, &view);
}

/* ---- saving a page of the form ---- */

enum direction { DIRECTION_ON, DIRECTION_BACK, DIRECTION_LEAVE };

static enum direction direction_of(const struct request *rq) {
    const char *go = input_value(&rq->input, "go");
    if (go != NULL && strcmp(go, "back") == 0)
        return DIRECTION_BACK;
    return go != NULL && strcmp(go, "leave") == 0 ? DIRECTION_LEAVE : DIRECTION_ON;
}

/* Codes among those offered; people may leave, languages may be taken away. */
static void check_options(struct request *rq, const struct form_options *options,
                          const struct new_page_form *form, struct form_errors *errors) {
    const struct {
        const char *field, *code;
    } chosen[] = {{"language", form->language},
                  {"page_owner", form->page_owner},
                  {"substitute", form->substitute}};
    for (size_t i = 0; i < sizeof chosen / sizeof chosen[0]; i++)
        if (chosen[i].code != NULL && !option_offered(options, chosen[i].field, chosen[i].code))
            form_refuse(rq->arena, errors, &new_page_form_form, chosen[i].field,
                        "field.not_offered");
}

/* Going on wants the page filled in; going back or away keeps it as it is. */
static enum error judge_step(struct request *rq, struct db *db, int step,
                             const struct input *merged) {
    struct new_page_form form = {0};
    struct form_errors errors = {0};
    const struct form_options *options = NULL;
    if (direction_of(rq) != DIRECTION_ON)
        return ERR_OK;
    form_read(&new_page_form_form, rq->arena, merged, &form, &errors);
    if (step == new_page_step_owner) {
        TRY(information_options(db, rq, &options));
        check_options(rq, options, &form, &errors);
    }
    rq->errors = draft_errors_of(rq->arena, &new_page, step, &errors);
    return rq->errors.count == 0 ? ERR_OK : ERR_INVALID;
}

static void lead_on(struct request *rq, int64_t draft, int step) {
    switch (direction_of(rq)) {
    case DIRECTION_ON:
        rq->outcome = (struct outcome){200, step_address(rq, draft, step + 1), NULL};
        break;
    case DIRECTION_BACK:
        rq->outcome = (struct outcome){200, step_address(rq, draft, step > 0 ? step - 1 : 0), NULL};
        break;
    case DIRECTION_LEAVE:
        rq->outcome = (struct outcome){200, "/pages", "draft.kept"};
        break;
    }
}

static enum error begin_act(struct request *rq, struct db *db) {
    const struct input nothing = {0};
    struct page original = {0};
    int64_t id = 0;
    TRY(find_original(db, rq, query_int(rq, "of", 0), &original));
    const struct input merged = draft_merge(rq->arena, &new_page, 0, &rq->input, &nothing);
    TRY(judge_step(rq, db, 0, &merged));
    TRY(draft_add(db, rq, &new_page, original.id, 0,
                  draft_to_json(rq->arena, new_page.form, &merged), NULL, &id));
    lead_on(rq, id, 0);
    return ERR_OK;
}

/* ---- handing in ---- */

static struct page page_of(const struct request *rq, const struct draft *draft,
                           const struct new_page_form *form) {
    const bool stands_alone = draft->subject == 0;
    return (struct page){
        .kind = information_kind.code,
        .language = form->language,
        .variant = stands_alone                            ? page_variant_original
                   : form->variant > page_variant_original ? form->variant
                                                           : page_variant_translation,
        .translation_of = draft->subject,
        .title = form->title,
        .author = rq->visitor->account,
        .page_owner = strtoll(form->page_owner, NULL, 10),
        .substitute = form->substitute == NULL ? 0 : strtoll(form->substitute, NULL, 10),
    };
}

static enum error hand_in(struct request *rq, struct db *db, const struct draft *draft,
                          const struct new_page_form *form) {
    const struct page page = page_of(rq, draft, form);
    const struct page_text text = {form->title, form->lead, form->body};
    struct page made = {0};
    int64_t id = 0;
    const enum error error = page_add(db, rq, &page, &text, &id);
    if (error == ERR_CONFLICT) {
        form_refuse(rq->arena, &rq->errors, &new_page_form_form, NULL, "pages.variant_exists");
        return ERR_INVALID;
    }
    TRY(error);
    TRY(draft_remove(db, rq, &new_page, draft->id));
    TRY(page_find(db, rq->arena, rq->tenant, id, &made));
    rq->outcome = (struct outcome){201, page_address(rq->arena, &made).address, "pages.made"};
    return ERR_OK;
}

static enum error check_act(struct request *rq, struct db *db, const struct draft *draft) {
    const struct input kept = kept_of(rq, draft);
    struct new_page_form form = {0};
    struct form_errors errors = {0};
    const struct form_options *options = NULL;
    if (direction_of(rq) != DIRECTION_ON) {
        lead_on(rq, draft->id, new_page_step_check);
        return ERR_OK;
    }
    form_read(&new_page_form_form, rq->arena, &kept, &form, &errors);
    TRY(information_options(db, rq, &options));
    check_options(rq, options, &form, &errors);
    const int wrong = draft_first_wrong(&new_page, &errors);
    if (wrong >= 0) {
        rq->outcome =
            (struct outcome){200, step_address(rq, draft->id, wrong), "draft.not_filled_in"};
        return ERR_OK;
    }
    return hand_in(rq, db, draft, &form);
}

static enum error step_act(struct request *rq, struct db *db) {
    struct draft draft = {0};
    int step = 0;
    TRY(find_draft(db, rq, &draft, &step));
    if (step == new_page_step_check)
        return check_act(rq, db, &draft);
    const struct input kept = kept_of(rq, &draft);
    const struct input merged = draft_merge(rq->arena, &new_page, step, &rq->input, &kept);
    TRY(judge_step(rq, db, step, &merged));
    TRY(draft_put(db, rq, &new_page, draft.id, step,
                  draft_to_json(rq->arena, new_page.form, &merged)));
    lead_on(rq, draft.id, step);
    return ERR_OK;
}

static enum error discard_act(struct request *rq, struct db *db) {
    rq->outcome = (struct outcome){200, "/pages", "draft.discarded"};
    return draft_remove(db, rq, &new_page, path_id(rq, "draft"));
}

const struct route information_new_routes[] = {
    ROUTE_GET("/pages/new", show_new, .right = RIGHT_publish, .form = &new_page_form_form,
              .view = &new_page_view_shape, .template = "pages/information/new",
              .doc = "Begins a new information page, or a variant of the page ?of."),
    ROUTE_POST("/pages/new", begin_act, .right = RIGHT_publish, .limits = {.body = 256 << 10},
               .doc = "Saves the first step as a draft; go=leave to stop here."),
    ROUTE_GET("/pages/new/:draft/:step", show_step, .right = RIGHT_publish,
              .form = &new_page_form_form, .view = &new_page_view_shape,
              .template = "pages/information/new",
              .doc = "One step of a new page (title, text, owner), or all answers (check)."),
    ROUTE_POST("/pages/new/:draft/:step", step_act, .right = RIGHT_publish,
               .limits = {.body = 256 << 10},
               .doc = "Saves a step and goes on, or go=back, go=leave; check hands it in."),
    ROUTE_POST("/pages/new/:draft/discard", discard_act, .right = RIGHT_publish,
               .doc = "Throws a draft away."),
    {.path = NULL},
};
