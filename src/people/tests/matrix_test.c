/* The matrix of rights, cell by cell, against the table of JOURNEYS 8 where that document is at
 * hand (beside the repository, in ../shared): ROL-1 to ROL-8, ROL-12. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>

#include "people/rules.h"
#include "platform/base/text.h"

enum { LINE = 4096 };

/* Up the tree from the test's folder: ../shared/JOURNEYS.md of a checkout wherever the build is. */
static FILE *open_journeys(void) {
    static const char *const places[] = {"../shared/JOURNEYS.md", "../../shared/JOURNEYS.md",
                                         "../../../shared/JOURNEYS.md",
                                         "../../../../shared/JOURNEYS.md"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        FILE *file = fopen(places[i], "r");
        if (file != NULL)
            return file;
    }
    return NULL;
}

/* What a cell's text means. */
static enum permission cell_permission(const char *cell) {
    if (*cell == '\0')
        return PERMISSION_NONE;
    if (text_begins(cell, "●"))
        return PERMISSION_DOES;
    if (text_begins(cell, "◐") || text_begins(cell, "from"))
        return PERMISSION_OWN; /* "from hand-in": one's own part of it */
    if (text_begins(cell, "○"))
        return PERMISSION_SEES;
    /* "ask" for a record, the "head" of the chain: public pages, no right of their own. */
    assert_true(strcmp(cell, "ask") == 0 || strcmp(cell, "head") == 0);
    return PERMISSION_NONE;
}

/* Splits "| a | b |" in place; cells without outer spaces. Returns how many. */
static size_t split_cells(char *line, char *cells[], size_t room) {
    size_t count = 0;
    char *at = strchr(line, '|');

    while (at != NULL && count < room) {
        char *start = at + 1;
        char *end = strchr(start, '|');
        if (end == NULL)
            break;
        while (*start == ' ')
            start++;
        char *last = end;
        while (last > start && last[-1] == ' ')
            last--;
        *last = '\0';
        cells[count++] = start;
        at = end;
    }
    return count;
}

static int right_of_row(const char *row) {
    for (int right = RIGHT_SELF + 1; right < RIGHT_COUNT; right++)
        if (strcmp(right_row((enum right)right), row) == 0)
            return right;
    return -1;
}

/* What one role alone gives, with own things at hand; the rule's own additions taken away:
 * everybody logged in is a visitor and participant too, so the row is compared for the role's mark
 * alone. */
static enum permission role_alone(enum role role, enum right right) {
    struct visitor visitor = {.account = role == ROLE_visitor ? 0 : 7,
                              .session = 70,
                              .roles = role_bit(role),
                              .second_factor = true};
    return may(&visitor, right, NULL);
}

static enum permission more(enum permission a, enum permission b) {
    return a > b ? a : b;
}

static void check_row(int right, char *const cells[]) {
    enum permission base = cell_permission(cells[1]); /* what the visitor has, all have */

    assert_int_equal(role_alone(ROLE_visitor, (enum right)right), base);
    base = more(base, cell_permission(cells[2]));
    for (unsigned role = ROLE_participant; role < ROLE_COUNT; role++) {
        const enum permission wanted = more(base, cell_permission(cells[1 + role]));
        if (role_alone(role, (enum right)right) != wanted)
            fail_msg("row \"%s\", column %s", cells[0], role_mark(role));
    }
}

static void whole_matrix_is_that_of_JOURNEYS_8(void **state) {
    FILE *file = open_journeys();
    char line[LINE];
    char *cells[ROLE_COUNT + 2];
    bool inside = false;
    int rows = 0;

    (void)state;
    if (file == NULL) {
        print_message("skipped: ../shared/JOURNEYS.md is not at hand\n");
        skip();
    }
    while (fgets(line, sizeof line, file) != NULL) {
        inside = inside || text_begins(line, "## 8.");
        if (!inside || line[0] != '|' || split_cells(line, cells, ROLE_COUNT + 2) != ROLE_COUNT + 1)
            continue;
        if (strcmp(cells[0], "action") == 0) {
            for (unsigned role = 0; role < ROLE_COUNT; role++)
                assert_string_equal(cells[1 + role], role_mark(role));
            continue;
        }
        if (text_begins(cells[0], "---"))
            continue;
        const int right = right_of_row(cells[0]);
        if (right < 0)
            fail_msg("no right for the row \"%s\"", cells[0]);
        check_row(right, cells);
        rows++;
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rows, RIGHT_COUNT - RIGHT_SELF - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_matrix_is_that_of_JOURNEYS_8)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
