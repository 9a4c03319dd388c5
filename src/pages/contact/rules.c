#include "pages/contact/rules.h"

#include <ctype.h>
#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/text.h"

int64_t contact_due(int64_t received_at) {
    return instant_day_start(received_at, CONTACT_ANSWER_DAYS + 1);
}

/* ---- human check ---- */

enum { LINKS_FINE = 2 };

bool contact_suspicious(const struct contact_signs *signs) {
    return signs->trap_filled || signs->age < SECONDS(3) || signs->links > LINKS_FINE;
}

int contact_links(const char *text) {
    static const char *const starts[] = {"http://", "https://", "www."};
    int count = 0;
    for (const char *at = text; *at != '\0'; at++)
        for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
            if (strncasecmp(at, starts[i], strlen(starts[i])) == 0) {
                count++;
                at += strcspn(at, " \t\n") - 1;
                break;
            }
    return count;
}

struct human_question human_question(uint64_t drawn) {
    return (struct human_question){(int)(drawn % 6) + 1, (int)(drawn / 6 % 6) + 1};
}

bool human_answer_right(struct arena *arena, struct human_question question, const char *answer,
                        const char *const words[13]) {
    if (answer == NULL)
        return false;
    const int sum = question.a + question.b;
    if (strcmp(text_fold(arena, answer), text_fold(arena, words[sum])) == 0)
        return true;
    int given = 0, digits = 0;
    for (; digits < 3 && isdigit((unsigned char)answer[digits]); digits++)
        given = given * 10 + (answer[digits] - '0');
    return digits > 0 && answer[digits] == '\0' && given == sum;
}

/* ---- references ---- */

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* 32, without I, L, O, U */

const char *contact_reference(struct arena *arena, const unsigned char bytes[8]) {
    char *reference = arena_take(arena, 10);
    for (int i = 0, at = 0; i < 8; i++) {
        if (i == 4)
            reference[at++] = '-';
        reference[at++] = letters[bytes[i] % 32];
    }
    return reference;
}

const char *contact_reference_read(struct arena *arena, const char *typed) {
    unsigned char values[8];
    size_t count = 0;
    for (const char *at = typed; *at != '\0'; at++) {
        if (strchr("- ", *at) != NULL)
            continue;
        const int upper = toupper((unsigned char)*at);
        const char *letter = strchr(letters, upper == 'O'                   ? '0'
                                             : upper == 'I' || upper == 'L' ? '1'
                                                                            : upper);
        if (letter == NULL || count == 8)
            return NULL;
        values[count++] = (unsigned char)(letter - letters);
    }
    return count == 8 ? contact_reference(arena, values) : NULL;
}

/* ---- personal numbers ---- */

/* Luhn over ten digits. */
static bool check_digit_right(const char digits[10]) {
    int sum = 0;
    for (int i = 0; i < 10; i++) {
        const int value = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

static bool is_date(const char digits[10]) {
    const int month = (digits[2] - '0') * 10 + digits[3] - '0';
    int day = (digits[4] - '0') * 10 + digits[5] - '0';
    if (day > 60)
        day -= 60; /* coordination numbers */
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Digits of one run: "19811218-9876", "811218+9876", "8112189876"; hyphen, plus or space before the
 * last four. Returns the length of the run. */
static size_t read_run(const char *text, char ret_digits[13], size_t *ret_count) {
    size_t length = 0, count = 0;
    while (true) {
        const char c = text[length];
        const bool joins = count >= 6 && strchr("-+ ", c) != NULL && c != '\0' &&
                           isdigit((unsigned char)text[length + 1]);
        if (isdigit((unsigned char)c)) {
            if (count < 13)
                ret_digits[count] = c;
            count++;
        } else if (!joins) {
            break;
        }
        length++;
    }
    *ret_count = count;
    return length;
}

bool contact_has_personal_number(const char *text) {
    for (const char *at = text; *at != '\0';) {
        if (!isdigit((unsigned char)*at)) {
            at++;
            continue;
        }
        char digits[13];
        size_t count = 0;
        at += read_run(at, digits, &count);
        if (count != 10 && count != 12)
            continue;
        const char *ten = digits + (count - 10);
        if (is_date(ten) && check_digit_right(ten))
            return true;
    }
    return false;
}
