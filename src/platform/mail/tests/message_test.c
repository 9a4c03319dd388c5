/* A letter as a mail program sees it: sent, and read by Python's email package. */
#include <stdatomic.h>

#include "platform/mail/tests/post/post.h"
#include "platform/mail/tests/server.h"

static struct server *server;

/* Sends one mail and reads what came; owned by caller. */
static json_t *send(void **state, const struct mail_kind *kind, const void *facts) {
    struct store *store = test_store(state);
    const struct mail_options options = {
        .server = server_address(server), .store = store, .sender = sender_of, .clock = hand_clock};
    struct mailer *mailer;
    size_t sent;
    atomic_store(&hand_now, NOON);
    assert_int_equal(mailer_new(&options, &mailer), ERR_OK);
    queue(store, kind, "Alva@example.org", "cause:1", NOON, facts);
    assert_int_equal(mailer_run_once(mailer, &sent), ERR_OK);
    assert_int_equal(sent, 1);
    mailer_stop(mailer);
    return server_message(server, server_messages(server) - 1);
}

static bool holds(const char *text, const char *wanted) {
    return text != NULL && strstr(text, wanted) != NULL;
}

static void test_letter_is_read_back_whole(void **state) {
    json_t *letter = send(state, &receipt_kind, &receipt_example);
    assert_string_equal(json_string_value(json_object_get(letter, "sender")),
                        "delta@ljungsjo.example");
    assert_string_equal(json_string_value(json_array_get(json_object_get(letter, "recipients"), 0)),
                        "Alva@example.org");
    assert_string_equal(message_text(letter, "headers", "from"),
                        "Ljungsjö kommun <delta@ljungsjo.example>");
    assert_string_equal(message_text(letter, "headers", "reply-to"),
                        "Ljungsjö kommun <kontakt@ljungsjo.example>");
    assert_string_equal(message_text(letter, "headers", "to"), "Alva Åström <Alva@example.org>");
    assert_string_equal(message_text(letter, "headers", "subject"),
                        "Du är anmäld till Mötesplats delaktighet 2026 – två dagar om tillit & "
                        "inflytande i Folkets hus");
    assert_string_equal(message_text(letter, "headers", "date"), "Tue, 09 Jun 2026 12:13:20 +0200");
    assert_string_equal(message_text(letter, "headers", "auto-submitted"), "auto-generated");
    assert_string_equal(message_text(letter, "headers", "content-language"), "sv");
    assert_null(message_text(letter, "headers", "list-unsubscribe"));
    assert_true(holds(message_text(letter, "headers", "message-id"), "@ljungsjo.example>"));
    json_decref(letter);
}

static void test_letter_keeps_the_rules_of_mail(void **state) {
    json_t *letter = send(state, &receipt_kind, &receipt_example);
    assert_string_equal(json_string_value(json_object_get(letter, "type")),
                        "multipart/alternative");
    assert_int_equal(json_array_size(json_object_get(letter, "defects")), 0);
    assert_true(json_integer_value(json_object_get(letter, "longest")) <= 78);
    assert_true(json_is_false(json_object_get(letter, "bare"))); /* no LF without CR */
    const json_t *names = json_object_get(letter, "names");
    for (size_t i = 0; i < json_array_size(names); i++) /* no header stands twice */
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(json_string_value(json_array_get(names, i)),
                                    json_string_value(json_array_get(names, j)));
    json_decref(letter);
}

static void test_text_part_says_all(void **state) {
    json_t *letter = send(state, &receipt_kind, &receipt_example);
    assert_string_equal(
        message_part(letter, 0),
        "Du är anmäld, Alva\n\n"
        "Mötesplats delaktighet 2026 – två dagar om tillit & inflytande i Folkets hus, torsdag 10 "
        "september 2026 kl. 09.00. Din kvittens:\n\n"
        "MD26-7K4P\n\n"
        "Det här har du valt\n- Pass A: Små orter\n- Skrivtolk <b>\n\n"
        "Ändra eller avanmäl dig: https://delta.ljungsjo.example/kvittens/MD26-7K4P\n\n"
        "-- \n"
        "Det här brevet kommer från Ljungsjö kommun.\n"
        "Har du frågor? Svara på brevet, så läser vi det i kontakt@ljungsjo.example.\n");
    json_decref(letter);
}

static void test_html_part_says_the_same(void **state) {
    json_t *letter = send(state, &receipt_kind, &receipt_example);
    static const char *const wanted[] = {
        "<!DOCTYPE html>\n<html lang=\"sv\" dir=\"ltr\">",
        "<meta name=\"color-scheme\" content=\"light dark\">",
        "prefers-color-scheme: dark",
        "tillit &amp; inflytande i Folkets hus</title>",
        "<p class=\"from\">Ljungsjö kommun</p>",
        "<h1>Du är anmäld, Alva</h1>",
        "<p class=\"code\">MD26-7K4P</p>",
        "<li>Pass A: Små orter",
        "<li>Skrivtolk &lt;b&gt;",
        "<a href=\"https://delta.ljungsjo.example/kvittens/MD26-7K4P\">Ändra eller avanmäl dig</a>",
        "kontakt@ljungsjo.example",
    };
    const char *html = message_part(letter, 1);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (!holds(html, wanted[i]))
            fail_msg("'%s' is not in:\n%s", wanted[i], html);
    json_decref(letter);
}

/* NOT-2: what was chosen can be left, by a header and by a link. */
static void test_chosen_mail_can_be_left(void **state) {
    const struct news_facts news = {.title = "Ny brygga", .leave = {"/follows/7/leave"}};
    json_t *letter = send(state, &news_kind, &news);
    assert_string_equal(message_text(letter, "headers", "subject"), "Ny brygga");
    assert_string_equal(message_text(letter, "headers", "list-unsubscribe"),
                        "<https://delta.ljungsjo.example/follows/7/leave>");
    assert_true(holds(message_part(letter, 0),
                      "\nSluta få sådana brev: https://delta.ljungsjo.example/follows/7/leave\n"));
    assert_true(holds(message_part(letter, 1), "follows/7/leave\">Sluta få sådana brev</a>"));
    json_decref(letter);
}

static void test_hostile_text_comes_back_inert(void **state) {
    struct receipt_facts facts = receipt_example;
    facts.name = "\"><script>&'";
    facts.event = "=?UTF-8?Q?x?= <img src=x> {{name}}";
    json_t *letter = send(state, &receipt_kind, &facts);
    assert_string_equal(message_text(letter, "headers", "subject"),
                        "Du är anmäld till =?UTF-8?Q?x?= <img src=x> {{name}}");
    assert_true(holds(message_part(letter, 0), "Du är anmäld, \"><script>&'\n"));
    const char *html = message_part(letter, 1);
    assert_true(holds(html, "&lt;script&gt;&amp;"));
    assert_false(holds(html, "<script"));
    assert_false(holds(html, "<img"));
    json_decref(letter);
}

static void test_letter_in_english(void **state) {
    (void)state;
    struct arena *arena = arena_new(ARENA_REQUEST_BYTES);
    const struct mail_recipient to = {.address = "alva@example.org", .language = LANGUAGE_EN};
    const char *message = "";
    assert_int_equal(mail_render(arena, &receipt_kind, &post_sender, &to, "1@ljungsjo.example",
                                 NOON, &receipt_example, &message),
                     ERR_OK);
    assert_true(holds(message, "\r\nTo: alva@example.org\r\n"));
    assert_true(holds(message, "\r\nContent-Language: en\r\n"));
    assert_true(holds(message, "You are registered, Alva"));
    assert_true(holds(message, "Any questions?"));
    assert_true(holds(message, "<html lang=3D\"en\""));
    arena_free(arena);
}

static void test_letter_from_nowhere_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_new(ARENA_REQUEST_BYTES);
    struct mail_sender sender = post_sender;
    struct mail_recipient to = {.address = "alva@example.org", .language = LANGUAGE_SV};
    const char *message = NULL;
    sender.organisation = "Ljungsjö\r\nBcc: x@y.example";
    assert_int_equal(mail_render(arena, &receipt_kind, &sender, &to, "1@a.example", NOON,
                                 &receipt_example, &message),
                     ERR_INVALID);
    sender = post_sender;
    to.name = "Alva\nX-Evil: 1";
    assert_int_equal(mail_render(arena, &receipt_kind, &sender, &to, "1@a.example", NOON,
                                 &receipt_example, &message),
                     ERR_INVALID);
    to.name = NULL;
    assert_int_equal(mail_render(arena, &receipt_kind, &sender, &to, "1@a.example>\r\nX: y", NOON,
                                 &receipt_example, &message),
                     ERR_INVALID);
    assert_null(message);
    arena_free(arena);
}

static int begin(void **state) {
    server = server_new(NULL);
    return post_begin(state);
}

static int end(void **state) {
    (void)state;
    server_free(server);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_SQLITE(test_letter_is_read_back_whole),
        TEST_ON_SQLITE(test_letter_keeps_the_rules_of_mail),
        TEST_ON_SQLITE(test_text_part_says_all),
        TEST_ON_SQLITE(test_html_part_says_the_same),
        TEST_ON_SQLITE(test_chosen_mail_can_be_left),
        TEST_ON_SQLITE(test_hostile_text_comes_back_inert),
        cmocka_unit_test(test_letter_in_english),
        cmocka_unit_test(test_letter_from_nowhere_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
