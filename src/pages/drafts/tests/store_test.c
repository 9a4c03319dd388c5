/* Drafts of people without an account belong to the browser they were begun in, and to no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/drafts/drafts.h"
#include "pages/tests/site.h"

#define BOAT_FORM(F, T) F(T, text, name, , REQUIRED, 40, draft, "what it is called")
FORM(boat_form, BOAT_FORM);

static const struct draft_step steps[] = {{"boat", (const char *const[]){"name", NULL}}};
static const struct draft_kind boat = {"boat", &boat_form_form, steps, 1, "/boats/new"};

struct scene {
    struct site *site;
    struct request rq;
    const char *cookie;
    int64_t id;
    enum error found;
};

static enum error add(void *context, struct db *db) {
    struct scene *scene = context;
    return draft_add(db, &scene->rq, &boat, 0, 0, "{\"name\":\"Ebba\"}", scene->cookie, &scene->id);
}

static struct scene scene_begin(struct site *site, int account) {
    struct visitor *visitor = ARENA_NEW(site->arena, struct visitor);
    visitor->account = account;
    struct scene scene = {.site = site,
                          .rq = {.tenant = site->tenant,
                                 .now = site_now,
                                 .arena = site->arena,
                                 .visitor = visitor,
                                 .seed = "of one request only"}};
    scene.cookie = draft_cookie(&scene.rq);
    return scene;
}

static void the_cookie_is_the_same_when_the_act_is_run_again(void **state) {
    struct site *site = site_open(state);
    struct scene one = scene_begin(site, NOBODY), other = scene_begin(site, NOBODY);
    assert_string_equal(one.cookie, draft_cookie(&one.rq));
    other.rq.seed[0] ^= 1;
    assert_string_not_equal(one.cookie, draft_cookie(&other.rq));
    assert_true(strlen(one.cookie) >= 32);
    site_close(site);
}

/* Whoever has the database alone cannot take a draft over: the cookie itself is not kept. */
static void the_cookie_is_kept_as_a_hash(void **state) {
    struct site *site = site_open(state);
    struct scene scene = scene_begin(site, NOBODY);
    assert_int_equal(store_act(site->store, add, &scene), ERR_OK);
    const char *kept = site_text(site, "SELECT cookie_hash AS text FROM draft");
    assert_non_null(kept);
    assert_null(strstr(kept, scene.cookie));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM draft WHERE account IS NULL"), 1);
    site_close(site);
}

static void a_draft_of_nobody_is_refused(void **state) {
    struct site *site = site_open(state);
    struct scene scene = scene_begin(site, NOBODY);
    scene.cookie = NULL;
    assert_int_equal(store_act(site->store, add, &scene), ERR_CONFLICT);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM draft"), 0);
    site_close(site);
}

static enum error find(void *context, struct db *db) {
    struct scene *scene = context;
    struct draft draft = {0};
    scene->found = draft_find(db, &scene->rq, &boat, scene->id, &draft);
    return ERR_OK;
}

static void an_account_finds_its_own_and_no_other(void **state) {
    struct site *site = site_open(state);
    struct scene mine = scene_begin(site, GUN), theirs = scene_begin(site, BO);
    assert_int_equal(store_act(site->store, add, &mine), ERR_OK);
    theirs.id = mine.id;
    assert_int_equal(store_act(site->store, find, &mine), ERR_OK);
    assert_int_equal(mine.found, ERR_OK);
    assert_int_equal(store_act(site->store, find, &theirs), ERR_OK);
    assert_int_equal(theirs.found, ERR_NOT_FOUND);
    theirs.rq.tenant = site->other_tenant;
    ((struct visitor *)theirs.rq.visitor)->account = GUN;
    assert_int_equal(store_act(site->store, find, &theirs), ERR_OK);
    assert_int_equal(theirs.found, ERR_NOT_FOUND);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(the_cookie_is_the_same_when_the_act_is_run_again),
        TEST_ON_BOTH(the_cookie_is_kept_as_a_hash),
        TEST_ON_BOTH(a_draft_of_nobody_is_refused),
        TEST_ON_BOTH(an_account_finds_its_own_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
