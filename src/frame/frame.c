#include "frame/frame.h"

#include <string.h>

#include "people/people.h"
#include "platform/base/text.h"
#include "platform/http/http.h"

enum { CRUMBS_MAX = 8 };

/* A link of the menu or the foot, shown to those who may at least see what it leads to. */
struct link {
    const char *word, *address;
    enum right right;
};

static const struct link visitor_menu[] = {
    {"menu.take_part", "/", RIGHT_ANYONE},
    {"menu.contact", "/contact", RIGHT_ANYONE},
    {NULL, NULL, RIGHT_ANYONE},
};

static const struct link staff_menu[] = {
    {"menu.todo", "/todo", RIGHT_SELF},
    {"menu.budgets", "/budgets", RIGHT_lock_and_attest},
    {"menu.pages", "/pages", RIGHT_publish},
    {"menu.inbox", "/contact/inbox", RIGHT_answer_views},
    {"menu.people", "/people", RIGHT_administer},
    {"menu.settings", "/settings", RIGHT_administer},
    {NULL, NULL, RIGHT_ANYONE},
};

static const struct link foot[] = {
    {"foot.about", "/about", RIGHT_ANYONE},
    {"foot.accessibility", "/accessibility", RIGHT_ANYONE},
    {"foot.personal_data", "/data-protection", RIGHT_ANYONE},
    {"foot.contact", "/contact", RIGHT_ANYONE},
    {"foot.audit", "/audit", RIGHT_ANYONE},
    {NULL, NULL, RIGHT_ANYONE},
};

/* True for the address itself and what lies below it. */
static bool is_within(const char *path, const char *address) {
    const size_t length = strlen(address);
    return strcmp(path, address) == 0 ||
           (length > 1 && strncmp(path, address, length) == 0 && path[length] == '/');
}

static struct menu_link_list links_shown(const struct request *rq, const struct link *links) {
    size_t count = 0;
    while (links[count].word != NULL)
        count++;
    struct menu_link_list shown = {ARENA_ARRAY(rq->arena, count, struct menu_link), 0};
    size_t nearest = 0; /* length of the longest address that we are within */
    for (size_t i = 0; i < count; i++) {
        if (may(rq->visitor, links[i].right, NULL) == PERMISSION_NONE)
            continue;
        struct menu_link *link = &shown.at[shown.count++];
        const size_t length = strlen(links[i].address);
        *link =
            (struct menu_link){word(rq->language, links[i].word), url_own(links[i].address), false};
        if (!is_within(rq->path, links[i].address) || length < nearest)
            continue;
        for (size_t j = 0; j + 1 < shown.count; j++)
            shown.at[j].current = false;
        link->current = true;
        nearest = length;
    }
    return shown;
}

/* The pages above this one that have a name of their own: "/settings" above "/settings/about". */
static struct menu_link_list crumbs_find(const struct request *rq) {
    struct menu_link_list crumbs = {ARENA_ARRAY(rq->arena, CRUMBS_MAX, struct menu_link), 0};
    for (const char *end = strchr(rq->path + 1, '/'); end != NULL && crumbs.count < CRUMBS_MAX;
         end = strchr(end + 1, '/')) {
        const char *above = arena_copy_span(rq->arena, rq->path, (size_t)(end - rq->path));
        const struct route *route = route_at(rq, above);
        if (route != NULL && route->crumb != NULL)
            crumbs.at[crumbs.count++] =
                (struct menu_link){word(rq->language, route->crumb), url_own(above), false};
    }
    return crumbs;
}

/* The organisation's languages other than the page's, each leading back here. */
static struct language_link_list languages_other(struct request *rq, const char *codes) {
    struct language_link_list links = {ARENA_ARRAY(rq->arena, LANGUAGE_COUNT, struct language_link),
                                       0};
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const enum language language = (enum language)i;
        const char *code = language_code(language);
        if (language == rq->language || !language_offered(language) || strstr(codes, code) == NULL)
            continue;
        const char *back = rq->method == METHOD_GET ? rq->target : "/";
        struct buffer address =
            buffer_in(rq->arena, strlen(back) * 3 + 64); /* every byte may become %XX */
        buffer_format(&address, "/language/%s?back=", code);
        address_escape(&address, back);
        links.at[links.count++] =
            (struct language_link){code, language_name(language), url_own(buffer_string(&address))};
    }
    return links;
}

static struct url theme_address(struct request *rq, const struct organisation *organisation) {
    if (strcmp(organisation->theme, "own") == 0)
        return url_own(
            arena_format(rq->arena, "/theme.css?r=%lld", (long long)organisation->revision));
    return url_own(static_address(arena_format(rq->arena, "theme-%s.css", organisation->theme)));
}

static bool is_staff(const struct visitor *visitor) {
    return (visitor->roles & roles_of_staff()) != 0;
}

/* On a host that is nobody's the frame shows the program's own name. */
static enum error organisation_shown(struct request *rq, struct organisation *ret_organisation) {
    static const struct organisation nobody = {
        .name = "Rådslag", .theme = "spruce", .languages = "sv en"};
    *ret_organisation = nobody;
    return rq->tenant == 0 ? ERR_OK : organisation_of(rq, ret_organisation);
}

/* A mark "sees" in the table of rights: forms are shown, and not sent. */
static bool reads_only(const struct request *rq) {
    return rq->route != NULL && rq->route->right > RIGHT_SELF &&
           may(rq->visitor, (enum right)rq->route->right, NULL) == PERMISSION_SEES;
}

static void fill_visitor(struct request *rq, struct frame_view *frame) {
    const bool staff = is_staff(rq->visitor);
    if (rq->tenant != 0)
        frame->menu = links_shown(rq, staff ? staff_menu : visitor_menu);
    frame->visitor_name = rq->visitor->name;
    if (rq->visitor->account != 0)
        frame->account = url_own("/account");
    else if (rq->tenant != 0)
        frame->login = url_own("/login");
    frame->form_token = request_form_token(rq);
    frame->flash = request_flash(rq) == NULL ? NULL : word(rq->language, request_flash(rq));
}

enum error frame_fill(struct request *rq, void *ret_frame) {
    struct frame_view *frame = ret_frame;
    struct organisation organisation;
    static struct visitor nobody = {.roles = 1u << ROLE_visitor};

    if (rq->visitor == NULL)
        rq->visitor = &nobody;
    TRY(organisation_shown(rq, &organisation));
    *frame = (struct frame_view){
        .language = language_code(rq->language),
        .right_to_left = language_right_to_left(rq->language),
        .site_name = organisation.name,
        .mark_colour = organisation.colour != NULL ? organisation.colour : "#0E5A50",
        .icon = url_own(static_address("icon.svg")),
        .style_base = url_own(static_address("designsystemet.css")),
        .style_theme = theme_address(rq, &organisation),
        .style_own = url_own(static_address("radslag.css")),
        .is_nobody = rq->tenant == 0,
        .reads_only = reads_only(rq),
        .has_dead_form = reads_only(rq) && rq->route->form != NULL,
        .home = url_own("/"),
        .here = url_own(rq->path),
        .contact_email = organisation.mailbox,
        .contact_phone = organisation.phone,
        .crumbs = crumbs_find(rq),
        .updated_at = INSTANT_NONE,
    };
    if (organisation.mailbox != NULL)
        frame->contact_mailto =
            url_checked(arena_format(rq->arena, "mailto:%s", organisation.mailbox));
    if (frame->crumbs.count > 0)
        frame->crumb_back = &frame->crumbs.at[frame->crumbs.count - 1];
    if (rq->tenant != 0)
        frame->footer = links_shown(rq, foot);
    frame->languages = languages_other(rq, organisation.languages);
    fill_visitor(rq, frame);
    return ERR_OK;
}

/* GET /language/:code: the cookie that decides the language, then back to where one was. */
static enum error language_choose(struct request *rq, struct reply *rp) {
    enum { YEAR_SECONDS = 365 * 24 * 3600 };
    const enum language language = language_from_code(path_text(rq, "code"));
    const char *back = query_text(rq, "back");
    if (language == LANGUAGE_NONE || !language_offered(language))
        return ERR_NOT_FOUND;
    reply_cookie(rq, rp, COOKIE_LANGUAGE, language_code(language), YEAR_SECONDS);
    return reply_redirect(rq, rp, back != NULL && address_is_own(back) ? back : "/");
}

/* GET /favicon.ico: browsers ask for it now and then, whatever the page says. */
static enum error icon_show(struct request *rq, struct reply *rp) {
    return reply_redirect(rq, rp, static_address("icon.svg"));
}

const struct route frame_routes[] = {
    ROUTE_GET("/favicon.ico", icon_show, .right = RIGHT_OUTSIDE,
              .doc = "The mark of the place, for the window."),
    ROUTE_GET("/language/:code", language_choose, .right = RIGHT_OUTSIDE,
              .doc = "Chooses the language of pages, and goes back to the address in `back`."),
    {.path = NULL},
};
