#include "people/organisations/rules.h"

#include <string.h>

#include "platform/base/text.h"

/* Luhn: every second digit from the right is doubled, the digits of all are added. */
static bool luhn_fits(const char *digits, size_t count) {
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        const int digit = digits[count - 1 - i] - '0';
        const int weighed = i % 2 == 0 ? digit : digit * 2;
        sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
}

const char *organisation_number_read(struct arena *arena, const char *typed) {
    char digits[13];
    size_t count = 0;
    for (const char *c = typed; *c != '\0'; c++) {
        if (*c == '-' || *c == ' ')
            continue;
        if (*c < '0' || *c > '9' || count == 12)
            return NULL;
        digits[count++] = *c;
    }
    digits[count] = '\0';
    const char *ten = digits;
    if (count == 12 && text_begins(digits, "16"))
        ten += 2;
    if (strlen(ten) != 10 || ten[2] < '2' || !luhn_fits(ten, 10))
        return NULL;
    return arena_copy_text(arena, ten);
}

const char *organisation_number_show(struct arena *arena, const char *digits) {
    return digits == NULL ? NULL : arena_format(arena, "%.6s-%s", digits, digits + 6);
}

static bool label_valid(const char *label, size_t length) {
    if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
        return false;
    return strspn(label, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length;
}

const char *host_read(struct arena *arena, const char *typed) {
    if (typed == NULL || *typed == '\0')
        return NULL;
    const char *host = text_fold(arena, typed);
    const size_t length = strlen(host);
    if (length > 253)
        return NULL;
    size_t labels = 0;
    for (const char *label = host;; labels++) {
        const size_t size = strcspn(label, ".");
        if (!label_valid(label, size))
            return NULL;
        if (label[size] == '\0')
            break;
        label += size + 1;
    }
    return labels > 0 || strcmp(host, "localhost") == 0 ? host : NULL;
}

const char *sender_usual(struct arena *arena, const char *host) {
    return arena_format(arena, "radslag@%s%s", host, strchr(host, '.') == NULL ? ".invalid" : "");
}

unsigned missing_decide(const struct organisation_facts *facts) {
    return (facts->has_controller ? 0U : MISSING_CONTROLLER) | (facts->has_dpo ? 0U : MISSING_DPO) |
           (facts->statement_accepted ? 0U : MISSING_STATEMENT) |
           (facts->has_sender ? 0U : MISSING_SENDER) |
           (facts->administrators_proved >= LEAST_ADMINISTRATORS ? 0U : MISSING_ADMINISTRATORS);
}
