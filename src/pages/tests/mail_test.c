/* The mails of pages as they leave: whole in both languages, with an address of the site that leads
 * somewhere, and nothing left of the template. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/contact/contact.h"
#include "pages/follow/follow.h"
#include "pages/tests/site.h"
#include "pages/todo/todo.h"

static const struct mail_sender sender = {.organisation = "Ljungsjö kommun",
                                          .address = "dialog@ljungsjo.example",
                                          .reply_to = "dialog@ljungsjo.example",
                                          .site = "https://delta.ljungsjo.example"};

static struct arena *arena;

static int setup(void **state) {
    (void)state;
    arena = arena_new(64 << 20);
    return words_load(NULL) == ERR_OK ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

/* Soft line ends of quoted-printable taken out, so that words can be found. */
static const char *unfolded(const char *message) {
    struct buffer text = buffer_in(arena, 1 << 20);
    for (const char *c = message; *c != '\0'; c++) {
        if (c[0] == '=' && c[1] == '\r' && c[2] == '\n')
            c += 2;
        else
            buffer_add(&text, c, 1);
    }
    return buffer_string(&text);
}

static const char *render(const struct mail_kind *kind, enum language language, const void *facts) {
    const struct mail_recipient to = {.address = "gro@exempel.se", .language = language};
    const char *message = NULL;
    assert_int_equal(mail_render(arena, kind, &sender, &to, "1@ljungsjo.example",
                                 SECONDS(1780000000), facts, &message),
                     ERR_OK);
    message = unfolded(message);
    assert_null(strstr(message, "{{"));
    assert_null(strstr(message, "mail."));
    return message;
}

static void both(const struct mail_kind *kind, const void *facts, const char *wanted) {
    assert_non_null(strstr(render(kind, LANGUAGE_SV, facts), wanted));
    assert_non_null(strstr(render(kind, LANGUAGE_EN, facts), wanted));
}

static void the_code_of_a_follow_is_in_its_mail_qua_11(void **state) {
    (void)state;
    const struct follow_code_facts facts = {.code = "482 913",
                                            .title = "Badet",
                                            .address = url_own("/follow/confirm/abc"),
                                            .ends_at = SECONDS(1780000900)};
    both(&follow_code_mail, &facts, "482 913");
    both(&follow_code_mail, &facts, "https://delta.ljungsjo.example/follow/confirm/abc");
}

static void news_lead_to_the_page_and_to_leaving_not_2(void **state) {
    (void)state;
    const struct page_news_facts facts = {.what = page_news_published,
                                          .title = "Badet",
                                          .about = "Bad: 1-31 juli",
                                          .address = url_own("/pages/badet"),
                                          .leave = url_own("/follow/by/abc")};
    both(&page_news_mail, &facts, "Bad: 1-31 juli");
    both(&page_news_mail, &facts, "https://delta.ljungsjo.example/pages/badet");
    both(&page_news_mail, &facts, "https://delta.ljungsjo.example/follow/by/abc");
    struct digest_item items[] = {{"Badet", url_own("/pages/badet"), SECONDS(1780000000)},
                                  {"Skolan", url_own("/pages/skolan"), SECONDS(1780000000)}};
    const struct digest_facts digest = {
        .count = 2, .pages = {items, 2}, .leave = url_own("/follow/by/abc")};
    both(&news_digest_mail, &digest, "/pages/badet");
    both(&news_digest_mail, &digest, "/pages/skolan");
    both(&news_digest_mail, &digest, "https://delta.ljungsjo.example/follow/by/abc");
}

/* PUB-10: the giver gets reference and day; the mailbox gets no word of what was said. */
static void letters_are_acknowledged_answered_and_announced(void **state) {
    (void)state;
    const struct contact_received_facts received = {.reference = "M772-Z4YS",
                                                    .due_at = SECONDS(1780000000),
                                                    .address =
                                                        url_own("/contact/receipt/M772-Z4YS")};
    both(&contact_received_mail, &received, "M772-Z4YS");
    both(&contact_received_mail, &received, "/contact/receipt/M772-Z4YS");
    const struct contact_answered_facts answered = {.reference = "M772-Z4YS",
                                                    .message = "Hej",
                                                    .answer = "Svar",
                                                    .address = url_own("/contact")};
    both(&contact_answered_mail, &answered, "Svar");
    const struct contact_notice_facts notice = {.reference = "M772-Z4YS",
                                                .subject = contact_subject_question,
                                                .due_at = SECONDS(1780000000),
                                                .address = url_own("/contact/12")};
    both(&contact_notice_mail, &notice, "https://delta.ljungsjo.example/contact/12");
}

static void tasks_are_mailed_with_their_day_not_4(void **state) {
    (void)state;
    struct todo_facts_item items[] = {
        {"Svara", url_own("/contact/12"), SECONDS(1780000000), true},
        {"Granska", url_own("/pages/badet"), SECONDS(1790000000), false}};
    const struct todo_facts weekly = {
        .count = 2, .late = 1, .tasks = {items, 2}, .more = true, .address = url_own("/todo")};
    both(&todo_weekly_mail, &weekly, "https://delta.ljungsjo.example/todo");
    both(&todo_weekly_mail, &weekly, "Granska");
    const struct assigned_facts assigned = {.title = "Svara",
                                            .address = url_own("/contact/12"),
                                            .giver = "Bo",
                                            .due_at = SECONDS(1780000000)};
    both(&todo_assigned_mail, &assigned, "Bo");
}

/* What people wrote never becomes a link or a header. */
static void a_hostile_letter_stays_text_in_its_mail(void **state) {
    (void)state;
    const struct contact_answered_facts facts = {
        .reference = "M772-Z4YS",
        .message = "\"><script>alert(1)</script>\r\nBcc: alla@exempel.se",
        .answer = "Svar",
        .address = url_own("/contact")};
    const char *message = render(&contact_answered_mail, LANGUAGE_SV, &facts);
    const char *end_of_head = strstr(message, "\r\n\r\n");
    const char *bcc = strstr(message, "Bcc:");
    assert_non_null(end_of_head);
    assert_true(bcc == NULL || bcc > end_of_head);
    assert_null(strstr(strstr(message, "text/html"), "<script>"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_of_a_follow_is_in_its_mail_qua_11),
        cmocka_unit_test(news_lead_to_the_page_and_to_leaving_not_2),
        cmocka_unit_test(letters_are_acknowledged_answered_and_announced),
        cmocka_unit_test(tasks_are_mailed_with_their_day_not_4),
        cmocka_unit_test(a_hostile_letter_stays_text_in_its_mail),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
