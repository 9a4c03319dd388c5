/* Markup by people: CommonMark by cmark-gfm in its safe mode, with the tree put right before it is
 * rendered. What may not stand in a page becomes text, so that nothing anybody wrote is lost. */
#include <cmark-gfm.h>
#include <string.h>

#include "platform/base/text.h"
#include "platform/view/view.h"

enum { MARKUP_BYTES = 4 << 20, HEADING_MAX = 6 };

/* ---- putting the tree right ---- */

/* Raw HTML as the text it was written as. */
static void html_to_text(cmark_node *node, bool is_block) {
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node *whole = is_block ? cmark_node_new(CMARK_NODE_PARAGRAPH) : text;
    (void)cmark_node_set_literal(text, cmark_node_get_literal(node));
    if (is_block)
        (void)cmark_node_append_child(whole, text);
    (void)cmark_node_replace(node, whole);
    cmark_node_free(node);
}

/* Leaves what is inside a link or an image, and takes away what is around it. */
static void unwrap(cmark_node *node) {
    cmark_node *child;
    while ((child = cmark_node_first_child(node)) != NULL)
        (void)cmark_node_insert_before(node, child);
    cmark_node_free(node);
}

static void put_right(cmark_node *node, int heading_shift) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING: {
        const int level = cmark_node_get_heading_level(node) + heading_shift;
        (void)cmark_node_set_heading_level(node, level < HEADING_MAX ? level : HEADING_MAX);
        break;
    }
    case CMARK_NODE_CODE_BLOCK:
        (void)cmark_node_set_fence_info(node, "");
        break;
    case CMARK_NODE_HTML_BLOCK:
        html_to_text(node, true);
        break;
    case CMARK_NODE_HTML_INLINE:
        html_to_text(node, false);
        break;
    case CMARK_NODE_IMAGE:
        unwrap(node);
        break;
    case CMARK_NODE_LINK:
        if (url_checked(cmark_node_get_url(node)).address == NULL)
            unwrap(node);
        break;
    default:
        break;
    }
}

/* Level of the highest heading, those in quotes and lists too, 1–6; 1 when there is none. */
static int highest_heading(cmark_node *document) {
    int highest = HEADING_MAX;
    bool any = false;
    cmark_iter *iterator = cmark_iter_new(document);
    while (cmark_iter_next(iterator) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        const int level = cmark_node_get_heading_level(node);
        highest = level < highest ? level : highest;
        any = true;
    }
    cmark_iter_free(iterator);
    return any ? highest : 1;
}

/* A node is put right when all below it is done, so that it may go. */
static void put_all_right(cmark_node *document, int heading_level) {
    const int heading_shift = heading_level - highest_heading(document);
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        const bool is_leaf = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK ||
                             cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE ||
                             cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK;
        if (event == CMARK_EVENT_EXIT || is_leaf)
            put_right(node, heading_shift);
    }
    cmark_iter_free(iterator);
}

/* ---- rendering ---- */

/* Text is escaped by the renderer, so that this string begins a link wherever it stands. */
static void add_with_rel(struct buffer *into, const char *markup) {
    static const char link[] = "<a href=\"";
    for (const char *at; (at = strstr(markup, link)) != NULL; markup = at + strlen(link)) {
        buffer_add(into, markup, (size_t)(at - markup));
        buffer_text(into, "<a rel=\"nofollow noopener\" href=\"");
    }
    buffer_text(into, markup);
}

/* What the library allocates while a text is turned into markup. */
struct rendering {
    cmark_node *document;
    char *markup;
};

static void forget(void *thing) {
    struct rendering *rendering = thing;
    if (rendering->document != NULL)
        cmark_node_free(rendering->document);
    free(rendering->markup);
}

struct html html_from_markdown(struct arena *arena, const char *markdown, int heading_level) {
    /* A line end that somebody typed is one that is seen. */
    const int options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_HARDBREAKS;
    if (markdown == NULL)
        return (struct html){NULL};
    struct rendering *rendering = ARENA_NEW(arena, struct rendering);
    arena_defer(arena, forget, rendering);
    rendering->document = cmark_parse_document(markdown, strlen(markdown), options);
    put_all_right(rendering->document, heading_level);
    rendering->markup = cmark_render_html(rendering->document, options, NULL);
    struct buffer into = buffer_in(arena, MARKUP_BYTES);
    add_with_rel(&into, rendering->markup);
    return (struct html){buffer_string(&into)};
}
