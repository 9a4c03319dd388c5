/* The text of a mail as blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/mail/blocks.h"

#define SITE "https://delta.ljungsjo.example"

static struct arena *arena;

static int begin(void **state) {
    (void)state;
    arena = arena_new(1 << 20);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct mail_block_list read(const char *text) {
    return mail_blocks(arena, text, SITE);
}

static void test_first_line_is_the_heading(void **state) {
    (void)state;
    const struct mail_block_list blocks = read("\nDu är anmäld\nNu så\n\nMer\noch mer\n");
    assert_int_equal(blocks.count, 3);
    assert_string_equal(blocks.at[0].heading, "Du är anmäld");
    assert_string_equal(blocks.at[1].lines.at[0].text, "Nu så");
    assert_int_equal(blocks.at[2].lines.count, 2);
    assert_true(blocks.at[2].lines.at[0].broken);
    assert_false(blocks.at[2].lines.at[1].broken);
}

static void test_dashes_make_a_list(void **state) {
    (void)state;
    const struct mail_block_list blocks = read("H\n\nVal:\n- ett\n- två\nslut\n- 3");
    assert_int_equal(blocks.count, 5);
    assert_string_equal(blocks.at[1].lines.at[0].text, "Val:");
    assert_int_equal(blocks.at[2].entries.count, 2);
    assert_string_equal(blocks.at[2].entries.at[1].text, "två");
    assert_string_equal(blocks.at[3].lines.at[0].text, "slut");
    assert_int_equal(blocks.at[4].entries.count, 1);
}

static void test_addresses_of_the_site_become_links(void **state) {
    (void)state;
    const struct mail_block_list blocks =
        read("H\n\n" SITE "/a?b=1\n\nÄndra dig: " SITE "/kvittens/7");
    const struct mail_line *bare = &blocks.at[1].lines.at[0];
    assert_string_equal(bare->link.address, SITE "/a?b=1");
    assert_string_equal(bare->label, SITE "/a?b=1");
    const struct mail_line *labelled = &blocks.at[2].lines.at[0];
    assert_string_equal(labelled->label, "Ändra dig");
    assert_string_equal(labelled->link.address, SITE "/kvittens/7");
}

static void test_other_addresses_do_not(void **state) {
    (void)state;
    static const char *const bad[] = {"https://evil.example/login", "Log in: https://evil.example/",
                                      SITE ".evil.example/",        SITE "@evil.example/",
                                      "javascript:alert(1)",        SITE "/a b",
                                      SITE "/\"onload=x",           "see " SITE "/a"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const char *text = arena_format(arena, "H\n\n%s", bad[i]);
        const struct mail_block_list blocks = read(text);
        assert_null(blocks.at[1].lines.at[0].link.address);
        assert_string_equal(blocks.at[1].lines.at[0].text, bad[i]);
    }
    assert_null(mail_blocks(arena, "H\n\nhttps://a.example/", "").at[1].lines.at[0].link.address);
}

static void test_codes_stand_out(void **state) {
    (void)state;
    const struct mail_block_list blocks = read("H\n\n482 913\n\nMD26-7K4P\n\nABBA\n\n12 kr\n\n12");
    assert_string_equal(blocks.at[1].code, "482 913");
    assert_string_equal(blocks.at[2].code, "MD26-7K4P");
    for (size_t i = 3; i < 6; i++)
        assert_null(blocks.at[i].code);
}

static void test_nothing_gives_nothing(void **state) {
    (void)state;
    assert_int_equal(read("").count, 0);
    assert_int_equal(read("\n \n").count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_line_is_the_heading),
        cmocka_unit_test(test_dashes_make_a_list),
        cmocka_unit_test(test_addresses_of_the_site_become_links),
        cmocka_unit_test(test_other_addresses_do_not),
        cmocka_unit_test(test_codes_stand_out),
        cmocka_unit_test(test_nothing_gives_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
