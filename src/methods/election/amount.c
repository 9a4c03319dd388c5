#include "methods/election/amount.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

static int64_t power_of_ten(int exponent) {
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct amount amount_shorten(struct amount amount) {
    while (amount.decimals > 0 && amount.units % 10 == 0) {
        amount.units /= 10;
        amount.decimals--;
    }
    return amount;
}

bool amount_parse(const char *text, size_t length, struct amount *ret_amount) {
    struct amount amount = {0};
    size_t at = 0;
    while (at < length && text[at] == '0')
        at++;
    const size_t first = at;
    for (; at < length && is_digit(text[at]); at++) {
        if (at - first == AMOUNT_WHOLE_DIGITS)
            return false;
        amount.units = amount.units * 10 + (text[at] - '0');
    }
    if (at == 0)
        return false;
    if (at < length) {
        if ((text[at] != '.' && text[at] != ',') || at + 1 == length)
            return false;
        while (length > at + 2 && text[length - 1] == '0')
            length--;
        for (at++; at < length; at++, amount.decimals++) {
            if (!is_digit(text[at]) || amount.decimals == AMOUNT_DECIMALS)
                return false;
            amount.units = amount.units * 10 + (text[at] - '0');
        }
    }
    *ret_amount = amount_shorten(amount);
    return true;
}

bool amount_at_scale(struct amount amount, int decimals, int64_t *ret_units) {
    assert(decimals >= amount.decimals && decimals <= AMOUNT_DECIMALS);
    const int64_t most = power_of_ten(AMOUNT_WHOLE_DIGITS + amount.decimals) - 1;
    if (amount.units < 0 || amount.units > most)
        return false;
    *ret_units = amount.units * power_of_ten(decimals - amount.decimals);
    return true;
}

void amount_write(int64_t units, int decimals, char ret_text[AMOUNT_TEXT_BYTES]) {
    const bool negative = units < 0;
    const struct amount amount =
        amount_shorten((struct amount){negative ? -units : units, decimals});
    const int64_t scale = power_of_ten(amount.decimals);
    const int written = snprintf(ret_text, AMOUNT_TEXT_BYTES, "%s%" PRId64, negative ? "-" : "",
                                 amount.units / scale);
    if (amount.decimals == 0)
        return;
    char *point = ret_text + written;
    *point = '.';
    int64_t left = amount.units % scale;
    for (int i = amount.decimals; i > 0; i--, left /= 10)
        point[i] = (char)('0' + left % 10);
    point[amount.decimals + 1] = '\0';
}

const char *amount_decimal(struct arena *arena, int64_t units, int decimals) {
    char text[AMOUNT_TEXT_BYTES];
    amount_write(units, decimals, text);
    return arena_copy_text(arena, text);
}

static int64_t common_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

const char *amount_fraction(struct arena *arena, int64_t units, int decimals) {
    const int64_t scale = power_of_ten(decimals);
    const int64_t shared = common_divisor(scale, units < 0 ? -units : units);
    if (shared == scale)
        return arena_format(arena, "%" PRId64, units / scale);
    return arena_format(arena, "%" PRId64 "/%" PRId64, units / shared, scale / shared);
}
