/* What the mail about a new round tells beside its title: its days, and who may take part (K1). */
#include "budgets/campaigns/campaigns.h"
#include "platform/view/view.h"

enum { NEWS_BYTES = 8192 };

static bool is_said(const char *text) {
    return text != NULL && text[0] != '\0';
}

static void days_write(const struct request *reader, const struct campaign_whole *whole,
                       struct buffer *into) {
    static const enum campaign_step told[] = {campaign_step_ideas, campaign_step_vote,
                                              campaign_step_decision};
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        const struct campaign_date *date = campaign_date_of(whole, told[i]);
        if (date != NULL)
            buffer_format(into, "%s: %s\n", campaign_step_name(reader, (int)told[i]),
                          campaign_date_words(reader, date, false));
    }
}

static void who_write(const struct request *reader, const char *key, const char *who,
                      struct buffer *into) {
    if (is_said(who))
        buffer_format(into, "\n%s\n%s\n", word(reader->language, key), who);
}

enum error campaign_news_about(struct db *db, struct arena *arena, int64_t tenant, int64_t page,
                               enum language language, int64_t now, const char **ret_about) {
    const struct request reader = {.arena = arena, .language = language, .now = now};
    struct campaign_whole whole = {0};
    struct buffer into = buffer_in(arena, NEWS_BYTES);
    TRY(campaign_find(db, arena, tenant, page, now, &whole));
    days_write(&reader, &whole, &into);
    who_write(&reader, "campaign.who_proposes", whole.campaign.who_may_propose, &into);
    who_write(&reader, "campaign.who_votes", whole.campaign.who_may_vote, &into);
    *ret_about = buffer_string(&into);
    return ERR_OK;
}
