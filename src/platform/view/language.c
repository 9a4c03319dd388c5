#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "platform/view/words.h"

static const struct {
    const char *code, *name;
    bool right_to_left;
} languages[LANGUAGE_COUNT] = {
#define LANGUAGE(NAME, code, name, right_to_left) [LANGUAGE_##NAME] = {code, name, right_to_left},
#include "platform/view/languages.def"
#undef LANGUAGE
};

const char *language_code(enum language language) {
    return languages[language].code;
}

const char *language_name(enum language language) {
    return languages[language].name;
}

bool language_right_to_left(enum language language) {
    return languages[language].right_to_left;
}

static enum language language_of(const char *tag, size_t length) {
    const size_t primary = strcspn(tag, "-_");
    if (primary < length)
        length = primary;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (strlen(languages[i].code) == length && strncasecmp(languages[i].code, tag, length) == 0)
            return (enum language)i;
    return LANGUAGE_NONE;
}

enum language language_from_code(const char *code) {
    return code == NULL ? LANGUAGE_NONE : language_of(code, strlen(code));
}

/* ";q=0.8" as thousandths; 1000 where it is missing, 0 where it is not a number. */
static int quality(const char *parameters, size_t length) {
    for (const char *at = parameters; at + 2 < parameters + length; at++) {
        if (tolower((unsigned char)at[0]) != 'q' || at[1] != '=')
            continue;
        int value = 0, scale = 1000;
        bool fraction = false;
        for (at += 2; at < parameters + length; at++) {
            if (*at == '.' && !fraction) {
                fraction = true;
            } else if (isdigit((unsigned char)*at)) {
                scale = fraction ? scale / 10 : scale;
                value += (*at - '0') * scale;
                if (value > 1000)
                    return 1000;
            } else {
                break;
            }
        }
        return value;
    }
    return 1000;
}

enum language language_accepted(const char *header) {
    enum language best = LANGUAGE_NONE;
    int best_quality = 0;
    for (const char *at = header; at != NULL && *at != '\0';) {
        at += strspn(at, " \t,");
        const size_t length = strcspn(at, ",");
        const size_t tag = strcspn(at, " \t;,");
        const enum language language = tag == 1 && *at == '*' ? LANGUAGE_SV : language_of(at, tag);
        const int q = quality(at + tag, length - tag);
        if (language != LANGUAGE_NONE && language_offered(language) && q > best_quality) {
            best = language;
            best_quality = q;
        }
        at += length;
    }
    return best == LANGUAGE_NONE ? LANGUAGE_SV : best;
}
