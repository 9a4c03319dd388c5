/* Languages, plurals, falling back (QUA-2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <unistd.h>
#include <cmocka.h>

#include "platform/view/message.h"
#include "platform/view/tests/shapes.h"
#include "platform/view/words.h"

static struct arena *arena;

static void test_language_codes(void **state) {
    (void)state;
    assert_int_equal(language_from_code("sv"), LANGUAGE_SV);
    assert_int_equal(language_from_code("en-GB"), LANGUAGE_EN);
    assert_int_equal(language_from_code("FI_fi"), LANGUAGE_FI);
    assert_int_equal(language_from_code("fit"), LANGUAGE_FIT);
    assert_int_equal(language_from_code("f"), LANGUAGE_NONE);
    assert_int_equal(language_from_code("xx"), LANGUAGE_NONE);
    assert_int_equal(language_from_code(""), LANGUAGE_NONE);
    assert_int_equal(language_from_code(NULL), LANGUAGE_NONE);
    assert_true(language_right_to_left(LANGUAGE_YI));
    assert_false(language_right_to_left(LANGUAGE_SV));
    assert_string_equal(language_name(LANGUAGE_FIT), "meänkieli");
    assert_true(language_offered(LANGUAGE_FI));
    assert_false(language_offered(LANGUAGE_SE));
}

static void test_accept_language(void **state) {
    (void)state;
    static const struct {
        const char *header;
        enum language want;
    } cases[] = {
        {NULL, LANGUAGE_SV},
        {"", LANGUAGE_SV},
        {"en", LANGUAGE_EN},
        {"de,fr;q=0.9", LANGUAGE_SV},
        {"sv-SE,sv;q=0.9,en;q=0.8", LANGUAGE_SV},
        {"en;q=0.3, fi;q=0.9 , sv;q=0.4", LANGUAGE_FI},
        {"se, en;q=0.5", LANGUAGE_EN},     /* no words in Northern Sami */
        {"en;q=0, sv;q=0.1", LANGUAGE_SV}, /* "not English" */
        {"en;q=0.5,*", LANGUAGE_SV},       /* anything else is better */
        {"en;q=1.5", LANGUAGE_EN},
        {"en;q=x,fi;q=0.001", LANGUAGE_FI},
        {"en;level=1;q=0.2,fi;q=0.25", LANGUAGE_FI},
        {",,;;==,en", LANGUAGE_EN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (language_accepted(cases[i].header) != cases[i].want)
            fail_msg("case %zu: %s", i, cases[i].header);
}

static void test_plural_rules(void **state) {
    (void)state;
    static const struct {
        const char *header;
        const char *forms; /* for 0, 1, 2, 5, 11, 21, 100 */
    } cases[] = {
        {"Plural-Forms: nplurals=2; plural=(n != 1);\n", "1011111"},
        {"Plural-Forms: nplurals=1; plural=0;\n", "0000000"},
        {"Plural-Forms: nplurals=3; plural=(n==1) ? 0 : (n==2) ? 1 : 2;", "2012222"},
        {"Plural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
         "(n%100<10 || n%100>=20) ? 1 : 2\nX: y\n",
         "2012202"},
        {"Plural-Forms: nplurals=2; plural=!(n <= 1);", "0011111"},
    };
    static const int64_t numbers[] = {0, 1, 2, 5, 11, 21, 100};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plural plural;
        assert_true(plural_parse(arena, cases[i].header, &plural));
        for (size_t k = 0; k < 7; k++)
            assert_int_equal(plural_form(&plural, numbers[k]), cases[i].forms[k] - '0');
    }
}

static void test_broken_plural_rules(void **state) {
    (void)state;
    static const char *const headers[] = {
        "",
        "Plural-Forms: nplurals=2;",
        "Plural-Forms: nplurals=0; plural=0;",
        "Plural-Forms: nplurals=9; plural=0;",
        "Plural-Forms: nplurals=2; plural=n;", /* a form it does not have */
        "Plural-Forms: nplurals=2; plural=(n != 1;",
        "Plural-Forms: nplurals=2; plural=n != 1 whatever;",
        "Plural-Forms: nplurals=2; plural=1/(n-1);",
        "Plural-Forms: nplurals=2; plural=n?;",
        "Plural-Forms: nplurals=2; plural=((((((((((((((((((((((((((((((((((((n))))))))",
        "Plural-Forms: nplurals=2; plural=9999999999999;",
    };
    struct plural plural = {"untouched", 7};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (plural_parse(arena, headers[i], &plural))
            fail_msg("taken: %s", headers[i]);
    assert_string_equal(plural.rule, "untouched");
}

static void test_words(void **state) {
    (void)state;
    assert_string_equal(word(LANGUAGE_SV, "plain"), "Öppet & <fritt>");
    assert_string_equal(word(LANGUAGE_EN, "plain"), "Open & <free>");
    assert_string_equal(word_plural(LANGUAGE_SV, "rows", 1), "{n} rad av {title}");
    assert_string_equal(word_plural(LANGUAGE_SV, "rows", 0), "{n} rader av {title}");
    assert_null(word_if_any(LANGUAGE_SV, "nobody.wrote.this"));
    const uint64_t before = words_fallbacks(LANGUAGE_FI);
    assert_string_equal(word(LANGUAGE_FI, "nobody.wrote.this"), "nobody.wrote.this");
    assert_string_equal(word(LANGUAGE_FI, "month.7"), "juli");
    assert_string_equal(word(LANGUAGE_FI, "month.6"), "kesäkuuta");
    assert_int_equal(words_fallbacks(LANGUAGE_FI) - before, 2);
}

static void test_filled(void **state) {
    (void)state;
    struct owner_view owner = {.name = "Siv"};
    const struct page_view page = {.title = "<Bad>", .count = 4, .owner = &owner};
    assert_string_equal(word_filled(arena, LANGUAGE_SV, "rows", 1234, &page_view_shape, &page),
                        "1\u00a0234 rader av <Bad>");
    assert_string_equal(word_filled(arena, LANGUAGE_EN, "rows", 1, &page_view_shape, &page),
                        "1 row of <Bad>");
    assert_string_equal(word_filled(arena, LANGUAGE_SV, "names_unknown", -1, NULL, NULL),
                        "Av {nobody}");
    assert_string_equal(word_filled(arena, LANGUAGE_SV, "brace", -1, NULL, NULL), "{oj");
    assert_string_equal(
        word_filled(arena, LANGUAGE_SV, "formats_wrongly", -1, &page_view_shape, &page), "{title}");
}

static const char *folder_with(const char *file, const char *text) {
    char name[] = "/tmp/radslag-words-XXXXXX";
    const char *folder = arena_copy_text(arena, mkdtemp(name));
    FILE *out = fopen(arena_format(arena, "%s/%s", folder, file), "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
    return folder;
}

/* A file that cannot be read stops the start instead of losing words. */
static void test_broken_files(void **state) {
    (void)state;
    static const char header[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n"
                                 "Plural-Forms: nplurals=2; plural=n != 1;\\n\"\n\n";
    static const char *const bodies[] = {
        "msgid \"a\"\nmsgstr \"x\n",                              /* string not ended */
        "msgid \"a\"\nmsgstr \"x\"\nmsgid \"a\"\nmsgstr \"y\"\n", /* twice */
        "msgid \"a\"\nmsgid_plural \"a\"\nmsgstr[1] \"x\"\n",     /* plural out of order */
        "nonsense\n",
        "msgid \"a\"\nmsgstr \"\xff\xfe\"\n", /* not UTF-8 */
        "msgid \"a\"\nmsgstr \"b\"\n",        /* sound, but words for formats are missing */
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        const char *text = arena_format(arena, "%s%s", header, bodies[i]);
        const char *folder = folder_with("sv.po", text);
        if (words_load(folder) != ERR_FAULT)
            fail_msg("loads: %s", bodies[i]);
        (void)unlink(arena_format(arena, "%s/sv.po", folder));
        (void)rmdir(folder);
    }
    const char *no_swedish = folder_with("en.po", header);
    assert_int_equal(words_load(no_swedish), ERR_FAULT);
    (void)unlink(arena_format(arena, "%s/en.po", no_swedish));
    (void)rmdir(no_swedish);
    assert_int_equal(words_load(NULL), ERR_OK);
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new(4 << 20);
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language_codes), cmocka_unit_test(test_accept_language),
        cmocka_unit_test(test_plural_rules),   cmocka_unit_test(test_broken_plural_rules),
        cmocka_unit_test(test_words),          cmocka_unit_test(test_filled),
        cmocka_unit_test(test_broken_files),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
