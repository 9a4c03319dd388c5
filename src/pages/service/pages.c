/* /about and /data-protection: who runs this, how far what one writes can be seen (PUB-9), and what
 * is kept about people, why and how long (QUA-4). Made from the settings and from retention.def. */
#include <string.h>

#include "pages/pages.h"
#include "platform/view/retention.h"

enum { CONTROLLERS_MAX = 40 };

/* ---- views ---- */

#define ABOUT_VIEW(F, T)                                                                           \
    F(T, text, organisation, , "who runs this")                                                    \
    F(T, choice, state, organisation_state, "see there")                                           \
    F(T, text, mailbox, , "address of the function mailbox")                                       \
    F(T, text, phone, , "number to ring")
SHAPE(about_view, ABOUT_VIEW);

#define CONTROLLER_VIEW(F, T) F(T, text, name, , "who answers for personal data")
SHAPE(controller_view, CONTROLLER_VIEW);

#define KEPT_FROM(C, T)                                                                            \
    C(T, while_kept, "goes with the thing it belongs to")                                          \
    C(T, given, "days from when it was given")                                                     \
    C(T, last_used, "days from when it was last used")                                             \
    C(T, ended, "days from when the matter ended")
CHOICES(kept_from, KEPT_FROM);

#define KEPT_VIEW(F, T)                                                                            \
    F(T, slug, name, , "row of the table of record classes")                                       \
    F(T, text, what, , "what it is")                                                               \
    F(T, text, purpose, , "why it is kept, and how long, in words")                                \
    F(T, choice, from, kept_from, "what the days are counted from")                                \
    F(T, int, days, , "0 = none of its own")
SHAPE(kept_view, KEPT_VIEW);

#define DATA_PROTECTION_VIEW(F, T)                                                                 \
    F(T, text, organisation, , "who runs this")                                                    \
    F(T, list, controllers, controller_view, "who answers for personal data")                      \
    F(T, text, dpo, , "address of the data protection officer")                                    \
    F(T, text, mailbox, , "address of the function mailbox")                                       \
    F(T, list, kept, kept_view, "what is kept, why, how long")                                     \
    F(T, url, authority, , "where one complains to the authority")
SHAPE(data_protection_view, DATA_PROTECTION_VIEW);

static const char authority_address[] =
    "https://www.imy.se/privatperson/utfora-arenden/lamna-ett-klagomal/";

/* ---- /about ---- */

static enum error show_about(struct request *rq, struct reply *rp) {
    struct organisation organisation = {0};
    TRY(organisation_of(rq, &organisation));
    const struct about_view view = {
        .organisation = organisation.name,
        .state = organisation.state,
        .mailbox = organisation.mailbox,
        .phone = organisation.phone,
    };
    reply_may_cache(rp, INT64_MAX);
    return reply_view(rq, rp, &view);
}

/* ---- /data-protection ---- */

static struct controller_view_list controllers_of(struct arena *arena, const char *lines) {
    struct controller_view *at = ARENA_ARRAY(arena, CONTROLLERS_MAX, struct controller_view);
    size_t count = 0;
    while (lines != NULL && *lines != '\0' && count < CONTROLLERS_MAX) {
        const size_t length = strcspn(lines, "\n");
        if (length > 0)
            at[count++].name = arena_copy_span(arena, lines, length);
        lines += length + (lines[length] == '\n');
    }
    return (struct controller_view_list){at, count};
}

static enum kept_from kept_from_of(enum retention_from from) {
    switch (from) {
    case RETENTION_FROM_GIVEN:
        return kept_from_given;
    case RETENTION_FROM_LAST_USED:
        return kept_from_last_used;
    case RETENTION_FROM_ENDED:
        return kept_from_ended;
    case RETENTION_FROM_NOTHING:
    case RETENTION_FROM_WHILE_KEPT:
        break;
    }
    return kept_from_while_kept;
}

/* Every class that says something about a person. */
static struct kept_view_list kept_fill(const struct request *rq) {
    struct kept_view *at = ARENA_ARRAY(rq->arena, RETENTION_COUNT, struct kept_view);
    size_t count = 0;
    for (int i = 0; i < RETENTION_COUNT; i++) {
        const struct retention_class *class = retention_class((enum retention)i);
        if (class->from == RETENTION_FROM_NOTHING)
            continue;
        at[count++] = (struct kept_view){
            .name = class->name,
            .what = word(rq->language, arena_format(rq->arena, "kept.%s", class->name)),
            .purpose = word(rq->language, arena_format(rq->arena, "retention.%s", class->name)),
            .from = (int)kept_from_of(class->from),
            .days = class->days,
        };
    }
    return (struct kept_view_list){at, count};
}

static enum error show_data_protection(struct request *rq, struct reply *rp) {
    struct organisation organisation = {0};
    TRY(organisation_of(rq, &organisation));
    const struct data_protection_view view = {
        .organisation = organisation.name,
        .controllers = controllers_of(rq->arena, organisation.controller),
        .dpo = organisation.dpo,
        .mailbox = organisation.mailbox,
        .kept = kept_fill(rq),
        .authority = url_own(authority_address),
    };
    reply_may_cache(rp, INT64_MAX);
    return reply_view(rq, rp, &view);
}

const struct route service_routes[] = {
    ROUTE_GET("/about", show_about, .right = RIGHT_ANYONE, .view = &about_view_shape,
              .template = "pages/service/about",
              .doc = "Who runs this, and how far what one writes can be seen."),
    ROUTE_GET("/data-protection", show_data_protection, .right = RIGHT_ANYONE,
              .view = &data_protection_view_shape, .template = "pages/service/data_protection",
              .doc = "What is kept about people, why and how long; who answers for it."),
    {.path = NULL},
};
