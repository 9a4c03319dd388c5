#include "ballots/tests/poll.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RULES "{\"ballot\":\"up_to\"}"

/* ---- acts outside pages ---- */

struct outside {
    struct polling *polling;
    int account;
    enum error (*act)(struct polling *polling, struct request *rq, struct db *db);
};

static enum error run_outside(void *context, struct db *db) {
    static const uint32_t roles[] = {[BO] = UINT32_C(1) << ROLE_process_lead,
                                     [CILLA] = UINT32_C(1) << ROLE_process_lead,
                                     [FATIMA] = UINT32_C(1) << ROLE_case_officer};
    const struct outside *outside = context;
    const size_t known = sizeof roles / sizeof roles[0];
    struct visitor visitor = {.account = outside->account,
                              .session = outside->account,
                              .email = arena_format(outside->polling->site->arena,
                                                    "person%d@ljungsjo.example", outside->account),
                              .roles =
                                  role_bit(ROLE_visitor) | role_bit(ROLE_participant) |
                                  ((size_t)outside->account < known ? roles[outside->account] : 0),
                              .second_factor = true};
    struct request rq = {.tenant = outside->polling->site->tenant,
                         .now = site_now,
                         .arena = outside->polling->site->arena,
                         .visitor = &visitor,
                         .language = LANGUAGE_SV};
    return outside->act(outside->polling, &rq, db);
}

enum error polling_act(struct polling *polling, int account,
                       enum error (*act)(struct polling *polling, struct request *rq,
                                         struct db *db)) {
    struct outside outside = {polling, account, act};
    return store_act(polling->site->store, run_outside, &outside);
}

/* ---- a poll ---- */

static struct poll_plan plan;

static enum error put_draft(struct polling *polling, struct request *rq, struct db *db) {
    struct poll_pot pots[] = {{1, "Hela kommunen", 10000000}, {2, "Skolan", 5000000}};
    struct poll_option options[] = {
        {1, 1, polling->page, "Bänkar på torget", "Åtta bänkar.", "Centrum", 6000000},
        {2, 1, 0, "Odlingslådor", "Tjugo lådor.", "Centrum", 2000000},
        {3, 1, 0, "Pumpbana", "En bana.", "Västerhed", 5000000},
        {4, 1, 0, "Bokskåp", "Tre skåp.", "", 1000000},
        {11, 2, 0, "Klätternät", "Ett nät.", "Västerhed", 3000000},
        {12, 2, 0, "Studsmatta", "En matta.", "Åvik", 2500000}};
    plan.page = polling->page;
    TRY(poll_plan_put(db, rq, &plan, &polling->poll));
    return poll_paper_put(db, rq->tenant, polling->poll, &(struct poll_pot_list){pots, 2},
                          &(struct poll_option_list){options, 6});
}

struct polling *polling_draft(void **state, enum ballot_kind kind, enum eligible eligible) {
    struct site *site = site_open(state);
    struct polling *polling = ARENA_NEW(site->arena, struct polling);
    char *keys = arena_copy_text(site->arena, "/tmp/radslag-polls.XXXXXX");
    assert_non_null(mkdtemp(keys));
    assert_int_equal(people_start(keys), ERR_OK);
    assert_int_equal(ballots_start(keys), ERR_OK);
    *polling = (struct polling){.site = site, .keys = keys, .page = site_page(site)};
    plan = (struct poll_plan){.ballot_kind = kind,
                              .most_choices = kind == ballot_kind_cart ? 0 : 2,
                              .eligible = eligible,
                              .opens_at = site_now - DAYS(1),
                              .closes_at = site_now + DAYS(5),
                              .late_until = INSTANT_NONE};
    assert_int_equal(polling_act(polling, BO, put_draft), ERR_OK);
    return polling;
}

static enum error ask_lock(struct polling *polling, struct request *rq, struct db *db) {
    return poll_ask(db, rq, polling->poll, poll_act_lock, text_hash(rq->arena, RULES), INSTANT_NONE,
                    "Allt är klart.");
}

static enum error confirm_lock(struct polling *polling, struct request *rq, struct db *db) {
    struct poll_secret secret = {0};
    TRY(poll_secret_make(rq->arena, rq->tenant, polling->poll, &secret));
    return poll_lock(db, rq, polling->poll, RULES, &secret);
}

void polling_lock(struct polling *polling) {
    assert_int_equal(polling_act(polling, BO, ask_lock), ERR_OK);
    assert_int_equal(polling_act(polling, FATIMA, confirm_lock), ERR_OK);
}

struct polling *polling_open(void **state, enum ballot_kind kind, enum eligible eligible) {
    struct polling *polling = polling_draft(state, kind, eligible);
    polling_lock(polling);
    return polling;
}

void polling_close(struct polling *polling) {
    char path[512];
    DIR *folder = opendir(polling->keys);
    assert_non_null(folder);
    for (struct dirent *file = readdir(folder); file != NULL; file = readdir(folder)) {
        (void)snprintf(path, sizeof path, "%s/%s", polling->keys, file->d_name);
        if (file->d_name[0] != '.')
            assert_int_equal(unlink(path), 0);
    }
    (void)closedir(folder);
    assert_int_equal(rmdir(polling->keys), 0);
    site_close(polling->site);
}

/* ---- voters ---- */

const char *polling_path(const struct polling *polling, const char *rest) {
    return arena_format(polling->site->arena, "/polls/%lld%s", (long long)polling->poll, rest);
}

struct browser *polling_voter(struct polling *polling, int account) {
    struct browser *browser = browser_new(polling->site, account);
    assert_int_equal(browser_send(browser, polling_path(polling, ""),
                                  polling_path(polling, "/declaration"), "tie=resident"),
                     303);
    return browser;
}

int polling_crowd(struct polling *polling, int count) {
    for (int i = 0; i < count; i++)
        test_execute(polling->site->store,
                     arena_format(polling->site->arena,
                                  "INSERT INTO account (tenant, email, email_key, name, language, "
                                  "created_at, last_seen_at) VALUES (1, 'crowd%d@example.org', "
                                  "'crowd%d@example.org', 'Invånare %d', 'sv', %lld, %lld)",
                                  i, i, i, (long long)site_now, (long long)site_now));
    return (int)site_integer(polling->site, "SELECT max(id) FROM account WHERE tenant = 1");
}

int polling_press(struct polling *polling, struct browser *browser, const char *fields) {
    return browser_send(browser, polling_path(polling, ""), polling_path(polling, "/choices"),
                        fields);
}

void polling_seal(struct polling *polling) {
    struct browser *fatima = browser_new(polling->site, FATIMA);
    site_now += DAYS(6);
    assert_int_equal(
        browser_send(fatima, polling_path(polling, "/staff"), polling_path(polling, "/seal"), ""),
        303);
    site_run_jobs(polling->site);
}
