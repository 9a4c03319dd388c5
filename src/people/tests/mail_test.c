/* The mails of people as they would be sent: K2 and K76, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "people/login/mail.h"
#include "people/own/mail.h"
#include "people/people.h"
#include "people/second_factor/second_factor.h"

static const struct mail_sender sender = {.organisation = "Almsjö kommun",
                                          .address = "dialog@almsjo.example",
                                          .reply_to = "dialog@almsjo.example",
                                          .site = "https://delta.almsjo.example"};

static const char *rendered(struct arena *arena, const struct mail_kind *kind,
                            enum language language, const void *facts) {
    const struct mail_recipient to = {.address = "anna@example.org", .language = language};
    const char *message = NULL;

    assert_int_equal(mail_render(arena, kind, &sender, &to, "1@almsjo.example",
                                 INT64_C(1780000000000000), facts, &message),
                     ERR_OK);
    return message;
}

static void holds(const char *message, const char *text) {
    if (strstr(message, text) == NULL)
        fail_msg("no \"%s\" in:\n%s", text, message);
}

/* Code and link, until when, and what to do when it was not you (QUA-11, K2). */
static void code_and_link_stand_in_one_mail_QUA_11(void **state) {
    static const struct civil until = {2026, 6, 9, 14, 17, 0, 0, 0};
    const struct login_code_facts facts = {
        .code = "123 456", .link = "lankensslut", .ends_at = instant_from_civil(until)};
    struct arena *arena = arena_new(8 << 20);

    (void)state;
    const char *swedish = rendered(arena, &login_code_mail, LANGUAGE_SV, &facts);
    holds(swedish, "Subject: Din kod: 123 456");
    holds(swedish, "123 456");
    holds(swedish, "https://delta.almsjo.example/login/link/lankensslut");
    holds(swedish, "kl.=C2=A014.17");
    holds(swedish, "inte du?");
    const char *english = rendered(arena, &login_code_mail, LANGUAGE_EN, &facts);
    holds(english, "Subject: Your code: 123 456");
    holds(english, "Was it not you?");
    holds(english, "/login/link/lankensslut");
    arena_free(arena);
}

static void disuse_is_told_with_its_day(void **state) {
    static const struct civil day = {2026, 7, 9, 14, 2, 0, 0, 0};
    const struct account_unused_facts facts = {.deleted_at = instant_from_civil(day)};
    struct arena *arena = arena_new(8 << 20);

    (void)state;
    const char *swedish = rendered(arena, &account_unused_mail, LANGUAGE_SV, &facts);
    holds(swedish, "9 juli 2026");
    holds(swedish, "https://delta.almsjo.example/login");
    holds(rendered(arena, &account_unused_mail, LANGUAGE_EN, &facts), "9 July 2026");
    arena_free(arena);
}

static void a_changed_way_in_is_told_with_its_time(void **state) {
    static const struct civil day = {2026, 6, 9, 14, 2, 0, 0, 0};
    const struct email_changed_facts email = {.at = instant_from_civil(day)};
    const struct second_factor_reset_facts factor = {.at = email.at};
    struct arena *arena = arena_new(8 << 20);

    (void)state;
    const char *swedish = rendered(arena, &email_changed_mail, LANGUAGE_SV, &email);
    holds(swedish, "14.02");
    holds(swedish, "Var det inte du?");
    holds(rendered(arena, &email_changed_mail, LANGUAGE_EN, &email), "Was it not you?");
    swedish = rendered(arena, &second_factor_reset_mail, LANGUAGE_SV, &factor);
    holds(swedish, "14.02");
    holds(swedish, "https://delta.almsjo.example/login");
    holds(rendered(arena, &second_factor_reset_mail, LANGUAGE_EN, &factor), "Answer this mail");
    arena_free(arena);
}

static int load_words(void **state) {
    (void)state;
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_and_link_stand_in_one_mail_QUA_11),
        cmocka_unit_test(disuse_is_told_with_its_day),
        cmocka_unit_test(a_changed_way_in_is_told_with_its_time),
    };
    return cmocka_run_group_tests(tests, load_words, NULL);
}
