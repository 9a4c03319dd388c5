/* Stems of Swedish words. Expected stems by the published algorithm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "methods/similarity/swedish.h"

static void inflected_words_share_a_stem(void **state) {
    (void)state;
    static const struct {
        const char *word, *stem;
    } cases[] = {{"lekplats", "lekplat"},
                 {"lekplatsen", "lekplats"},
                 {"lekplatserna", "lekplats"},
                 {"bänkar", "bänk"},
                 {"bänken", "bänk"},
                 {"bänkarnas", "bänk"},
                 {"jaktkarlarne", "jaktkarl"},
                 {"klokheten", "klok"},
                 {"friskt", "frisk"},
                 {"nämndes", "nämnd"},
                 {"trygghet", "trygg"},
                 {"trygghetens", "trygg"},
                 {"hopplöst", "hopplös"},
                 {"fridfullt", "fridfull"},
                 {"möjlig", "möj"},
                 {"ån", "ån"},
                 {"s", "s"},
                 {"", ""},
                 {"brrr", "brrr"},
                 {"åka", "åka"},
                 {"kajaks", "kajak"},
                 {"glass", "glass"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t length = swedish_stem(cases[i].word, strlen(cases[i].word));
        if (length != strlen(cases[i].stem) || strncmp(cases[i].word, cases[i].stem, length) != 0)
            fail_msg("%s: %.*s", cases[i].word, (int)length, cases[i].word);
    }
}

static void common_words_are_known(void **state) {
    (void)state;
    assert_true(swedish_common("och", 3));
    assert_true(swedish_common("över", strlen("över")));
    assert_false(swedish_common("ochs", 4));
    assert_false(swedish_common("park", 4));
    assert_false(swedish_common("", 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inflected_words_share_a_stem),
        cmocka_unit_test(common_words_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
