/* Contact: writing, the human check, the receipt, answering, disposal (PUB-8, PUB-10). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pages/tests/site.h"

static const char letter[] = "subject=question&message=N%C3%A4r+%C3%B6ppnar+badet%3F&name=Gro"
                             "&email=gro%40exempel.se";

/* Somebody who reads the form before writing. */
static int write_as_person(struct browser *browser, const char *fields) {
    assert_int_equal(browser_get(browser, "/contact"), 200);
    site_now += SECONDS(40);
    return browser_post(browser, "/contact", fields);
}

static const char *reference_of(struct site *site) {
    return site_text(site, "SELECT reference AS text FROM contact ORDER BY id DESC");
}

/* ---- writing ---- */

/* PUB-10: reference on screen and by mail, due day, owner's task, notice to the function mailbox.
 */
static void a_letter_is_taken_in_with_receipt_task_and_notice(void **state) {
    struct site *site = site_open(state);
    struct browser *giver = browser_new(site, NOBODY);
    assert_int_equal(write_as_person(giver, letter), 303);
    const char *reference = reference_of(site);
    const char *receipt = browser_header(giver, "location");
    assert_string_equal(receipt, arena_format(site->arena, "/contact/receipt/%s", reference));
    assert_int_equal(browser_get(giver, receipt), 200);
    assert_true(browser_sees(giver, reference));
    assert_true(browser_sees(giver, "16 juni 2026"));
    assert_false(browser_sees(giver, "badet"));
    assert_non_null(strstr(site_mail(site, "contact_received"), reference));
    /* Nobody has proved the address: nothing that was typed goes there. */
    assert_null(strstr(site_mail(site, "contact_received"), "badet"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind = "
                                        "'contact_received' AND name IS NOT NULL"),
                     0);
    assert_string_equal(
        site_text(site, "SELECT address AS text FROM outbox WHERE kind = 'contact_notice'"),
        "dialog@ljungsjo.example");
    assert_null(strstr(site_mail(site, "contact_notice"), "badet"));
    assert_null(strstr(site_mail(site, "contact_notice"), "gro@exempel.se"));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM task WHERE cause = 'contact:1' AND "
                                        "role = 'process_lead' AND done_at IS NULL"),
                     1);
    site_close(site);
}

/* REG-1's rule for all forms: sent again, the same receipt. */
static void the_same_form_twice_is_one_letter(void **state) {
    struct site *site = site_open(state);
    struct browser *giver = browser_new(site, NOBODY);
    assert_int_equal(write_as_person(giver, letter), 303);
    const char *first = browser_header(giver, "location");
    assert_int_equal(browser_post(giver, "/contact", letter), 303);
    assert_string_equal(browser_header(giver, "location"), first);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM contact"), 1);
    site_close(site);
}

/* PUB-8: a bot that fills in every field at once fails; the question lets a person through. */
static void a_naive_bot_fails(void **state) {
    struct site *site = site_open(state);
    struct browser *bot = browser_new(site, NOBODY);
    const char *everything =
        arena_format(site->arena, "%s&website=http%%3A%%2F%%2Fspam.example&human=x", letter);
    assert_int_equal(browser_get(bot, "/contact"), 200);
    assert_false(browser_sees(bot, "Hur mycket är"));
    assert_int_equal(browser_post(bot, "/contact", everything), 422);
    assert_true(browser_sees(bot, "Hur mycket är"));
    assert_true(browser_sees(bot, "När öppnar badet?</textarea>"));
    assert_int_equal(browser_post(bot, "/contact", everything), 422);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM contact"), 0);
    site_close(site);
}

static int value_of_number_word(const char *word) {
    static const char *const words[] = {"en", "två", "tre", "fyra", "fem", "sex"};
    for (int i = 0; i < 6; i++)
        if (strncmp(word, words[i], strlen(words[i])) == 0)
            return i + 1;
    return 0;
}

static void whoever_answers_the_question_is_let_through(void **state) {
    static const char asks[] = "Hur mycket är ", plus[] = " plus ";
    struct site *site = site_open(state);
    struct browser *hasty = browser_new(site, NOBODY);
    assert_int_equal(browser_send(hasty, "/contact", "/contact", letter), 422); /* within 3 s */
    const char *question = strstr(hasty->reply.body, asks);
    assert_non_null(question);
    const char *second = strstr(question, plus);
    const int sum =
        value_of_number_word(question + strlen(asks)) + value_of_number_word(second + strlen(plus));
    assert_in_range(sum, 2, 12);
    assert_int_equal(
        browser_post(hasty, "/contact", arena_format(site->arena, "%s&human=%d", letter, sum)),
        303);
    site_close(site);
}

static void a_person_is_not_asked_and_need_not_say_who(void **state) {
    struct site *site = site_open(state);
    struct browser *giver = browser_new(site, NOBODY);
    assert_int_equal(write_as_person(giver, "subject=suggestion&message=Bra+jobbat"), 303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind = "
                                        "'contact_received'"),
                     0);
    assert_int_equal(browser_get(giver, browser_header(giver, "location")), 200);
    assert_true(browser_sees(giver, "ingen e-postadress"));
    site_close(site);
}

static void required_fields_are_named_in_words(void **state) {
    struct site *site = site_open(state);
    struct browser *giver = browser_new(site, NOBODY);
    assert_int_equal(browser_get(giver, "/contact"), 200);
    assert_true(browser_sees(giver, "Vad heter du? <span class=\"rs-quiet\">(frivilligt)</span>"));
    assert_int_equal(write_as_person(giver, "message=&subject="), 422);
    assert_true(browser_sees(giver, "href=\"#message\""));
    assert_true(browser_sees(giver, "href=\"#subject"));
    assert_true(browser_sees(giver, "<title>Fel:"));
    site_close(site);
}

/* PUB-10: the number is the Tax Agency's for tests. */
static void a_personal_number_is_warned_of(void **state) {
    static const char numbered[] = "subject=question&message=Jag+heter+19811218-9876";
    struct site *site = site_open(state);
    struct browser *giver = browser_new(site, NOBODY);
    assert_int_equal(write_as_person(giver, numbered), 422);
    assert_true(browser_sees(giver, "ser ut att innehålla ett personnummer"));
    assert_true(browser_sees(giver, "name=\"keep_number\""));
    assert_int_equal(
        write_as_person(giver, arena_format(site->arena, "%s&keep_number=1", numbered)), 303);
    site_close(site);
}

static void a_receipt_is_found_by_its_reference_alone(void **state) {
    struct site *site = site_open(state);
    struct browser *giver = browser_new(site, NOBODY);
    assert_int_equal(write_as_person(giver, letter), 303);
    assert_int_equal(browser_get(giver, "/contact/receipt/0000-0000"), 404);
    assert_int_equal(browser_get(giver, "/contact/receipt/x"), 404);
    giver->json = true;
    const char *reference = reference_of(site);
    assert_int_equal(
        browser_get(giver, arena_format(site->arena, "/contact/receipt/%s", reference)), 200);
    assert_true(browser_sees(giver, "\"state\":\"received\""));
    assert_false(browser_sees(giver, "gro@exempel.se"));
    site_close(site);
}

/* ---- staff ---- */

static void who_may_read_letters(void **state) {
    static const struct {
        int account, inbox, one;
    } roles[] = {{NOBODY, 401, 401}, {GUN, 403, 403},    {DORIS, 403, 403}, {EBBE, 200, 200},
                 {ALVA, 200, 200},   {FATIMA, 200, 403}, {BO, 200, 200}};
    struct site *site = site_open(state);
    assert_int_equal(write_as_person(browser_new(site, NOBODY), letter), 303);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        struct browser *browser = browser_new(site, roles[i].account);
        assert_int_equal(browser_get(browser, "/contact/inbox"), roles[i].inbox);
        assert_int_equal(browser_get(browser, "/contact/1"), roles[i].one);
        assert_true(browser->reply.statements <= 8);
    }
    site_close(site);
}

static void an_answer_reaches_its_giver_and_ends_the_task(void **state) {
    struct site *site = site_open(state);
    struct browser *officer = browser_new(site, BO), *giver = browser_new(site, NOBODY);
    struct browser *late = browser_new(site, CILLA);
    assert_int_equal(write_as_person(giver, letter), 303);
    const char *receipt = browser_header(giver, "location");
    assert_int_equal(browser_get(late, "/contact/1"), 200);
    assert_int_equal(browser_get(officer, "/contact/1"), 200);
    assert_true(browser_sees(officer, "När öppnar badet?"));
    assert_int_equal(browser_post(officer, "/contact/1/answer", "answer="), 422);
    assert_int_equal(browser_send(officer, "/contact/1", "/contact/1/answer", "answer=Den+1+juli."),
                     303);
    assert_non_null(strstr(site_mail(site, "contact_answered"), "Den 1 juli."));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM task WHERE done_at IS NULL"), 0);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM audit WHERE act = 'contact.answer'"),
                     1);
    assert_int_equal(browser_get(giver, receipt), 200);
    assert_true(browser_sees(giver, "besvarat"));
    /* Somebody else is too late, and keeps what was written. */
    assert_int_equal(browser_post(late, "/contact/1/answer", "answer=Snart."), 422);
    assert_true(browser_sees(late, "Snart."));
    assert_true(browser_sees(late, "Den 1 juli."));
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM outbox WHERE kind = "
                                        "'contact_answered'"),
                     1);
    site_close(site);
}

static void an_assigned_officer_answers_but_no_other(void **state) {
    struct site *site = site_open(state);
    struct browser *leader = browser_new(site, BO), *officer = browser_new(site, FATIMA);
    assert_int_equal(write_as_person(browser_new(site, NOBODY), letter), 303);
    assert_int_equal(browser_get(officer, "/contact/1"), 403);
    assert_int_equal(browser_send(leader, "/contact/1", "/contact/1/assign", "owner=7"), 422);
    assert_int_equal(browser_send(leader, "/contact/1", "/contact/1/assign", "owner=6"), 303);
    assert_int_equal(site_integer(site, "SELECT account FROM task WHERE cause = 'contact:1'"),
                     FATIMA);
    assert_int_equal(browser_send(officer, "/contact/1", "/contact/1/answer", "answer=Ja."), 303);
    assert_int_equal(browser_send(officer, "/contact/1", "/contact/1/assign", "owner=2"), 403);
    struct browser *reader = browser_new(site, ALVA);
    assert_int_equal(browser_get(reader, "/contact/1"), 200);
    assert_int_equal(browser_post(reader, "/contact/1/answer", "answer=Nej."), 403);
    site_close(site);
}

static void a_hostile_letter_is_inert(void **state) {
    struct site *site = site_open(state);
    struct browser *officer = browser_new(site, BO);
    assert_int_equal(write_as_person(browser_new(site, NOBODY),
                                     "subject=question&message=%22%3E%3Cscript%3E%26%27&name=%22%3E"
                                     "%3Cscript%3E%26%27&about=%2F%2Fevil.example"),
                     303);
    assert_int_equal(browser_get(officer, "/contact/1"), 200);
    assert_false(browser_sees(officer, "<script>"));
    assert_true(browser_sees(officer, "&quot;&gt;&lt;script&gt;&amp;"));
    assert_false(browser_sees(officer, "href=\"//evil.example"));
    site_close(site);
}

/* ---- disposal (QUA-5) and personal data (QUA-4) ---- */

static void letters_are_disposed_of_by_decision_after_their_term(void **state) {
    struct site *site = site_open(state);
    struct browser *archivist = browser_new(site, EBBE);
    assert_int_equal(write_as_person(browser_new(site, NOBODY), letter), 303);
    assert_int_equal(
        browser_send(browser_new(site, BO), "/contact/1", "/contact/1/answer", "answer=Ja."), 303);
    assert_int_equal(browser_get(archivist, "/contact/disposal"), 200);
    assert_true(browser_sees(archivist, "Inget meddelande är gammalt nog"));
    site_now += DAYS(366);
    assert_int_equal(browser_get(archivist, "/contact/disposal"), 200);
    assert_int_equal(browser_post(archivist, "/contact/disposal", "decision="), 422);
    assert_int_equal(
        browser_send(archivist, "/contact/disposal", "/contact/disposal", "decision=KS+1"), 303);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM contact WHERE message IS NULL AND "
                                        "email IS NULL AND state = 'disposed' AND "
                                        "disposal = 'KS 1'"),
                     1);
    assert_int_equal(browser_get(browser_new(site, BO), "/contact/disposal"), 403);
    site_close(site);
}

static enum error erase(void *context, struct db *db) {
    struct site *site = context;
    return contact_register.erase(db, site->arena, site->tenant, GUN, site_now);
}

static void an_account_that_ends_leaves_no_name_on_its_letters(void **state) {
    struct site *site = site_open(state);
    struct buffer extract = buffer_in(site->arena, 1 << 16);
    struct db *db = NULL;
    assert_int_equal(write_as_person(browser_new(site, GUN),
                                     "subject=question&message=Hej&name=Gun+Inv%C3%A5nare&"
                                     "email=person7%40ljungsjo.example"),
                     303);
    assert_int_equal(store_reader(site->store, 2000, &db), ERR_OK);
    assert_int_equal(contact_register.extract(db, site->arena, site->tenant, GUN, &extract),
                     ERR_OK);
    store_reader_done(site->store, db);
    assert_non_null(strstr(buffer_string(&extract), "\"message\":\"Hej\""));
    assert_int_equal(store_act(site->store, erase, site), ERR_OK);
    assert_int_equal(site_integer(site, "SELECT COUNT(*) FROM contact WHERE name IS NULL AND "
                                        "email IS NULL AND email_key IS NULL AND account IS NULL"),
                     1);
    site_close(site);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(a_letter_is_taken_in_with_receipt_task_and_notice),
        TEST_ON_BOTH(the_same_form_twice_is_one_letter),
        TEST_ON_SQLITE(a_naive_bot_fails),
        TEST_ON_SQLITE(whoever_answers_the_question_is_let_through),
        TEST_ON_SQLITE(a_person_is_not_asked_and_need_not_say_who),
        TEST_ON_SQLITE(required_fields_are_named_in_words),
        TEST_ON_SQLITE(a_personal_number_is_warned_of),
        TEST_ON_SQLITE(a_receipt_is_found_by_its_reference_alone),
        TEST_ON_SQLITE(who_may_read_letters),
        TEST_ON_BOTH(an_answer_reaches_its_giver_and_ends_the_task),
        TEST_ON_BOTH(an_assigned_officer_answers_but_no_other),
        TEST_ON_SQLITE(a_hostile_letter_is_inert),
        TEST_ON_BOTH(letters_are_disposed_of_by_decision_after_their_term),
        TEST_ON_BOTH(an_account_that_ends_leaves_no_name_on_its_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
