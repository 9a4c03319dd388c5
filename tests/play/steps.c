/* The lines of a play. */
#include "play.h"

#include <stdlib.h>

#include <jansson.h>

#include "people/second_factor/rules.h"
#include "people/setup/make.h"
#include "platform/base/instant.h"
#include "platform/base/text.h"
#include "platform/db/test_store.h"

static struct actor *actor_find(struct play *play, const char *name) {
    for (size_t i = 0; i < play->actor_count; i++)
        if (strcmp(play->actors[i].name, name) == 0)
            return &play->actors[i];
    return NULL;
}

static bool step_clock(struct play *play, char *const *words, size_t count) {
    struct civil when = {0};
    if (count == 3 && words[1][0] == '+') {
        const long n = strtol(words[1] + 1, NULL, 10);
        const char *unit = words[2];
        const int64_t step = text_begins(unit, "second")   ? SECONDS(n)
                             : text_begins(unit, "minute") ? MINUTES(n)
                             : text_begins(unit, "hour")   ? HOURS(n)
                             : text_begins(unit, "day")    ? DAYS(n)
                                                           : 0;
        if (step == 0)
            return play_fail(play, "clock +N seconds|minutes|hours|days");
        play_clock_set(play_clock() + step);
        return true;
    }
    if (count != 3 || !civil_date_parse(words[1], &when) || !civil_time_parse(words[2], &when))
        return play_fail(play, "clock 2026-06-09 14.02");
    play_clock_set(instant_from_civil(when));
    return true;
}

static bool step_actor(struct play *play, char *const *words, size_t count) {
    if (count != 3 || play->actor_count == PLAY_ACTORS)
        return play_fail(play, "actor NAME HOST");
    play->actors[play->actor_count++] =
        (struct actor){.name = arena_copy_text(play->arena, words[1]),
                       .host = arena_copy_text(play->arena, words[2])};
    return true;
}

static bool expect_status(struct play *play, char *const *words, size_t count) {
    const int status = (int)strtol(words[1], NULL, 10);
    if (play->reply.status != status)
        return play_fail(play, "want status %d, got %d:\n%.600s", status, play->reply.status,
                         play->reply.body == NULL ? "" : play->reply.body);
    if (count < 3)
        return true;
    const char *location = reply_header_value(play, "location");
    if (location == NULL || pattern_match(play->arena, words[2], location, true) == NULL)
        return play_fail(play, "want a redirect to %s, got %s", words[2],
                         location == NULL ? "none" : location);
    return true;
}

static bool expect_json(struct play *play, const char *path, const char *want) {
    json_t *document = json_loadb(play->reply.body, play->reply.length, 0, NULL);
    json_t *at = document;
    char *rest = arena_copy_text(play->arena, path);
    for (char *part = rest; at != NULL && part != NULL;) {
        char *dot = strchr(part, '.');
        if (dot != NULL)
            *dot = '\0';
        at = json_is_array(at) ? json_array_get(at, (size_t)strtoul(part, NULL, 10))
                               : json_object_get(at, part);
        part = dot == NULL ? NULL : dot + 1;
    }
    char *text = json_is_string(at) ? strdup(json_string_value(at))
                                    : json_dumps(at, JSON_ENCODE_ANY | JSON_COMPACT);
    const char *got = text == NULL ? "nothing" : arena_copy_text(play->arena, text);
    free(text);
    json_decref(document);
    return strcmp(got, want) == 0 || play_fail(play, "%s: want %s, got %s", path, want, got);
}

static bool step_expect(struct play *play, char *const *words, size_t count) {
    if (!play->has_reply || count < 2)
        return play_fail(play, "nothing to expect from");
    const char *body = play->reply.body == NULL ? "" : play->reply.body;
    if (strcmp(words[1], "text") == 0 && count == 3)
        return strstr(body, words[2]) != NULL ||
               play_fail(play, "the page does not say \"%s\":\n%.3000s", words[2], body);
    if (strcmp(words[1], "no") == 0 && count == 4)
        return strstr(body, words[3]) == NULL || play_fail(play, "the page says \"%s\"", words[3]);
    if (strcmp(words[1], "json") == 0 && count == 4)
        return expect_json(play, words[2], words[3]);
    return expect_status(play, words, count);
}

static bool step_mail(struct play *play, char *const *words, size_t count, bool wanted) {
    if (count != 4)
        return play_fail(play, "mail KIND to ADDRESS");
    if (service_tick(play->service) != ERR_OK)
        return play_fail(play, "the tick failed");
    const bool found = post_find(play, words[1], words[3]) != NULL;
    if (found != wanted)
        return play_fail(play, "%s mail %s to %s", wanted ? "there is no" : "there is a", words[1],
                         words[3]);
    return true;
}

static bool step_save(struct play *play, char *const *words, size_t count) {
    if (count != 4)
        return play_fail(play, "save NAME from \"before*after\"");
    const char *location = reply_header_value(play, "location");
    const char *value =
        location == NULL ? NULL : pattern_match(play->arena, words[3], location, false);
    if (value == NULL && play->reply.body != NULL)
        value = pattern_match(play->arena, words[3], play->reply.body, false);
    if (value == NULL)
        return play_fail(play, "nothing like %s", words[3]);
    play_save(play, words[1], value);
    return true;
}

static bool step_act(struct play *play, struct actor *actor, char *const *words, size_t count) {
    const char *verb = words[1];
    if (strcmp(verb, "again") == 0)
        return browser_send(play, actor);
    if (count < 3)
        return play_fail(play, "%s %s what?", words[0], verb);
    actor->json = strcmp(verb, "reads") == 0;
    actor->body = NULL;
    if (strcmp(verb, "gets") == 0 || actor->json) {
        actor->method = METHOD_GET;
    } else if (strcmp(verb, "posts") == 0 || strcmp(verb, "sends") == 0) {
        const bool elsewhere = count > 4 && strcmp(words[3], "on") == 0;
        const struct form_place place = {
            .target = words[2], .page = elsewhere ? words[4] : words[2], .forged = verb[0] == 's'};
        const size_t first = elsewhere ? 5 : 3;
        actor->body = browser_form(play, actor, &place, words + first, count - first);
        actor->method = METHOD_POST;
        if (actor->body == NULL)
            return false;
    } else {
        return play_fail(play, "%s cannot \"%s\"", words[0], verb);
    }
    actor->target = arena_copy_text(play->arena, words[2]);
    return browser_send(play, actor);
}

static bool step_database(struct play *play, char *const *words, size_t count) {
    struct store *store = service_store(play->service);
    if (count != 3)
        return play_fail(play, "database N \"SELECT …\", or database does \"…\"");
    if (strcmp(words[1], "does") == 0) {
        test_execute(store, words[2]);
        return true;
    }
    const int64_t want = strtoll(words[1], NULL, 10), got = test_integer(store, words[2]);
    return got == want ||
           play_fail(play, "%s: want %lld, got %lld", words[2], (long long)want, (long long)got);
}

/* The service of this play began with an empty database; {setup} is the code that it printed. */
static bool step_stage(struct play *play, char *const *words, size_t count) {
    char code[INVITATION_DIGITS + 1];
    if (count != 2 || strcmp(words[1], "empty") != 0)
        return play_fail(play, "stage empty");
    if (setup_code(code) != ERR_OK)
        return play_fail(play, "there is no code");
    play_save(play, "setup", code);
    return true;
}

/* The secret as its page shows it, in base32 with spaces; false when it is none. */
static bool secret_read(const char *text, unsigned char ret_secret[static TOTP_SECRET_BYTES]) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint64_t bits = 0;
    size_t held = 0, length = 0;
    for (; *text != '\0'; text++) {
        const char *digit = strchr(digits, *text);
        if (*text == ' ')
            continue;
        if (digit == NULL || length == TOTP_SECRET_BYTES)
            return false;
        bits = bits << 5 | (uint64_t)(digit - digits);
        held += 5;
        if (held >= 8) {
            held -= 8;
            ret_secret[length++] = (unsigned char)(bits >> held & 0xff);
        }
    }
    return length == TOTP_SECRET_BYTES;
}

/* What an authenticator program shows now is {totp}. */
static bool step_totp(struct play *play, char *const *words, size_t count) {
    unsigned char secret[TOTP_SECRET_BYTES];
    if (count != 2 || !secret_read(words[1], secret))
        return play_fail(play, "totp \"SECRET\"");
    play_save(play, "totp",
              arena_format(play->arena, "%06u", totp_code(secret, totp_step(play_clock()))));
    return true;
}

bool play_step(struct play *play, char *const *words, size_t count) {
    if (strcmp(words[0], "clock") == 0)
        return step_clock(play, words, count);
    if (strcmp(words[0], "actor") == 0)
        return step_actor(play, words, count);
    if (strcmp(words[0], "expect") == 0)
        return step_expect(play, words, count);
    if (strcmp(words[0], "mail") == 0)
        return step_mail(play, words, count, true);
    if (strcmp(words[0], "no") == 0 && count > 1)
        return step_mail(play, words + 1, count - 1, false);
    if (strcmp(words[0], "save") == 0)
        return step_save(play, words, count);
    if (strcmp(words[0], "database") == 0)
        return step_database(play, words, count);
    if (strcmp(words[0], "stage") == 0)
        return step_stage(play, words, count);
    if (strcmp(words[0], "totp") == 0)
        return step_totp(play, words, count);
    if (strcmp(words[0], "tick") == 0)
        return service_tick(play->service) == ERR_OK || play_fail(play, "the tick failed");
    struct actor *actor = actor_find(play, words[0]);
    if (actor == NULL || count < 2)
        return play_fail(play, "nobody called %s", words[0]);
    return step_act(play, actor, words, count);
}
