/* History: every version is kept, read beside another, taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pages/tests/site.h"

static void save(struct browser *editor, const char *body, int revision) {
    struct arena *arena = editor->site->arena;
    assert_int_equal(
        browser_send(editor, "/pages/1/edit", "/pages/1/edit",
                     arena_format(arena, "title=T&lead=L&body=%s&revision=%d", body, revision)),
        303);
}

static void every_version_is_listed_with_who_and_when(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    save(editor, "Andra", 2);
    assert_int_equal(browser_get(editor, "/pages/1/history"), 200);
    assert_true(browser_sees(editor, "Ny text"));
    assert_true(browser_sees(editor, "Påbörjad"));
    assert_true(browser_sees(editor, "Bo Tallkott"));
    assert_true(editor->reply.statements <= 8);
    editor->json = true;
    assert_int_equal(browser_get(editor, "/pages/1/history"), 200);
    GOLDEN("history", editor->reply.body);
    site_close(site);
}

static void two_versions_are_read_side_by_side(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    save(editor, "Andra", 2);
    assert_int_equal(browser_get(editor, "/pages/1/compare?older=1"), 200);
    assert_true(browser_sees(editor, "<strong>bada</strong>"));
    assert_true(browser_sees(editor, "Andra"));
    assert_int_equal(browser_get(editor, "/pages/1/compare?older=0&newer=0"), 404);
    site_close(site);
}

static void an_older_text_is_taken_back_as_a_new_version(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    save(editor, "Andra", 2);
    assert_int_equal(
        browser_send(editor, "/pages/1/compare?older=1", "/pages/1/restore", "from=1&revision=3"),
        303);
    assert_int_equal(browser_get(editor, "/pages/simhallen-oppnar"), 200);
    assert_true(browser_sees(editor, "<strong>bada</strong>"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_revision WHERE body = 'Andra'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT restored_from FROM page_revision WHERE "
                                        "revision = 4"),
                     1);
    assert_int_equal(
        browser_send(editor, "/pages/1/compare?older=1", "/pages/1/restore", "from=1&revision=3"),
        409);
    site_close(site);
}

static void history_is_for_those_who_look_after_the_page(void **state) {
    struct site *site = site_open(state);
    site_page(site);
    static const struct {
        int account, status;
    } roles[] = {{NOBODY, 401}, {GUN, 403},  {CILLA, 403}, {DORIS, 403},
                 {BO, 200},     {ALVA, 200}, {EBBE, 200}};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        assert_int_equal(browser_get(browser_new(site, roles[i].account), "/pages/1/history"),
                         roles[i].status);
    assert_int_equal(browser_get(browser_new(site, ALVA), "/pages/99/history"), 404);
    struct browser *archivist = browser_new(site, EBBE);
    assert_int_equal(browser_get(archivist, "/pages/1/compare?older=1"), 200);
    assert_false(browser_sees(archivist, "/restore"));
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(every_version_is_listed_with_who_and_when),
        TEST_ON_SQLITE(two_versions_are_read_side_by_side),
        TEST_ON_BOTH(an_older_text_is_taken_back_as_a_new_version),
        TEST_ON_SQLITE(history_is_for_those_who_look_after_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
