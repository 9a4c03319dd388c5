/* Information pages: who reads what in which state, changing, two who save at once, publishing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/tests/site.h"

enum { STATEMENTS_MAX = 8 };

static const char address[] = "/pages/simhallen-oppnar";

/* ---- reading ---- */

static void a_published_page_is_read_by_everybody(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    site_page(site);
    assert_int_equal(browser_get(reader, address), 200);
    assert_true(browser_sees(reader, "<h1>Simhallen öppnar</h1>"));
    assert_true(browser_sees(reader, "<strong>bada</strong>"));
    assert_true(browser_sees(reader, "Bo Tallkott"));
    assert_false(browser_sees(reader, "/pages/1/edit"));
    assert_true(reader->reply.statements <= STATEMENTS_MAX);
    assert_null(browser_header(reader, "set-cookie"));
    site_close(site);
}

static void what_each_role_sees_is_golden(void **state) {
    static const struct {
        const char *name;
        int account;
    } roles[] = {
        {"show_visitor", NOBODY},      {"show_participant", GUN},     {"show_owner", BO},
        {"show_communications", ALVA}, {"show_administrator", DORIS}, {"show_registrator", EBBE}};
    struct site *site = site_open(state);
    site_page(site);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct browser *browser = browser_new(site, roles[i].account);
        browser->json = true;
        assert_int_equal(browser_get(browser, address), 200);
        GOLDEN(roles[i].name, browser->reply.body);
        assert_true(browser->reply.statements <= STATEMENTS_MAX);
    }
    site_close(site);
}

static void a_draft_is_nothing_to_others(void **state) {
    struct site *site = site_open(state);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'draft' WHERE id = 1");
    static const int others[] = {NOBODY, GUN, CILLA, FATIMA};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct browser *browser = browser_new(site, others[i]);
        assert_int_equal(browser_get(browser, address), 404);
        assert_false(browser_sees(browser, "Simhallen"));
    }
    static const int own[] = {ALVA, BO};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        assert_int_equal(browser_get(browser_new(site, own[i]), address), 200);
    site_close(site);
}

/* QUA-5: taken away is not destroyed, and who comes there is told. */
static void an_unpublished_page_is_gone_with_an_explanation(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'unpublished', reason = 'Hallen brann.' "
                              "WHERE id = 1");
    assert_int_equal(browser_get(reader, address), 410);
    assert_true(browser_sees(reader, "Hallen brann."));
    assert_false(browser_sees(reader, "bada"));
    reader->json = true;
    assert_int_equal(browser_get(reader, address), 410);
    GOLDEN("gone", reader->reply.body);
    assert_int_equal(browser_get(browser_new(site, BO), address), 200);
    site_close(site);
}

static void another_organisations_page_does_not_exist(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, ALVA);
    site_page(site);
    test_execute(site->store, "UPDATE page_revision SET tenant = 1 WHERE page = 1");
    assert_int_equal(browser_get(reader, "/pages/finns-inte"), 404);
    assert_int_equal(browser_get(reader, "/pages/2/edit"), 404);
    site_close(site);
}

static void hostile_text_is_inert(void **state) {
    static const char hostile[] = "\"><script>&''";
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    test_execute(site->store,
                 arena_format(site->arena,
                              "UPDATE page SET title = '%s', page_owner = 1 WHERE id = 1",
                              hostile));
    test_execute(site->store,
                 arena_format(site->arena, "UPDATE page_text SET lead = '%s', body = '%s'", hostile,
                              hostile));
    test_execute(site->store, arena_format(site->arena, "UPDATE account SET name = '%s'", hostile));
    static const char *const pages[] = {"/pages/simhallen-oppnar",
                                        "/pages/1/edit",
                                        "/pages/1/history",
                                        "/pages/1/compare",
                                        "/pages/1/owner",
                                        "/pages/1/state/unpublished",
                                        "/pages",
                                        "/pages/hand-over",
                                        "/follow?page=1",
                                        "/"};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        assert_int_equal(browser_get(editor, pages[i]), 200);
        assert_false(browser_sees(editor, "<script>"));
        if (!browser_sees(editor, "&quot;&gt;&lt;script&gt;&amp;"))
            print_error("not shown on %s\n", pages[i]);
        assert_true(browser_sees(editor, "&quot;&gt;&lt;script&gt;&amp;"));
    }
    site_close(site);
}

/* ---- variants ---- */

/* QUA-12 */
static void a_variant_older_than_its_original_says_so(void **state) {
    struct site *site = site_open(state);
    struct browser *reader = browser_new(site, NOBODY);
    site_page(site);
    test_execute(site->store,
                 "INSERT INTO page (tenant, kind, slug, language, variant, translation_of, title, "
                 "title_key, state, revision, record_class, created_at, text_at, published_at, "
                 "updated_at) VALUES (1, 'information', 'the-pool-opens', 'en', 'translation', 1, "
                 "'The pool opens', 'the pool opens', 'published', 1, 'page', 1779000000000000, "
                 "1779000000000000, 1779000000000000, 1779000000000000)");
    assert_int_equal(browser_get(reader, "/pages/the-pool-opens"), 200);
    assert_true(browser_sees(reader, "Originalet har ändrats"));
    assert_true(browser_sees(reader, "lang=\"en\""));
    assert_true(browser_sees(reader, address));
    assert_int_equal(browser_get(reader, address), 200);
    assert_true(browser_sees(reader, "äldre än originalet"));
    test_execute(site->store, "UPDATE page SET text_at = 1790000000000000 WHERE id = 2");
    reader = browser_new(site, GUN);
    assert_int_equal(browser_get(reader, "/pages/the-pool-opens"), 200);
    assert_false(browser_sees(reader, "Originalet har ändrats"));
    site_close(site);
}

/* ---- changing ---- */

static const char fields[] = "title=Simhallen&lead=Ny+ingress.&body=Ny+text.&revision=";

static void saved_words_are_the_next_version(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    assert_int_equal(browser_send(editor, "/pages/1/edit", "/pages/1/edit",
                                  arena_format(site->arena, "%s2", fields)),
                     303);
    assert_string_equal(browser_header(editor, "location"), address);
    assert_int_equal(browser_get(editor, address), 200);
    assert_true(browser_sees(editor, "Ny text."));
    assert_true(browser_sees(editor, "Texten är sparad och visas för alla."));
    assert_int_equal(site_integer(site, "SELECT revision FROM page WHERE id = 1"), 3);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_revision WHERE page = 1"), 3);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM audit WHERE act = 'page.change'"), 1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_news"), 0);
    site_close(site);
}

static void who_saves_second_is_shown_both_texts(void **state) {
    struct site *site = site_open(state);
    struct browser *first = browser_new(site, ALVA), *second = browser_new(site, BO);
    site_page(site);
    assert_int_equal(browser_get(first, "/pages/1/edit"), 200);
    assert_int_equal(browser_get(second, "/pages/1/edit"), 200);
    const char *of_first = "title=Simhallen&lead=L&body=Alvas+text&revision=2";
    const char *of_second = "title=Simhallen&lead=L&body=Bos+text&revision=2";
    assert_int_equal(browser_post(first, "/pages/1/edit", of_first), 303);
    assert_int_equal(browser_post(second, "/pages/1/edit", of_second), 409);
    assert_true(browser_sees(second, "Alvas text"));
    assert_true(browser_sees(second, "Bos text</textarea>"));
    assert_true(browser_sees(second, "Alva Exempel"));
    assert_true(browser_sees(second, "name=\"revision\" value=\"3\""));
    assert_int_equal(
        browser_post(second, "/pages/1/edit", "title=Simhallen&lead=L&body=Bos+text&revision=3"),
        303);
    /* Nothing given is lost: both stand in the history. */
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_revision WHERE body IN "
                                        "('Alvas text', 'Bos text')"),
                     2);
    second->json = true;
    assert_int_equal(browser_post(second, "/pages/1/edit", of_second), 409);
    assert_true(browser_sees(second, "pages.conflict"));
    site_close(site);
}

static void a_public_page_is_not_saved_with_template_text(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    assert_int_equal(browser_send(editor, "/pages/1/edit", "/pages/1/edit",
                                  "title=T&lead=L&body=Lorem+ipsum&revision=2"),
                     422);
    assert_true(browser_sees(editor, "Malltext är kvar"));
    assert_true(browser_sees(editor, "Lorem ipsum</textarea>"));
    test_execute(site->store, "UPDATE page SET state = 'draft' WHERE id = 1");
    assert_int_equal(
        browser_post(editor, "/pages/1/edit", "title=T&lead=L&body=Lorem+ipsum&revision=2"), 303);
    site_close(site);
}

static void a_missing_title_says_how_to_mend_it(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    assert_int_equal(browser_send(editor, "/pages/1/edit", "/pages/1/edit",
                                  "title=&lead=L&body=Kvar&revision=2"),
                     422);
    assert_true(browser_sees(editor, "href=\"#title\""));
    assert_true(browser_sees(editor, "Kvar</textarea>"));
    site_close(site);
}

static void a_preview_saves_nothing(void **state) {
    struct site *site = site_open(state);
    struct browser *editor = browser_new(site, ALVA);
    site_page(site);
    assert_int_equal(browser_send(editor, "/pages/1/edit", "/pages/1/preview",
                                  "title=T&lead=L&body=**fet**&revision=2"),
                     200);
    assert_true(browser_sees(editor, "<strong>fet</strong>"));
    assert_true(browser_sees(editor, "**fet**</textarea>"));
    assert_int_equal(site_integer(site, "SELECT revision FROM page WHERE id = 1"), 2);
    site_close(site);
}

static void others_cannot_change_a_page(void **state) {
    struct site *site = site_open(state);
    site_page(site);
    static const int others[] = {GUN, CILLA, DORIS, EBBE, FATIMA};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct browser *browser = browser_new(site, others[i]);
        assert_int_equal(browser_get(browser, "/pages/1/edit"), 403);
        browser->json = true;
        browser->form = NULL;
        assert_int_equal(
            browser_post(browser, "/pages/1/edit", arena_format(site->arena, "%s2", fields)), 403);
    }
    assert_int_equal(browser_get(browser_new(site, NOBODY), "/pages/1/edit"), 401);
    assert_int_equal(site_integer(site, "SELECT revision FROM page WHERE id = 1"), 2);
    site_close(site);
}

/* ---- states ---- */

static void a_draft_is_published_and_told(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, BO);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'draft', published_at = NULL WHERE id = 1");
    assert_int_equal(
        browser_send(owner, "/pages/1/state/published", "/pages/1/state/published", "revision=2"),
        303);
    assert_int_equal(browser_get(browser_new(site, NOBODY), address), 200);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_news WHERE what = 'published'"),
                     1);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM audit WHERE act = 'page.publish'"),
                     1);
    site_close(site);
}

/* ADM-1 */
static void publishing_waits_until_the_organisation_is_ready(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, ALVA);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'draft' WHERE id = 1");
    test_execute(site->store, "UPDATE organisation SET state = 'preparing', dpo = NULL");
    assert_int_equal(browser_get(owner, "/pages/1/state/published"), 200);
    assert_true(browser_sees(owner, "Dataskyddsombudets adress"));
    assert_false(browser_sees(owner, "action=\"/pages/1/state/published\""));
    assert_int_equal(browser_get(owner, "/pages/1/edit"), 200);
    assert_int_equal(browser_post(owner, "/pages/1/state/published", "revision=2"), 422);
    /* Ready, but not open yet: nothing is read outside. */
    test_execute(site->store, "UPDATE organisation SET dpo = 'dpo@almsjo.example'");
    assert_int_equal(browser_get(owner, "/pages/1/state/published"), 200);
    assert_true(browser_sees(owner, "Ni har inte öppnat"));
    assert_int_equal(browser_get(owner, "/pages/1/edit"), 200);
    assert_int_equal(browser_post(owner, "/pages/1/state/published", "revision=2"), 422);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page WHERE state = 'published'"), 0);
    site_close(site);
}

static void publishing_waits_for_the_checks(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, ALVA);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'draft' WHERE id = 1");
    test_execute(site->store, "UPDATE page_text SET body = 'Läs [](https://exempel.se)'");
    assert_int_equal(browser_get(owner, "/pages/1/state/published"), 200);
    assert_true(browser_sees(owner, "En länk saknar text"));
    assert_int_equal(browser_get(owner, "/pages/1/edit"), 200);
    assert_int_equal(browser_post(owner, "/pages/1/state/published", "revision=2"), 422);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page WHERE state = 'published'"), 0);
    site_close(site);
}

static void unpublishing_wants_a_reason(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, BO);
    site_page(site);
    assert_int_equal(browser_send(owner, "/pages/1/state/unpublished", "/pages/1/state/unpublished",
                                  "revision=2&reason="),
                     422);
    assert_int_equal(browser_post(owner, "/pages/1/state/unpublished",
                                  "revision=2&reason=Hallen+%C3%A4r+st%C3%A4ngd."),
                     303);
    struct browser *reader = browser_new(site, NOBODY);
    assert_int_equal(browser_get(reader, address), 410);
    assert_true(browser_sees(reader, "Hallen är stängd."));
    site_close(site);
}

static void only_owner_substitute_and_communications_publish(void **state) {
    struct site *site = site_open(state);
    struct browser *author = browser_new(site, CILLA);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'draft', author = 3 WHERE id = 1");
    assert_int_equal(browser_get(author, "/pages/1/state/published"), 403);
    assert_int_equal(
        browser_send(author, "/pages/1/state/review", "/pages/1/state/review", "revision=2"), 303);
    assert_int_equal(browser_post(author, "/pages/1/state/published", "revision=3"), 403);
    test_execute(site->store, "UPDATE page SET substitute = 3 WHERE id = 1");
    assert_int_equal(
        browser_send(author, "/pages/1/state/published", "/pages/1/state/published", "revision=3"),
        303);
    site_close(site);
}

/* QUA-5, REC-3: nothing is destroyed without a decision, and then wholly. */
static void disposal_takes_a_decision_and_an_archivist(void **state) {
    struct site *site = site_open(state);
    struct browser *archivist = browser_new(site, EBBE), *owner = browser_new(site, BO);
    site_page(site);
    test_execute(site->store, "UPDATE page SET state = 'archived', reason = 'Slut.' WHERE id = 1");
    assert_int_equal(browser_get(owner, "/pages/1/state/disposed"), 403);
    assert_int_equal(
        browser_send(archivist, "/pages/1/state/disposed", "/pages/1/state/disposed", "revision=2"),
        422);
    assert_int_equal(
        browser_post(archivist, "/pages/1/state/disposed", "revision=2&reason=KS+2026%3A12"), 303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_revision"), 0);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page_text"), 0);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM page WHERE title LIKE '%Sim%' OR "
                                        "title_key LIKE '%sim%' OR slug LIKE '%sim%'"),
                     0);
    assert_string_equal(site_text(site, "SELECT disposal AS text FROM page WHERE id = 1"),
                        "KS 2026:12");
    assert_int_equal(browser_get(browser_new(site, NOBODY), "/pages/1"), 410);
    site_close(site);
}

static void a_state_changed_meanwhile_is_not_changed_again(void **state) {
    struct site *site = site_open(state);
    struct browser *owner = browser_new(site, BO);
    site_page(site);
    assert_int_equal(browser_get(owner, "/pages/1/state/unpublished"), 200);
    test_execute(site->store, "UPDATE page SET revision = 3 WHERE id = 1");
    assert_int_equal(browser_post(owner, "/pages/1/state/unpublished", "revision=2&reason=Slut."),
                     422);
    assert_true(browser_sees(owner, "Slut.</textarea>"));
    assert_int_equal(browser_get(owner, "/pages/1/state/nonsense"), 404);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(a_published_page_is_read_by_everybody),
        TEST_ON_SQLITE(what_each_role_sees_is_golden),
        TEST_ON_BOTH(a_draft_is_nothing_to_others),
        TEST_ON_BOTH(an_unpublished_page_is_gone_with_an_explanation),
        TEST_ON_SQLITE(another_organisations_page_does_not_exist),
        TEST_ON_SQLITE(hostile_text_is_inert),
        TEST_ON_BOTH(a_variant_older_than_its_original_says_so),
        TEST_ON_BOTH(saved_words_are_the_next_version),
        TEST_ON_BOTH(who_saves_second_is_shown_both_texts),
        TEST_ON_SQLITE(a_public_page_is_not_saved_with_template_text),
        TEST_ON_SQLITE(a_missing_title_says_how_to_mend_it),
        TEST_ON_SQLITE(a_preview_saves_nothing),
        TEST_ON_SQLITE(others_cannot_change_a_page),
        TEST_ON_BOTH(a_draft_is_published_and_told),
        TEST_ON_BOTH(publishing_waits_until_the_organisation_is_ready),
        TEST_ON_SQLITE(publishing_waits_for_the_checks),
        TEST_ON_BOTH(unpublishing_wants_a_reason),
        TEST_ON_SQLITE(only_owner_substitute_and_communications_publish),
        TEST_ON_BOTH(disposal_takes_a_decision_and_an_archivist),
        TEST_ON_SQLITE(a_state_changed_meanwhile_is_not_changed_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
