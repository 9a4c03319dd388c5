#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/http/negotiate.h"

static void test_representation_by_accept(void **state) {
    (void)state;
    static const struct {
        const char *accept;
        enum representation wanted;
    } rows[] = {
        {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", REPRESENTATION_HTML},
        {"application/json", REPRESENTATION_JSON},
        {"application/json;q=0.5, text/html", REPRESENTATION_HTML},
        {"application/json, text/html;q=0.9", REPRESENTATION_JSON},
        {"text/html;q=0.1, application/json;q=0.2", REPRESENTATION_JSON},
        {"text/html;q=0.15,application/json;q=0.149", REPRESENTATION_HTML},
        {"*/*", REPRESENTATION_HTML},
        {"application/json, */*;q=0.8", REPRESENTATION_JSON},
        {"application/*", REPRESENTATION_JSON},
        {"text/*, application/json;q=0.9", REPRESENTATION_HTML},
        {"text/html;q=0, */*", REPRESENTATION_JSON},
        {"application/problem+json", REPRESENTATION_JSON},
        {"image/png", REPRESENTATION_HTML},
        {"", REPRESENTATION_HTML},
        {"text/html;level=1;q=0.3, application/json;charset=utf-8;q=0.4", REPRESENTATION_JSON},
        {"application/json;q=banana, text/html;q=0.1", REPRESENTATION_HTML},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(negotiate_representation(rows[i].accept, REPRESENTATION_HTML),
                         rows[i].wanted);
    assert_int_equal(negotiate_representation(NULL, REPRESENTATION_JSON), REPRESENTATION_JSON);
    assert_int_equal(negotiate_representation("*/*", REPRESENTATION_JSON), REPRESENTATION_JSON);
}

static void test_encoding_among_those_offered(void **state) {
    (void)state;
    const unsigned all = 7, no_brotli = 1 | 1u << ENCODING_GZIP;
    assert_int_equal(negotiate_encoding("gzip, deflate, br", all), ENCODING_BROTLI);
    assert_int_equal(negotiate_encoding("gzip, deflate, br", no_brotli), ENCODING_GZIP);
    assert_int_equal(negotiate_encoding("gzip, br", 1), ENCODING_IDENTITY);
    assert_int_equal(negotiate_encoding("br;q=0.5, gzip;q=0.8", all), ENCODING_GZIP);
    assert_int_equal(negotiate_encoding("br;q=0, gzip", all), ENCODING_GZIP);
    assert_int_equal(negotiate_encoding("*", all), ENCODING_BROTLI);
    assert_int_equal(negotiate_encoding("*;q=0", all), ENCODING_IDENTITY);
    assert_int_equal(negotiate_encoding("br;q=0.000", all), ENCODING_IDENTITY);
    assert_int_equal(negotiate_encoding("", all), ENCODING_IDENTITY);
    assert_int_equal(negotiate_encoding(NULL, all), ENCODING_IDENTITY);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_representation_by_accept),
        cmocka_unit_test(test_encoding_among_those_offered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
