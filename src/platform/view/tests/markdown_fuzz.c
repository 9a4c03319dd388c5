/* Any text as markup by people: no element or attribute comes out that we do not let through. */
#include <stdlib.h>
#include <string.h>

#include "platform/view/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool begins(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

/* What follows "<" is one of these, whole. */
static bool is_allowed(const char *tag) {
    static const char *const plain[] = {
        "p>",   "/p>",   "br />", "hr />",       "em>",         "/em>", "strong>", "/strong>",
        "ul>",  "/ul>",  "ol>",   "/ol>",        "li>",         "/li>", "code>",   "/code>",
        "pre>", "/pre>", "/a>",   "h3>",         "/h3>",        "h4>",  "/h4>",    "h5>",
        "/h5>", "h6>",   "/h6>",  "blockquote>", "/blockquote>"};
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (begins(tag, plain[i]))
            return true;
    if (begins(tag, "ol start=\""))
        return strspn(tag + 10, "0123456789") == strcspn(tag + 10, "\"");
    static const char link[] = "a rel=\"nofollow noopener\" href=\"";
    return begins(tag, link) &&
           (begins(tag + strlen(link), "http://") || begins(tag + strlen(link), "https://") ||
            begins(tag + strlen(link), "mailto:"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct arena *arena = arena_new(64 << 20);
    if (!ARENA_RECOVER(arena)) {
        const char *text = arena_copy_span(arena, (const char *)bytes, length);
        for (const char *at = html_from_markdown(arena, text, 3).markup;
             (at = strchr(at, '<')) != NULL; at++)
            if (!is_allowed(at + 1))
                abort();
    }
    arena_free(arena);
    return 0;
}
