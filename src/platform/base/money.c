#include "platform/base/money.h"

#include <string.h>

/* Skips one space of the kinds that people group digits with: space, no-break, thin, narrow. */
static const char *skip_space(const char *text) {
    static const char *const spaces[] = {" ", "\xc2\xa0", "\xe2\x80\x89", "\xe2\x80\xaf"};
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        if (strncmp(text, spaces[i], strlen(spaces[i])) == 0)
            return text + strlen(spaces[i]);
    return text;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "kr", ":-" or nothing, then the end. */
static bool ends_well(const char *text) {
    const char *rest = skip_space(text);
    if (strncmp(rest, "kr", 2) == 0 || strncmp(rest, ":-", 2) == 0)
        rest += 2;
    return *rest == '\0';
}

bool money_parse(const char *text, int64_t *ret_ore) {
    int64_t kronor = 0, ore = 0, amount;
    bool negative = false;
    if (*text == '-') {
        negative = true;
        text++;
    } else if (strncmp(text, "\xe2\x88\x92", 3) == 0) {
        negative = true;
        text += 3;
    }
    if (!is_digit(*text))
        return false;
    while (is_digit(*text)) {
        if (!money_times(kronor, 10, &kronor) || !money_add(kronor, *text - '0', &kronor))
            return false;
        const char *after = skip_space(text + 1);
        text = is_digit(*after) ? after : text + 1;
    }
    if (*text == ',' || *text == '.') {
        if (!is_digit(text[1]))
            return false;
        ore = (text[1] - '0') * 10 + (is_digit(text[2]) ? text[2] - '0' : 0);
        text += is_digit(text[2]) ? 3 : 2;
        if (is_digit(*text))
            return false;
    }
    if (!ends_well(text) || !money_times(kronor, 100, &amount) || !money_add(amount, ore, &amount))
        return false;
    *ret_ore = negative ? -amount : amount;
    return true;
}

bool money_add(int64_t a, int64_t b, int64_t *ret_sum) {
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *ret_sum = sum;
    return true;
}

bool money_times(int64_t a, int64_t n, int64_t *ret_product) {
    int64_t product;
    if (__builtin_mul_overflow(a, n, &product))
        return false;
    *ret_product = product;
    return true;
}
