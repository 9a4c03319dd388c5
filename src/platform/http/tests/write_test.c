/* Writes: forms and JSON, proof of origin, the same act twice, what is wrong shown again. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/db/test_store.h"
#include "platform/http/tests/site/site.h"

#define URLENCODED "Content-Type: application/x-www-form-urlencoded"
#define JSON "Content-Type: application/json"
#define assert_contains(text, part) assert_non_null(strstr((text), (part)))

/* One test's service and visitor. */
struct scene {
    struct store *store;
    struct http *http;
    struct visit visit;
};

static struct scene scene_begin(void **state) {
    struct scene scene = {.store = test_store(state)};
    const struct http_options options = site_options(scene.store);
    scene.http = site_start(&options);
    scene.visit = visit_new(scene.http);
    return scene;
}

static void scene_end(struct scene *scene) {
    visit_end(&scene->visit);
    http_stop(scene->http);
}

static const char *fields(struct visit *visit, const char *text, const char *token) {
    return arena_format(visit->arena, "text=%s&form=%s", text, token);
}

/* Opens the form as a browser would, and gives its token. */
static const char *open_form(struct visit *visit) {
    visit_get(visit, "/notes", NULL);
    assert_int_equal(visit->reply.status, 200);
    return visit_token(visit);
}

static int64_t notes(const struct scene *scene) {
    return test_integer(scene->store, "SELECT count(*) FROM note");
}

static int64_t acts(const struct scene *scene) {
    return test_integer(scene->store, "SELECT count(*) FROM act");
}

static void test_form_is_written_and_shown(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "hej+%C3%A5", open_form(visit)));
    assert_int_equal(visit->reply.status, 303);
    assert_string_equal(visit_header(visit, "location"), "/notes/1");
    visit_get(visit, "/notes/1", NULL);
    assert_contains(visit->reply.body, "<title>hej \xc3\xa5</title>");
    assert_contains(visit->reply.body, "Lappen sitter.");
    visit_get(visit, "/notes/1", NULL);
    assert_null(strstr(visit->reply.body, "Lappen sitter."));
    scene_end(&scene);
}

static void test_same_form_twice_is_one_act(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *body = fields(visit, "hej", open_form(visit));
    for (int i = 0; i < 3; i++) {
        visit_post(visit, "/notes", HEADERS(URLENCODED), body);
        assert_int_equal(visit->reply.status, 303);
        assert_string_equal(visit_header(visit, "location"), "/notes/1");
    }
    assert_int_equal(notes(&scene), 1);
    assert_int_equal(site_acts, 1);
    scene_end(&scene);
}

static void test_same_token_with_other_fields_is_another_act(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *token = open_form(visit);
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "anna", token));
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "bo", token));
    assert_string_equal(visit_header(visit, "location"), "/notes/2");
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "anna", token));
    assert_string_equal(visit_header(visit, "location"), "/notes/1");
    assert_int_equal(notes(&scene), 2);
    assert_int_equal(acts(&scene), 2);
    scene_end(&scene);
}

/* One of many browsers that press the same button. */
struct press {
    struct http *http;
    const char *cookie, *body;
    int status;
    char location[32];
};

static void *press(void *context) {
    struct press *press = context;
    struct visit visit = visit_new(press->http);
    visit.cookie = press->cookie;
    visit_post(&visit, "/notes", HEADERS(URLENCODED), press->body);
    press->status = visit.reply.status;
    const char *location = visit_header(&visit, "location");
    (void)snprintf(press->location, sizeof press->location, "%s", location == NULL ? "" : location);
    visit_end(&visit);
    return NULL;
}

static void test_fifty_presses_are_one_act(void **state) {
    enum { PRESSES = 50 };
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *body = fields(visit, "hej", open_form(visit));
    struct press presses[PRESSES];
    pthread_t threads[PRESSES];
    for (int i = 0; i < PRESSES; i++) {
        presses[i] = (struct press){scene.http, visit->cookie, body, 0, ""};
        assert_int_equal(pthread_create(&threads[i], NULL, press, &presses[i]), 0);
    }
    for (int i = 0; i < PRESSES; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(presses[i].status, 303);
        assert_string_equal(presses[i].location, presses[0].location);
    }
    assert_int_equal(notes(&scene), 1);
    assert_int_equal(acts(&scene), 1);
    scene_end(&scene);
}

static void test_invalid_form_is_shown_again_as_typed(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *token = open_form(visit);
    visit_post(visit, "/notes", HEADERS(URLENCODED),
               fields(visit, "abcdefghijklmnopqrstuvwxyz%22%3E", token));
    assert_int_equal(visit->reply.status, 422);
    assert_contains(visit->reply.body, "value=\"abcdefghijklmnopqrstuvwxyz&quot;&gt;\"");
    assert_contains(visit->reply.body, "20");
    assert_contains(visit->reply.body, "<title>Fel: Ny lapp</title>");
    assert_contains(visit->reply.body, "<nav>Ny lapp</nav>"); /* as a crumb shows it */
    assert_string_not_equal(visit_token(visit), token);
    assert_int_equal(site_prepares, 0);
    assert_int_equal(notes(&scene), 0);
    scene_end(&scene);
}

static void test_refusal_of_the_act_is_shown_again(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "hej", open_form(visit)));
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "hej", open_form(visit)));
    assert_int_equal(visit->reply.status, 422);
    assert_contains(visit->reply.body, "Det st\xc3\xa5r redan.");
    assert_contains(visit->reply.body, "value=\"hej\"");
    /* What was refused leaves no act behind: mended, the same form is taken. */
    assert_int_equal(acts(&scene), 1);
    scene_end(&scene);
}

static void test_conflict_is_shown_with_what_was_typed(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *token = open_form(visit);
    site_now += SECONDS(90);
    visit_post(visit, "/notes/taken", HEADERS(URLENCODED), fields(visit, "hej", token));
    assert_int_equal(visit->reply.status, 409);
    assert_contains(visit->reply.body, "Det st\xc3\xa5r redan.");
    assert_contains(visit->reply.body, "value=\"hej\"");
    assert_in_range(site_form_age, SECONDS(90), SECONDS(91));
    scene_end(&scene);
}

static void test_json_client_gets_json(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *token = arena_format(visit->arena, "X-Radslag-Form: %s", open_form(visit));
    visit_post(visit, "/notes", HEADERS(JSON, token), "{\"text\":\"hej\"}");
    assert_int_equal(visit->reply.status, 201);
    assert_string_equal(visit_header(visit, "location"), "/notes/1");
    assert_string_equal(visit->reply.body,
                        "{\"address\":\"/notes/1\",\"message\":\"Lappen sitter.\"}");
    visit_post(visit, "/notes", HEADERS(JSON, token), "{\"text\":\"\"}");
    assert_int_equal(visit->reply.status, 422);
    assert_string_equal(visit_header(visit, "content-type"), "application/problem+json");
    assert_contains(visit->reply.body, "\"errors\":[{\"field\":\"text\"");
    visit_post(visit, "/notes", HEADERS(JSON, token), "{\"text\":");
    assert_int_equal(visit->reply.status, 400);
    scene_end(&scene);
}

static void test_program_repeats_by_its_own_key(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *bearer = "Authorization: Bearer x", *key = "Idempotency-Key: 4711";
    visit_post(visit, "/notes", HEADERS(JSON, bearer, key), "{\"text\":\"hej\"}");
    assert_int_equal(visit->reply.status, 201);
    visit_post(visit, "/notes", HEADERS(JSON, bearer, key), "{\"text\":\"hej\"}");
    assert_int_equal(visit->reply.status, 201);
    assert_int_equal(notes(&scene), 1);
    /* Another program may choose the same key. */
    visit_post(visit, "/notes", HEADERS(JSON, "Authorization: Bearer y", key),
               "{\"text\":\"hej\"}");
    assert_int_equal(visit->reply.status, 422);
    visit_post(visit, "/notes", HEADERS(JSON, bearer, "Idempotency-Key: a b"),
               "{\"text\":\"hej\"}");
    assert_int_equal(visit->reply.status, 400);
    scene_end(&scene);
}

static void test_forged_writes_are_refused(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *body = fields(visit, "hej", open_form(visit));
    static const char *const foreign[] = {"Sec-Fetch-Site: cross-site",
                                          "Sec-Fetch-Site: same-site",
                                          "Origin: https://evil.example",
                                          "Origin: null",
                                          "Origin: http://board.example.evil.example",
                                          "Origin: https://board.example"};
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        visit_post(visit, "/notes", HEADERS(URLENCODED, foreign[i]), body);
        assert_int_equal(visit->reply.status, 403);
    }
    visit_post(visit, "/notes", HEADERS(URLENCODED), "text=hej");
    assert_int_equal(visit->reply.status, 403);
    visit->cookie = "__Host-visitor=somebodyelse";
    visit_post(visit, "/notes", HEADERS(URLENCODED), body);
    assert_int_equal(visit->reply.status, 403);
    assert_int_equal(site_acts, 0);
    assert_int_equal(notes(&scene), 0);
    scene_end(&scene);
}

static void test_own_origin_passes(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *body = fields(visit, "hej", open_form(visit));
    visit_post(visit, "/notes",
               HEADERS(URLENCODED, "Origin: http://board.example", "Sec-Fetch-Site: same-origin"),
               body);
    assert_int_equal(visit->reply.status, 303);
    scene_end(&scene);
}

static void test_old_form_of_ours_is_shown_again(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *body = fields(visit, "hej", open_form(visit));
    site_now += HOURS(25);
    visit_post(visit, "/notes", HEADERS(URLENCODED, "Sec-Fetch-Site: same-origin"), body);
    assert_int_equal(visit->reply.status, 422);
    assert_contains(visit->reply.body, "value=\"hej\"");
    assert_int_equal(notes(&scene), 0);
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "hej", visit_token(visit)));
    assert_int_equal(visit->reply.status, 303);
    scene_end(&scene);
}

static void test_logging_in_may_be_done_twice(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *cookie = NULL;
    const char *body = arena_format(visit->arena, "form=%s", open_form(visit));
    for (int i = 0; i < 2; i++) {
        cookie = visit->cookie;
        visit_post(visit, "/login", HEADERS(URLENCODED), body);
        assert_contains(visit_header(visit, "set-cookie"), "__Host-session=anna;");
        visit->cookie = cookie;
    }
    assert_int_equal(site_acts, 2);
    scene_end(&scene);
}

static void test_bodies_are_limited_and_known(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    char *large = arena_take(visit->arena, (64 << 10) + 2);
    memset(large, 'a', (64 << 10) + 1);
    visit_post(visit, "/notes", HEADERS(URLENCODED), large);
    assert_int_equal(visit->reply.status, 413);
    assert_string_equal(visit_header(visit, "connection"), "close");
    visit_post(visit, "/notes", HEADERS("Content-Type: text/plain"), "hej");
    assert_int_equal(visit->reply.status, 415);
    visit_post(visit, "/notes", NULL, "hej");
    assert_int_equal(visit->reply.status, 415);
    visit_post(visit, "/notes", HEADERS(URLENCODED), "text=%zz");
    assert_int_equal(visit->reply.status, 400);
    scene_end(&scene);
}

static void test_spent_memory_in_the_lane_is_503(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    const char *body = arena_format(visit->arena, "form=%s", open_form(visit));
    visit_post(visit, "/spend", HEADERS(URLENCODED), body);
    assert_int_equal(visit->reply.status, 503);
    assert_int_equal(acts(&scene), 0);
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "hej", open_form(visit)));
    assert_int_equal(visit->reply.status, 303);
    scene_end(&scene);
}

static enum error forget(void *context, struct db *db) {
    return http_acts_forget(db, 1, site_now, context);
}

static void test_old_acts_are_forgotten(void **state) {
    struct scene scene = scene_begin(state);
    struct visit *visit = &scene.visit;
    int64_t gone = 0;
    visit_post(visit, "/notes", HEADERS(URLENCODED), fields(visit, "hej", open_form(visit)));
    assert_int_equal(store_act(scene.store, forget, &gone), ERR_OK);
    assert_int_equal(gone, 0);
    site_now += 1;
    assert_int_equal(store_act(scene.store, forget, &gone), ERR_OK);
    assert_int_equal(gone, 1);
    scene_end(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_form_is_written_and_shown),
        TEST_ON_BOTH(test_same_form_twice_is_one_act),
        TEST_ON_BOTH(test_same_token_with_other_fields_is_another_act),
        TEST_ON_BOTH(test_fifty_presses_are_one_act),
        TEST_ON_SQLITE(test_invalid_form_is_shown_again_as_typed),
        TEST_ON_BOTH(test_refusal_of_the_act_is_shown_again),
        TEST_ON_SQLITE(test_conflict_is_shown_with_what_was_typed),
        TEST_ON_SQLITE(test_json_client_gets_json),
        TEST_ON_BOTH(test_program_repeats_by_its_own_key),
        TEST_ON_SQLITE(test_forged_writes_are_refused),
        TEST_ON_SQLITE(test_own_origin_passes),
        TEST_ON_SQLITE(test_old_form_of_ours_is_shown_again),
        TEST_ON_SQLITE(test_logging_in_may_be_done_twice),
        TEST_ON_SQLITE(test_bodies_are_limited_and_known),
        TEST_ON_BOTH(test_spent_memory_in_the_lane_is_503),
        TEST_ON_BOTH(test_old_acts_are_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
