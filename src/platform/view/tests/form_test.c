/* Reading and checking a form with a field of every kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/base/text.h"
#include "platform/view/form.h"
#include "platform/view/tests/shapes.h"

#define EVERY_FORM(F, T)                                                                           \
    F(T, text, name, , REQUIRED, 5, account, "text")                                               \
    F(T, lines, story, , OPTIONAL, 900, draft, "lines")                                            \
    F(T, email, email, , OPTIONAL, 0, account, "email")                                            \
    F(T, password, password, , OPTIONAL, 0, secret, "password")                                    \
    F(T, code, code, , OPTIONAL, 6, code, "code")                                                  \
    F(T, flag, agree, , OPTIONAL, 0, none, "flag")                                                 \
    F(T, number, people, , OPTIONAL, 180, none, "number")                                          \
    F(T, money, cost, , OPTIONAL, 5000000, none, "money")                                          \
    F(T, date, day, , OPTIONAL, 0, none, "date")                                                   \
    F(T, clock, hour, , OPTIONAL, 0, none, "clock")                                                \
    F(T, choice, state, test_state, OPTIONAL, 0, none, "choice")                                   \
    F(T, picks, states, test_state, OPTIONAL, 2, none, "picks")                                    \
    F(T, option, slot, , OPTIONAL, 0, none, "option")                                              \
    F(T, id, page, , OPTIONAL, 0, none, "id")                                                      \
    F(T, ids, rows, , OPTIONAL, 3, none, "ids")                                                    \
    F(T, file, picture, , OPTIONAL, 1048576, page, "file")
FORM(every_form, EVERY_FORM);

/* The same kinds, all of them asked for. */
#define NEEDED_FORM(F, T)                                                                          \
    F(T, text, name, , REQUIRED, 0, account, "text")                                               \
    F(T, flag, agree, , REQUIRED, 0, none, "flag")                                                 \
    F(T, number, people, , REQUIRED, 0, none, "number")                                            \
    F(T, choice, state, test_state, REQUIRED, 0, none, "choice")                                   \
    F(T, picks, states, test_state, REQUIRED, 0, none, "picks")                                    \
    F(T, option, slot, , REQUIRED, 0, none, "option")                                              \
    F(T, id, page, , REQUIRED, 0, none, "id")                                                      \
    F(T, ids, rows, , REQUIRED, 0, none, "ids")                                                    \
    F(T, file, picture, , REQUIRED, 0, page, "file")
FORM(needed_form, NEEDED_FORM);

static struct arena *arena;

static struct input input_of(const char *body) {
    struct input input = {.count = 0};
    assert_int_equal(input_from_form(arena, body, strlen(body), &input), ERR_OK);
    return input;
}

/* Errors as "field:word;" in their order. */
static const char *told(const struct form_errors *errors) {
    const char *text = "";
    for (const struct form_error *error = errors->first; error != NULL; error = error->next)
        text = arena_format(arena, "%s%s:%s;", text, error->field == NULL ? "" : error->field->name,
                            error->word);
    return text;
}

static struct every_form read(const char *body, const char *want) {
    struct every_form form = {0};
    struct form_errors errors = {.count = 0};
    const struct input input = input_of(body);
    form_read(&every_form_form, arena, &input, &form, &errors);
    assert_string_equal(told(&errors), want);
    return form;
}

static void test_nothing_given(void **state) {
    (void)state;
    const struct every_form form = read("", "name:field.required;");
    assert_null(form.name);
    assert_null(form.story);
    assert_null(form.email);
    assert_false(form.agree);
    assert_true(form.people == FORM_NONE);
    assert_true(form.cost == FORM_NONE);
    assert_true(form.day == INSTANT_NONE);
    assert_int_equal(form.hour, -1);
    assert_int_equal(form.state, -1);
    assert_int_equal(form.states, 0);
    assert_null(form.slot);
    assert_int_equal(form.page, 0);
    assert_int_equal(form.rows.count, 0);
    assert_null(form.picture.path);
}

static void test_everything_given(void **state) {
    (void)state;
    const struct every_form form =
        read("name=+%C3%85ke+&story=a%0D%0Ab%0D%0A&email=Alva%40Almsjo.example&password=+p+w+"
             "&code=123+456&agree=1&people=1%C2%A05&cost=2+500,50&day=2026-06-09&hour=14.02"
             "&state=open&states=draft&states=closed&slot=A1&page=7&rows=1&rows=2",
             "");
    assert_string_equal(form.name, "Åke");
    assert_string_equal(form.story, "a\nb");
    assert_string_equal(form.email, "Alva@Almsjo.example");
    assert_string_equal(form.password, "p w");
    assert_string_equal(form.code, "123456");
    assert_true(form.agree);
    assert_int_equal(form.people, 15);
    assert_int_equal(form.cost, 250050);
    assert_true(form.day == INT64_C(1780956000000000)); /* midnight in Sweden, summer time */
    assert_int_equal(form.hour, 14 * 60 + 2);
    assert_int_equal(form.state, test_state_open);
    assert_int_equal(form.states, 1 << test_state_draft | 1 << test_state_closed);
    assert_string_equal(form.slot, "A1");
    assert_int_equal(form.page, 7);
    assert_int_equal(form.rows.count, 2);
    assert_int_equal(form.rows.at[1], 2);
}

static void test_refusals(void **state) {
    (void)state;
    static const struct {
        const char *body, *want;
    } cases[] = {
        {"name=%20", "name:field.required;"},
        {"name=abcdef", "name:field.too_long;"},
        {"name=a%01b", "name:field.characters;"},
        {"name=a&email=alva", "email:field.email;"},
        {"name=a&email=a%40b%40c.se", "email:field.email;"},
        {"name=a&code=12a", "code:field.code;"},
        {"name=a&code=1234567", "code:field.code;"},
        {"name=a&people=tio", "people:field.number;"},
        {"name=a&people=-1", "people:field.number;"},
        {"name=a&people=1.5", "people:field.number;"},
        {"name=a&people=99999999999999999999", "people:field.number;"},
        {"name=a&people=181", "people:field.number_too_large;"},
        {"name=a&cost=mycket", "cost:field.money;"},
        {"name=a&cost=-5", "cost:field.money;"},
        {"name=a&cost=50000,01", "cost:field.money_too_large;"},
        {"name=a&day=2026-02-30", "day:field.date;"},
        {"name=a&day=i+morgon", "day:field.date;"},
        {"name=a&hour=24.00", "hour:field.clock;"},
        {"name=a&state=ajar", "state:field.choose;"},
        {"name=a&states=draft&states=ajar", "states:field.choose;"},
        {"name=a&states=draft&states=open&states=closed", "states:field.too_many;"},
        {"name=a&slot=%01", "slot:field.choose;"},
        {"name=a&page=0", "page:field.choose;"},
        {"name=a&page=x", "page:field.choose;"},
        {"name=a&rows=1&rows=x", "rows:field.choose;"},
        {"name=a&rows=1&rows=2&rows=3&rows=4", "rows:field.too_many;"},
        {"name=abcdef&people=x&day=y", "name:field.too_long;people:field.number;day:field.date;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        (void)read(cases[i].body, cases[i].want);
}

static void test_required_kinds(void **state) {
    (void)state;
    struct needed_form form = {0};
    struct form_errors errors = {.count = 0};
    const struct input input = input_of("agree=0&state=&states=&picture=");
    form_read(&needed_form_form, arena, &input, &form, &errors);
    assert_string_equal(told(&errors),
                        "name:field.required;agree:field.tick;people:field.required;"
                        "state:field.choose;states:field.choose_some;slot:field.choose;"
                        "page:field.choose;rows:field.choose_some;picture:field.file;");
    assert_int_equal(errors.count, 9);
}

/* PUB-4: characters as people count them: 900 are taken, 901 are not, whatever their bytes. */
static void test_length_as_people_count(void **state) {
    (void)state;
    static const char family[] = "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7"; /* one emoji of two */
    struct buffer body = buffer_in(arena, 1 << 20);
    buffer_text(&body, "name=a&story=");
    for (int i = 0; i < 899; i++)
        buffer_text(&body, "%C3%A5");
    buffer_text(&body, family);
    (void)read(buffer_string(&body), "");
    buffer_text(&body, "!");
    (void)read(buffer_string(&body), "story:field.too_long;");
}

/* A program sends money in öre, as views give it; a person writes kronor. */
static void test_money_of_json(void **state) {
    (void)state;
    static const char json[] = "{\"name\":\"a\",\"cost\":2500,\"people\":12,\"agree\":true}";
    struct every_form form = {0};
    struct form_errors errors = {.count = 0};
    struct input input = {.count = 0};
    assert_int_equal(input_from_json(arena, json, sizeof json - 1, &input), ERR_OK);
    form_read(&every_form_form, arena, &input, &form, &errors);
    assert_int_equal(errors.count, 0);
    assert_int_equal(form.cost, 2500);
    assert_int_equal(form.people, 12);
    assert_true(form.agree);
}

static void test_files(void **state) {
    (void)state;
    const struct upload upload = {.path = "/tmp/x", .name = "x.png", .size = 1048576};
    struct upload large = upload;
    large.size++;
    struct input input = {.count = 0};
    input_add(arena, &input, "name", "a", 1);
    struct input_pair *pair = input_add(arena, &input, "picture", "", 0);
    struct every_form form = {0};
    struct form_errors errors = {.count = 0};
    pair->upload = &upload;
    form_read(&every_form_form, arena, &input, &form, &errors);
    assert_string_equal(told(&errors), "");
    assert_string_equal(form.picture.name, "x.png");
    pair->upload = &large;
    form_read(&every_form_form, arena, &input, &form, &errors);
    assert_string_equal(told(&errors), "picture:field.file_too_large;");
}

static void test_refusal_by_a_handler(void **state) {
    (void)state;
    struct form_errors errors = {.count = 0};
    form_refuse(arena, &errors, &every_form_form, "email", "login.unknown");
    form_refuse(arena, &errors, &every_form_form, NULL, "login.closed");
    assert_string_equal(told(&errors), "email:login.unknown;:login.closed;");
}

/* QUA-4: every field names a record class, and every class says what for. */
static void test_record_classes(void **state) {
    (void)state;
    assert_int_equal(every_form_form.fields[0].record_class, RETENTION_account);
    for (int i = 0; i < RETENTION_COUNT; i++) {
        const struct retention_class *class = retention_class((enum retention)i);
        assert_true(strlen(class->name) > 0 && strlen(class->meaning) > 10);
        const bool counted =
            class->from != RETENTION_FROM_NOTHING && class->from != RETENTION_FROM_WHILE_KEPT;
        assert_int_equal(class->days > 0, counted);
    }
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new(16 << 20);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_given),
        cmocka_unit_test(test_everything_given),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_required_kinds),
        cmocka_unit_test(test_length_as_people_count),
        cmocka_unit_test(test_money_of_json),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_refusal_by_a_handler),
        cmocka_unit_test(test_record_classes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
