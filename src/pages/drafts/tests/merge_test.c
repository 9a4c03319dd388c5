/* Drafts: what a page of a long form changes and what it leaves alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "pages/drafts/drafts.h"
#include "platform/view/form.h"
#include "platform/view/retention.h"

#define BOAT_FORM(F, T)                                                                            \
    F(T, text, name, , REQUIRED, 40, draft, "what it is called")                                   \
    F(T, lines, about, , OPTIONAL, 400, draft, "what it is like")                                  \
    F(T, flag, sails, , OPTIONAL, 0, draft, "has sails")                                           \
    F(T, email, owner, , REQUIRED, 254, draft, "who has it")
FORM(boat_form, BOAT_FORM);

static const struct draft_step steps[] = {
    {"boat", (const char *const[]){"name", "about", "sails", NULL}},
    {"owner", (const char *const[]){"owner", NULL}},
};
static const struct draft_kind boat = {"boat", &boat_form_form, steps, 2, "/boats/new"};

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct input form(const char *body) {
    struct input input = {0};
    assert_int_equal(input_from_form(arena, body, strlen(body), &input), ERR_OK);
    return input;
}

static void steps_are_found_by_name(void **state) {
    (void)state;
    assert_int_equal(draft_step_find(&boat, "boat"), 0);
    assert_int_equal(draft_step_find(&boat, "owner"), 1);
    assert_int_equal(draft_step_find(&boat, "check"), 2);
    assert_int_equal(draft_step_find(&boat, "captain"), -1);
    assert_int_equal(draft_step_find(&boat, NULL), -1);
}

static void a_page_changes_its_own_fields_alone(void **state) {
    (void)state;
    const struct input kept = form("name=Ebba&sails=on&owner=a%40b.se");
    const struct input typed = form("name=Vega&owner=thief%40b.se&other=1");
    const struct input merged = draft_merge(arena, &boat, 0, &typed, &kept);
    assert_string_equal(input_value(&merged, "name"), "Vega");
    assert_null(input_value(&merged, "sails")); /* left out: no longer ticked */
    assert_string_equal(input_value(&merged, "owner"), "a@b.se");
    assert_string_equal(draft_to_json(arena, boat.form, &merged),
                        "{\"name\":\"Vega\",\"owner\":\"a@b.se\"}");
}

static void what_is_kept_comes_back_as_it_was(void **state) {
    (void)state;
    const struct input typed = form("name=%22%3E%3Cscript%3E%26%27&about=rad%0Atv%C3%A5");
    const char *json = draft_to_json(arena, boat.form, &typed);
    struct input back = {0};
    assert_int_equal(input_from_json(arena, json, strlen(json), &back), ERR_OK);
    assert_string_equal(input_value(&back, "name"), "\"><script>&'");
    assert_string_equal(input_value(&back, "about"), "rad\ntvå");
    const struct input nothing = {0};
    assert_string_equal(draft_to_json(arena, boat.form, &nothing), "{}");
}

static void repeated_names_are_kept_as_a_list(void **state) {
    (void)state;
    const struct input typed = form("name=a&name=b");
    assert_string_equal(draft_to_json(arena, boat.form, &typed), "{\"name\":[\"a\",\"b\"]}");
}

static void a_page_complains_of_its_own_fields_alone(void **state) {
    (void)state;
    struct boat_form values = {0};
    struct form_errors errors = {0};
    const struct input typed = form("about=x");
    form_read(&boat_form_form, arena, &typed, &values, &errors);
    assert_int_equal(errors.count, 2);
    const struct form_errors first = draft_errors_of(arena, &boat, 0, &errors);
    assert_int_equal(first.count, 1);
    assert_string_equal(first.first->field->name, "name");
    assert_null(first.first->next);
    assert_int_equal(draft_errors_of(arena, &boat, 2, &errors).count, 0);
    assert_int_equal(draft_first_wrong(&boat, &errors), 0);
    const struct input named = form("name=Ebba");
    memset(&errors, 0, sizeof errors);
    form_read(&boat_form_form, arena, &named, &values, &errors);
    assert_int_equal(draft_first_wrong(&boat, &errors), 1);
    assert_int_equal(draft_first_wrong(&boat, &(struct form_errors){0}), -1);
}

/* What the page on personal data promises (QUA-4). */
static void drafts_are_kept_as_long_as_is_said(void **state) {
    (void)state;
    assert_int_equal(retention_class(RETENTION_draft)->days, DRAFT_DAYS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_found_by_name),
        cmocka_unit_test(a_page_changes_its_own_fields_alone),
        cmocka_unit_test(what_is_kept_comes_back_as_it_was),
        cmocka_unit_test(repeated_names_are_kept_as_a_list),
        cmocka_unit_test(a_page_complains_of_its_own_fields_alone),
        cmocka_unit_test(drafts_are_kept_as_long_as_is_said),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
