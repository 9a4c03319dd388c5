#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/http/route.h"

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

static enum error show(struct request *rq, struct reply *rp) {
    (void)rq;
    (void)rp;
    return ERR_OK;
}

static enum error act(struct request *rq, struct db *db) {
    (void)rq;
    (void)db;
    return ERR_OK;
}

static const struct route pages[] = {ROUTE_GET("/", show, .doc = "start"),
                                     ROUTE_GET("/pages", show, .doc = "list"),
                                     ROUTE_GET("/pages/new", show, .doc = "form"),
                                     ROUTE_POST("/pages", act, .doc = "make"),
                                     ROUTE_GET("/pages/:id", show, .doc = "one"),
                                     ROUTE_POST("/pages/:page/edit", act, .doc = "edit"),
                                     ROUTE_GET("/:place/map/:layer", show, .doc = "map"),
                                     {.path = NULL}};

static const struct router *router_of(const struct route *table) {
    const struct route *const tables[] = {table, NULL};
    const struct router *router = NULL;
    const char *reason = NULL;
    assert_int_equal(router_new(arena, tables, &router, &reason), ERR_OK);
    return router;
}

static const struct route *at(const char *path, enum method method) {
    struct router_match match = {0};
    return router_find(router_of(pages), path, &match) ? match.route[method] : NULL;
}

static void test_paths_find_their_route(void **state) {
    (void)state;
    assert_ptr_equal(at("/", METHOD_GET), &pages[0]);
    assert_ptr_equal(at("/pages", METHOD_GET), &pages[1]);
    assert_ptr_equal(at("/pages", METHOD_POST), &pages[3]);
    assert_ptr_equal(at("/pages/7", METHOD_GET), &pages[4]);
    assert_null(at("/pages/7", METHOD_POST));
    assert_null(at("/pages/7/8", METHOD_GET));
    assert_null(at("/page", METHOD_GET));
}

static void test_words_go_before_parameters(void **state) {
    (void)state;
    assert_ptr_equal(at("/pages/new", METHOD_GET), &pages[2]);
    /* "new" leads nowhere here, so it is a value after all. */
    assert_ptr_equal(at("/pages/new/edit", METHOD_POST), &pages[5]);
    assert_ptr_equal(at("/pages/map/x", METHOD_GET), &pages[6]);
}

static void test_parameters_have_their_routes_names(void **state) {
    (void)state;
    struct input params = route_params(arena, &pages[6], "/\xc3\xa5vik/map/bus stops");
    assert_int_equal(params.count, 2);
    assert_string_equal(input_value(&params, "place"), "\xc3\xa5vik");
    assert_string_equal(input_value(&params, "layer"), "bus stops");
    params = route_params(arena, &pages[5], "/pages/7/edit");
    assert_string_equal(input_value(&params, "page"), "7");
    assert_null(input_value(&params, "id"));
}

static void test_patterns_are_found(void **state) {
    (void)state;
    assert_ptr_equal(router_by_pattern(router_of(pages), "/pages/:id"), &pages[4]);
    assert_null(router_by_pattern(router_of(pages), "/pages/:page/edit"));
}

static void assert_refused(const struct route *table, const char *part) {
    const struct route *const tables[] = {table, NULL};
    const struct router *router = NULL;
    const char *reason = NULL;
    assert_int_equal(router_new(arena, tables, &router, &reason), ERR_FAULT);
    assert_non_null(strstr(reason, part));
    assert_null(router);
}

static void test_clashing_and_malformed_tables_are_refused(void **state) {
    (void)state;
    const struct route twice[] = {
        ROUTE_GET("/a/:b", show, .doc = "x"), ROUTE_GET("/a/:c", show, .doc = "y"), {.path = NULL}};
    assert_refused(twice, "stands in");
    static const char *const malformed[] = {
        "", "a", "/a/", "/a//b", "/:", "/a/:/b", "/1/2/3/4/5/6/7/8/9/10/11/12/13"};
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        const struct route table[] = {ROUTE_GET(malformed[i], show, .doc = "x"), {.path = NULL}};
        assert_refused(table, "malformed");
    }
    const struct route undescribed[] = {ROUTE_GET("/a", show, .doc = NULL), {.path = NULL}};
    assert_refused(undescribed, "malformed");
}

static void test_page_of_a_form_must_be_there(void **state) {
    (void)state;
    const struct route missing[] = {ROUTE_POST("/a/:id", act, .form_page = "/b/:id", .doc = "x"),
                                    {.path = NULL}};
    assert_refused(missing, "cannot show its form");
    const struct route unnamed[] = {ROUTE_GET("/b/:page", show, .doc = "x"),
                                    ROUTE_POST("/a/:id", act, .form_page = "/b/:page", .doc = "x"),
                                    {.path = NULL}};
    assert_refused(unnamed, "cannot show its form");
    const struct route fits[] = {ROUTE_GET("/b/:id", show, .doc = "x"),
                                 ROUTE_POST("/a/:id", act, .form_page = "/b/:id", .doc = "x"),
                                 {.path = NULL}};
    assert_non_null(router_of(fits));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths_find_their_route),
        cmocka_unit_test(test_words_go_before_parameters),
        cmocka_unit_test(test_parameters_have_their_routes_names),
        cmocka_unit_test(test_patterns_are_found),
        cmocka_unit_test(test_clashing_and_malformed_tables_are_refused),
        cmocka_unit_test(test_page_of_a_form_must_be_there),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
