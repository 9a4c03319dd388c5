/* Markup by people comes out as markup of ours alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/view/view.h"

static struct arena *arena;

static const char *html(const char *markdown) {
    return html_from_markdown(arena, markdown, 3).markup;
}

static void test_common_markup(void **state) {
    (void)state;
    static const struct {
        const char *markdown, *want;
    } cases[] = {
        {"", ""},
        {"Hej *du*\noch **ni**", "<p>Hej <em>du</em><br />\noch <strong>ni</strong></p>\n"},
        {"# A\n\n## B\n\n#### D\n\n###### F", "<h3>A</h3>\n<h4>B</h4>\n<h6>D</h6>\n<h6>F</h6>\n"},
        {"> # A\n\nB\n--", "<blockquote>\n<h3>A</h3>\n</blockquote>\n<h4>B</h4>\n"},
        {"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
        {"> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"},
        {"`<b>`", "<p><code>&lt;b&gt;</code></p>\n"},
        {"```js\" onclick=x\na\n```", "<pre><code>a\n</code></pre>\n"},
        {"[karta](https://karta.example/?a=1&b=2)",
         "<p><a rel=\"nofollow noopener\" href=\"https://karta.example/?a=1&amp;b=2\">karta</a>"
         "</p>\n"},
        {"<mailto:a@b.se>", "<p><a rel=\"nofollow noopener\" href=\"mailto:a@b.se\">mailto:a@b.se"
                            "</a></p>\n"},
        {"Å & ä < ö", "<p>Å &amp; ä &lt; ö</p>\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(html(cases[i].markdown), cases[i].want);
    assert_null(html(NULL));
}

/* What may not stand in a page is there to read, and does nothing. */
static void test_hostile(void **state) {
    (void)state;
    static const struct {
        const char *markdown, *want;
    } cases[] = {
        {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n"},
        {"a <b onmouseover=x>b</b>", "<p>a &lt;b onmouseover=x&gt;b&lt;/b&gt;</p>\n"},
        {"<!-- x -->", "<p>&lt;!-- x --&gt;\n</p>\n"},
        {"[a](javascript:alert(1))", "<p>a</p>\n"},
        {"[a](JaVaScRiPt:alert(1))", "<p>a</p>\n"},
        {"[a](data:text/html;base64,xx)", "<p>a</p>\n"},
        {"[a](//evil.example)", "<p>a</p>\n"},
        {"[a](/logga-ut)", "<p>a</p>\n"},
        {"[a](https://x.example/\"onclick=y)", "<p>a</p>\n"},
        {"[a](<https://x.example/ b>)", "<p>a</p>\n"},
        {"[a](https://x.example \"t\\\"><script>\")",
         "<p><a rel=\"nofollow noopener\" href=\"https://x.example\" "
         "title=\"t&quot;&gt;&lt;script&gt;\">a</a></p>\n"},
        {"![foto](https://spy.example/x.png)", "<p>foto</p>\n"},
        {"[![foto](x.png)](https://a.example)",
         "<p><a rel=\"nofollow noopener\" href=\"https://a.example\">foto</a></p>\n"},
        {"[a *b* ![c](d)](vbscript:x)", "<p>a <em>b</em> c</p>\n"},
        {"[a]\n\n[a]: javascript:x", "<p>a</p>\n"},
        {"&lt;script&gt; &#60;b&#62;", "<p>&lt;script&gt; &lt;b&gt;</p>\n"},
        {"text \"<a href=\"", "<p>text &quot;&lt;a href=&quot;</p>\n"},
        {"`<a href=\"x\">`", "<p><code>&lt;a href=&quot;x&quot;&gt;</code></p>\n"},
        {"a\xff\xfe", "<p>a\uFFFD\uFFFD</p>\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(html(cases[i].markdown), cases[i].want);
}

/* Nesting costs time in proportion, not stack. */
static void test_deep_nesting(void **state) {
    (void)state;
    char deep[20001];
    static const char *const openers[] = {">", "[", "*a _b ", "- ", "![", "<b>", "`", "(((("};
    for (size_t i = 0; i < sizeof openers / sizeof openers[0]; i++) {
        const size_t length = strlen(openers[i]);
        for (size_t at = 0; at + length < sizeof deep; at += length)
            memcpy(deep + at, openers[i], length);
        deep[(sizeof deep - 1) / length * length] = '\0';
        assert_null(strstr(html(deep), "<b>"));
    }
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_common_markup),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_deep_nesting),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
