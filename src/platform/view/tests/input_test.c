/* What came in, as pairs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/view/form.h"

static struct arena *arena;

/* "name=value;name=value;" */
static const char *told(const struct input *input) {
    const char *text = "";
    for (const struct input_pair *pair = input->first; pair != NULL; pair = pair->next) {
        assert_int_equal(pair->length, strlen(pair->value));
        text = arena_format(arena, "%s%s=%s%s;", text, pair->name, pair->value,
                            pair->is_number ? "#" : "");
    }
    return text;
}

static void test_form(void **state) {
    (void)state;
    static const struct {
        const char *body, *want;
    } cases[] = {
        {"", ""},
        {"a=1", "a=1;"},
        {"a=1&b=2&a=3", "a=1;b=2;a=3;"},
        {"a+b=c+d%20e", "a b=c d e;"},
        {"n=%C3%85vik%0D%0A", "n=Åvik\r\n;"},
        {"n=a=b", "n=a=b;"},
        {"alone&=x&&b=", "alone=;=x;b=;"},
        {"x=%26%3d", "x=&=;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct input input = {.count = 0};
        assert_int_equal(input_from_form(arena, cases[i].body, strlen(cases[i].body), &input),
                         ERR_OK);
        assert_string_equal(told(&input), cases[i].want);
    }
}

static void test_broken_forms(void **state) {
    (void)state;
    static const char *const bodies[] = {"a=%",      "a=%4",   "a=%zz", "%=a",        "a=%00",
                                         "a=%C3%28", "a=\xff", "%ff=1", "a=%ED%A0%80"};
    struct input input = {.count = 77};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (input_from_form(arena, bodies[i], strlen(bodies[i]), &input) != ERR_BAD_REQUEST)
            fail_msg("taken: %s", bodies[i]);
    assert_int_equal(input_from_form(arena, "a=\0b", 4, &input), ERR_BAD_REQUEST);
    assert_int_equal(input.count, 77);
}

static void test_number_of_pairs(void **state) {
    (void)state;
    char body[2 * (INPUT_PAIRS_MAX + 1)];
    for (size_t i = 0; i <= INPUT_PAIRS_MAX; i++) {
        body[2 * i] = 'a';
        body[2 * i + 1] = '&';
    }
    struct input input = {.count = 0};
    assert_int_equal(input_from_form(arena, body, sizeof body - 2, &input), ERR_OK);
    assert_int_equal(input.count, INPUT_PAIRS_MAX);
    assert_int_equal(input_from_form(arena, body, sizeof body, &input), ERR_BAD_REQUEST);
}

static void test_json(void **state) {
    (void)state;
    static const struct {
        const char *json, *want;
    } cases[] = {
        {"{}", ""},
        {"{\"a\":\"x\",\"b\":12,\"c\":true,\"d\":false,\"e\":null}", "a=x;b=12#;c=1;"},
        {"{\"ids\":[1,2,\"3\"],\"none\":[]}", "ids=1#;ids=2#;ids=3;"},
        {"{\"n\":-9223372036854775808,\"r\":1.5}", "n=-9223372036854775808#;r=1.5#;"},
        {"{\"t\":\"\\u00c5vik \\\"{[\\\\\"}", "t=Åvik \"{[\\;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct input input = {.count = 0};
        assert_int_equal(input_from_json(arena, cases[i].json, strlen(cases[i].json), &input),
                         ERR_OK);
        assert_string_equal(told(&input), cases[i].want);
    }
}

static void test_broken_json(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "",
        "[]",
        "\"a\"",
        "{",
        "{\"a\":1}x",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1}}",
        "{\"a\":[[1]]}",
        "{\"a\":[{}]}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\\u0000\":1}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":99999999999999999999}",
        "{'a':1}",
    };
    struct input input = {.count = 77};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (input_from_json(arena, bodies[i], strlen(bodies[i]), &input) != ERR_BAD_REQUEST)
            fail_msg("taken: %s", bodies[i]);
    char deep[100000];
    memset(deep, '[', sizeof deep);
    assert_int_equal(input_from_json(arena, deep, sizeof deep, &input), ERR_BAD_REQUEST);
    assert_int_equal(input.count, 77);
}

static void test_values(void **state) {
    (void)state;
    struct input input = {.count = 0};
    assert_int_equal(input_from_form(arena, "a=1&b=2&a=3", 11, &input), ERR_OK);
    assert_string_equal(input_value(&input, "a"), "1");
    assert_string_equal(input_value(&input, "b"), "2");
    assert_null(input_value(&input, "c"));
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
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_broken_forms),
        cmocka_unit_test(test_number_of_pairs),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_broken_json),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
