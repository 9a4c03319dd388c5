/* Who may do what: the table in the code against JOURNEYS 8, and the rules around it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/rules.h"

static struct visitor person(uint32_t roles, bool proved) {
    return (struct visitor){.account = 7,
                            .session = 70,
                            .roles = roles,
                            .second_factor = proved,
                            .must_prove = !proved && (roles & roles_of_staff()) != 0};
}

static const struct visitor nobody = {0};
static const struct page_ref own_page = {.tenant = 1, .id = 3, .page_owner = 7, .published = true};
static const struct page_ref others_page = {.tenant = 1, .id = 4, .author = 9, .published = true};
static const struct page_ref own_draft = {.tenant = 1, .id = 5, .author = 7};
static const struct page_ref others_draft = {.tenant = 1, .id = 6, .author = 9, .page_owner = 10};

static void visitor_reads_what_is_published_ROL_1(void **state) {
    (void)state;
    assert_int_equal(may(&nobody, RIGHT_read, &others_page), PERMISSION_DOES);
    assert_int_equal(may(&nobody, RIGHT_read, &others_draft), PERMISSION_NONE);
    assert_int_equal(may(&nobody, RIGHT_take_part, &others_page), PERMISSION_NONE);
    assert_int_equal(may(&nobody, RIGHT_ANYONE, NULL), PERMISSION_DOES);
    assert_int_equal(may(&nobody, RIGHT_SELF, NULL), PERMISSION_NONE);
    assert_int_equal(require(&nobody, RIGHT_SELF, NULL, PERMISSION_DOES), ERR_LOGIN_REQUIRED);
    /* A draft of others is not known of at all. */
    assert_int_equal(require(&nobody, RIGHT_read, &others_draft, PERMISSION_SEES), ERR_NOT_FOUND);
}

static void participant_takes_part_ROL_2(void **state) {
    const struct visitor one = person(0, false);

    (void)state;
    assert_int_equal(may(&one, RIGHT_take_part, &others_page), PERMISSION_DOES);
    assert_int_equal(may(&one, RIGHT_vote, NULL), PERMISSION_OWN);
    assert_int_equal(may(&one, RIGHT_SELF, NULL), PERMISSION_DOES);
    assert_int_equal(may(&one, RIGHT_publish, &own_page), PERMISSION_NONE);
    assert_int_equal(require(&one, RIGHT_publish, &own_page, PERMISSION_OWN), ERR_FORBIDDEN);
    assert_int_equal(may(&one, RIGHT_take_part, &others_draft), PERMISSION_NONE);
}

static void association_acts_for_its_own_people_ROL_3(void **state) {
    const struct visitor one = person(role_bit(ROLE_association), false);

    (void)state;
    /* No role of staff: it counts without a second factor. */
    assert_int_equal(may(&one, RIGHT_see_registrations, &own_page), PERMISSION_OWN);
    assert_int_equal(may(&one, RIGHT_see_registrations, &others_page), PERMISSION_NONE);
}

static void organiser_runs_own_events_ROL_4(void **state) {
    const struct visitor one = person(role_bit(ROLE_organiser), true);

    (void)state;
    assert_int_equal(may(&one, RIGHT_set_up_event, &own_page), PERMISSION_OWN);
    assert_int_equal(may(&one, RIGHT_set_up_event, &others_page), PERMISSION_NONE);
    assert_int_equal(may(&one, RIGHT_see_needs, &own_page), PERMISSION_OWN);
    /* About the organisation as a whole: the list of one's own may be reached. */
    assert_int_equal(may(&one, RIGHT_set_up_event, NULL), PERMISSION_OWN);
}

static void process_lead_leads_ROL_5(void **state) {
    const struct visitor one = person(role_bit(ROLE_process_lead), true);

    (void)state;
    assert_int_equal(may(&one, RIGHT_lock_and_attest, &others_page), PERMISSION_DOES);
    assert_int_equal(may(&one, RIGHT_publish, &own_page), PERMISSION_OWN);
    assert_int_equal(may(&one, RIGHT_publish, &others_page), PERMISSION_NONE);
    assert_int_equal(may(&one, RIGHT_assess, NULL), PERMISSION_SEES);
    assert_int_equal(require(&one, RIGHT_assess, NULL, PERMISSION_OWN), ERR_FORBIDDEN);
}

static void case_officer_assesses_ROL_6(void **state) {
    const struct visitor one = person(role_bit(ROLE_case_officer), true);

    (void)state;
    assert_int_equal(may(&one, RIGHT_assess, &own_page), PERMISSION_OWN);
    assert_int_equal(may(&one, RIGHT_enter_paper, NULL), PERMISSION_DOES);
    assert_int_equal(may(&one, RIGHT_keep_records, NULL), PERMISSION_SEES);
}

static void elected_puts_questions_ROL_7(void **state) {
    const struct visitor one = person(role_bit(ROLE_elected), true);

    (void)state;
    assert_int_equal(may(&one, RIGHT_record_decision, &own_page), PERMISSION_OWN);
    assert_int_equal(may(&one, RIGHT_record_decision, &others_page), PERMISSION_NONE);
    assert_int_equal(may(&one, RIGHT_lock_and_attest, NULL), PERMISSION_NONE);
}

static void juror_scores_ROL_8(void **state) {
    const struct visitor one = person(role_bit(ROLE_juror), true);

    (void)state;
    assert_int_equal(may(&one, RIGHT_score, &own_page), PERMISSION_OWN);
    assert_int_equal(may(&one, RIGHT_score, &others_page), PERMISSION_NONE);
}

static void administrator_has_settings_but_no_contents_ROL_12(void **state) {
    static const enum right contents[] = {
        RIGHT_see_roll,        RIGHT_see_votes, RIGHT_assess,      RIGHT_see_registrations,
        RIGHT_see_needs,       RIGHT_score,     RIGHT_moderate,    RIGHT_answer_views,
        RIGHT_forum_workspace, RIGHT_publish,   RIGHT_keep_records};
    static const enum role roles[] = {ROLE_administrator, ROLE_operator};

    (void)state;
    for (size_t r = 0; r < 2; r++) {
        const struct visitor one = person(role_bit(roles[r]), true);
        for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++)
            assert_int_equal(may(&one, contents[i], &others_page), PERMISSION_NONE);
        assert_int_equal(may(&one, RIGHT_read, &others_draft), PERMISSION_NONE);
        assert_int_equal(require(&one, RIGHT_read, &others_draft, PERMISSION_SEES), ERR_NOT_FOUND);
    }
    const struct visitor administrator = person(role_bit(ROLE_administrator), true);
    assert_int_equal(may(&administrator, RIGHT_administer, NULL), PERMISSION_DOES);
    assert_int_equal(may(&administrator, RIGHT_operate, NULL), PERMISSION_SEES);
}

static void staff_role_counts_only_with_second_factor(void **state) {
    (void)state;
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        if (!role_is_staff(role))
            continue;
        const struct visitor proved = person(role_bit(role), true);
        const struct visitor unproved = person(role_bit(role), false);
        const struct visitor participant = person(0, false);
        for (unsigned right = 0; right < RIGHT_COUNT; right++) {
            const enum permission now = may(&unproved, right, NULL);
            assert_int_equal(now, may(&participant, right, NULL));
            if (may(&proved, right, NULL) > now)
                assert_int_equal(require(&unproved, right, NULL, may(&proved, right, NULL)),
                                 ERR_PROOF_REQUIRED);
        }
    }
}

static void roles_without_account_count_for_nothing(void **state) {
    const struct visitor forged = {.roles = UINT32_MAX, .second_factor = true};

    (void)state;
    assert_int_equal(may(&forged, RIGHT_administer, NULL), PERMISSION_NONE);
    assert_int_equal(require(&forged, RIGHT_administer, NULL, PERMISSION_SEES), ERR_LOGIN_REQUIRED);
}

static void nobody_sees_how_somebody_voted(void **state) {
    struct visitor all = person(UINT32_MAX, true);

    (void)state;
    assert_int_equal(may(&all, RIGHT_see_votes, &own_page), PERMISSION_NONE);
    assert_int_equal(may(&all, RIGHT_see_votes, NULL), PERMISSION_NONE);
}

static void drafts_are_for_their_people_and_for_publishers(void **state) {
    const struct visitor author = person(role_bit(ROLE_process_lead), true);
    const struct visitor communications = person(role_bit(ROLE_communications), true);
    const struct visitor moderator = person(role_bit(ROLE_moderator), true);

    (void)state;
    assert_int_equal(may(&author, RIGHT_read, &own_draft), PERMISSION_DOES);
    assert_int_equal(may(&author, RIGHT_read, &others_draft), PERMISSION_NONE);
    assert_int_equal(may(&communications, RIGHT_read, &others_draft), PERMISSION_DOES);
    assert_int_equal(may(&moderator, RIGHT_moderate, &others_draft), PERMISSION_DOES);
    assert_int_equal(may(&moderator, RIGHT_read, &others_draft), PERMISSION_NONE);
}

static void a_token_is_no_session(void **state) {
    struct visitor program = person(role_bit(ROLE_administrator), true);

    (void)state;
    program.session = 0;
    assert_int_equal(may(&program, RIGHT_SELF, NULL), PERMISSION_NONE);
    assert_int_equal(may(&program, RIGHT_administer, NULL), PERMISSION_DOES);
}

static void roles_are_read_from_codes(void **state) {
    (void)state;
    assert_int_equal(roles_from_codes("administrator juror"),
                     role_bit(ROLE_administrator) | role_bit(ROLE_juror));
    assert_int_equal(roles_from_codes(NULL), 0);
    assert_int_equal(roles_from_codes(""), 0);
    assert_int_equal(roles_from_codes("admin king"), 0);
    assert_int_equal(role_find("moderator"), ROLE_moderator);
    assert_int_equal(role_find("Moderator"), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visitor_reads_what_is_published_ROL_1),
        cmocka_unit_test(participant_takes_part_ROL_2),
        cmocka_unit_test(association_acts_for_its_own_people_ROL_3),
        cmocka_unit_test(organiser_runs_own_events_ROL_4),
        cmocka_unit_test(process_lead_leads_ROL_5),
        cmocka_unit_test(case_officer_assesses_ROL_6),
        cmocka_unit_test(elected_puts_questions_ROL_7),
        cmocka_unit_test(juror_scores_ROL_8),
        cmocka_unit_test(administrator_has_settings_but_no_contents_ROL_12),
        cmocka_unit_test(staff_role_counts_only_with_second_factor),
        cmocka_unit_test(roles_without_account_count_for_nothing),
        cmocka_unit_test(nobody_sees_how_somebody_voted),
        cmocka_unit_test(drafts_are_for_their_people_and_for_publishers),
        cmocka_unit_test(a_token_is_no_session),
        cmocka_unit_test(roles_are_read_from_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
