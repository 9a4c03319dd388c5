/* The ready colours, read from the style sheets that the build embeds, and /theme.css. */
#include <string.h>

#include "people/organisations/colour.h"
#include "people/organisations/settings.h"
#include "platform/base/embedded.h"
#include "platform/base/instant.h"

static const char folder[] = "frame/static/theme-", ending[] = ".css";

/* The name in "frame/static/theme-lake.css"; NULL for other files. */
static const char *name_of(struct arena *arena, const struct embedded *file) {
    const size_t length = strlen(file->path), around = strlen(folder) + strlen(ending);
    if (!text_begins(file->path, folder) || length <= around ||
        strcmp(file->path + length - strlen(ending), ending) != 0)
        return NULL;
    return arena_copy_span(arena, file->path + strlen(folder), length - around);
}

static const struct embedded *file_of(struct arena *arena, const char *name) {
    return embedded_find(arena_format(arena, "%s%s%s", folder, name, ending));
}

bool theme_is_ready(struct arena *arena, const char *name) {
    return file_of(arena, name) != NULL;
}

const char *theme_name(struct arena *arena, enum language language, const char *theme,
                       const char *colour) {
    return strcmp(theme, "own") == 0 ? colour
                                     : word(language, arena_format(arena, "theme.%s", theme));
}

/* ---- the list to choose from ---- */

/* The colour of a shade in one scheme of a style sheet. */
static const char *shade(struct arena *arena, const char *style, const char *scheme,
                         const char *name) {
    const char *at = strstr(style, scheme);
    const char *key = arena_format(arena, "--ds-color-accent-%s: #", name);
    at = at == NULL ? NULL : strstr(at, key);
    return at == NULL ? "#000000" : arena_copy_span(arena, at + strlen(key) - 1, 7);
}

static struct theme_view theme_from(struct arena *arena, enum language language, const char *code,
                                    const char *name, const char *style) {
    const char *deep = shade(arena, style, "color-scheme.light", "base-default");
    struct colour colour = {0, 0, 0};
    (void)colour_parse(deep, &colour);
    const double contrast = colour_contrast(colour, (struct colour){255, 255, 255});
    return (struct theme_view){
        .code = code,
        .name = name,
        .deep = deep,
        .link = shade(arena, style, "color-scheme.light", "text-subtle"),
        .night = shade(arena, style, "color-scheme.dark", "background-default"),
        .night_deep = shade(arena, style, "color-scheme.dark", "surface-active"),
        .night_link = shade(arena, style, "color-scheme.dark", "text-subtle"),
        .contrast = arena_format(arena, "%d%s%d:1", (int)contrast, word(language, "format.decimal"),
                                 (int)(contrast * 10) % 10),
    };
}

struct theme_view_list themes_ready(struct arena *arena, enum language language,
                                    const char *chosen) {
    struct theme_view *themes = ARENA_ARRAY(arena, embedded_count, struct theme_view);
    size_t count = 0;
    for (size_t i = 0; i < embedded_count; i++) {
        const char *name = name_of(arena, &embedded_files[i]);
        if (name == NULL)
            continue;
        themes[count] = theme_from(arena, language, name, theme_name(arena, language, name, NULL),
                                   (const char *)embedded_files[i].bytes);
        themes[count].chosen = strcmp(name, chosen) == 0;
        count++;
    }
    return (struct theme_view_list){themes, count};
}

struct theme_view *theme_own(struct arena *arena, enum language language, const char *text) {
    struct colour colour;
    if (text == NULL || !colour_parse(text, &colour))
        return NULL;
    struct buffer style = buffer_in(arena, 8 << 10);
    struct theme_view *own = ARENA_NEW(arena, struct theme_view);
    colour_style(colour, &style);
    *own = theme_from(arena, language, "own", text, buffer_string(&style));
    return own;
}

/* ---- /theme.css ---- */

/* GET /theme.css?v=REVISION — the style sheet of the organisation's colour. Its address changes
 * with the settings, so that browsers may keep it. */
enum error theme_show(struct request *rq, struct reply *rp) {
    struct organisation organisation;
    struct colour own;
    TRY(organisation_of(rq, &organisation));
    reply_may_cache(rp, rq->now + DAYS(365));
    if (organisation.colour != NULL && colour_parse(organisation.colour, &own)) {
        struct buffer style = buffer_in(rq->arena, 8 << 10);
        colour_style(own, &style);
        const char *text = buffer_string(&style);
        return reply_bytes(rq, rp, "text/css; charset=utf-8", text, strlen(text), NULL);
    }
    const struct embedded *file = file_of(rq->arena, organisation.theme);
    if (file == NULL)
        return ERR_NOT_FOUND;
    return reply_bytes(rq, rp, "text/css; charset=utf-8", file->bytes, file->length, NULL);
}
