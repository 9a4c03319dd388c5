/* What message.c writes, letter.c reads. */
#include "platform/mail/letter.h"
#include "platform/mail/tests/post/post.h"

static struct arena *arena;

static int begin(void **state) {
    arena = arena_new(ARENA_REQUEST_BYTES);
    return post_begin(state);
}

static int end(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct letter read(const struct receipt_facts *facts, const char *name) {
    const struct mail_recipient to = {
        .address = "alva@example.org", .name = name, .language = LANGUAGE_SV};
    const char *message;
    struct letter letter = {.text = NULL};
    assert_int_equal(
        mail_render(arena, &receipt_kind, &post_sender, &to, "1@a.example", NOON, facts, &message),
        ERR_OK);
    assert_int_equal(letter_read(arena, message, &letter), ERR_OK);
    return letter;
}

static void test_letter_comes_back(void **state) {
    (void)state;
    const struct letter letter = read(&receipt_example, "Siv \"Sisu\" Ek");
    assert_string_equal(letter.subject,
                        "Du är anmäld till Mötesplats delaktighet 2026 – två dagar om tillit & "
                        "inflytande i Folkets hus");
    assert_string_equal(letter.from, "Ljungsjö kommun <delta@ljungsjo.example>");
    assert_string_equal(letter.to, "Siv Sisu Ek <alva@example.org>");
    assert_memory_equal(letter.text, "Du är anmäld, Alva\n\nMötesplats", 30);
    assert_non_null(strstr(letter.text, "\n- Skrivtolk <b>\n"));
    assert_non_null(strstr(letter.text, "kontakt@ljungsjo.example.\n"));
}

static void test_hostile_text_comes_back_as_it_was(void **state) {
    (void)state;
    struct receipt_facts facts = receipt_example;
    facts.name = "=3D .\n.\nFrom x\n--=_";
    facts.event = "=?UTF-8?B?w4V2aWs=?=";
    const struct letter letter = read(&facts, NULL);
    assert_string_equal(letter.subject, "Du är anmäld till =?UTF-8?B?w4V2aWs=?=");
    assert_string_equal(letter.to, "alva@example.org");
    assert_non_null(strstr(letter.text, "Du är anmäld, =3D .\n.\nFrom x\n--=_\n"));
}

static void test_what_is_no_letter_is_not_found(void **state) {
    (void)state;
    static const char *const bad[] = {"", "\r\n", "Subject: a\r\n\r\nb\r\n",
                                      "a\r\nContent-Type: text/plain\r\n\r\nno end"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct letter letter;
        assert_int_equal(letter_read(arena, bad[i], &letter), ERR_NOT_FOUND);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letter_comes_back),
        cmocka_unit_test(test_hostile_text_comes_back_as_it_was),
        cmocka_unit_test(test_what_is_no_letter_is_not_found),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
