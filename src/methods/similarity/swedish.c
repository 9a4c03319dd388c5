#include "methods/similarity/swedish.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

enum { BEFORE_REGION = 3 }; /* letters */

static bool ends(const char *word, size_t length, size_t from, const char *suffix) {
    const size_t bytes = strlen(suffix);
    return length >= from + bytes && memcmp(word + length - bytes, suffix, bytes) == 0;
}

/* Bytes of the letter that begins here. */
static size_t letter_bytes(const char *word, size_t left) {
    size_t bytes = 1;
    while (bytes < left && ((unsigned char)word[bytes] & 0xc0) == 0x80)
        bytes++;
    return bytes;
}

static bool is_vowel(const char *letter, size_t bytes) {
    static const char *const accented[] = {"å", "ä", "ö"};
    if (bytes == 1)
        return strchr("aeiouy", *letter) != NULL;
    for (size_t i = 0; i < COUNT(accented); i++)
        if (bytes == 2 && memcmp(letter, accented[i], 2) == 0)
            return true;
    return false;
}

/* Where the region begins that endings are looked for in: behind the first consonant after a vowel,
 * with three letters before it at least. */
static size_t region_of(const char *word, size_t length) {
    size_t letters = 0, at = 0;
    bool has_vowel = false, is_found = false;
    while (at < length && !(is_found && letters >= BEFORE_REGION)) {
        const size_t bytes = letter_bytes(word + at, length - at);
        const bool vowel = is_vowel(word + at, bytes);
        is_found |= has_vowel && !vowel;
        has_vowel |= vowel;
        at += bytes;
        letters++;
    }
    return is_found && letters >= BEFORE_REGION ? at : length;
}

/* Inflections: the longest that fits goes. */
static size_t cut_inflection(const char *word, size_t length, size_t region) {
    static const char *const endings[] = {
        "heterna", "hetens", "arnas", "ernas", "ornas", "andes", "arens", "andet", "heten",
        "heter",   "anden",  "arna",  "erna",  "orna",  "ande",  "arne",  "aste",  "aren",
        "ades",    "erns",   "ade",   "are",   "ern",   "ens",   "het",   "ast",   "ad",
        "en",      "ar",     "er",    "or",    "as",    "es",    "at",    "a",     "e",
    };
    size_t longest = 0;
    for (size_t i = 0; i < COUNT(endings); i++)
        if (strlen(endings[i]) > longest && ends(word, length, region, endings[i]))
            longest = strlen(endings[i]);
    if (longest > 0)
        return length - longest;
    if (ends(word, length, region, "s") && length > 1 &&
        strchr("bcdfghjklmnoprtvy", word[length - 2]) != NULL)
        return length - 1;
    return length;
}

static size_t cut_double(const char *word, size_t length, size_t region) {
    static const char *const endings[] = {"dd", "gd", "nn", "dt", "gt", "kt", "tt"};
    for (size_t i = 0; i < COUNT(endings); i++)
        if (ends(word, length, region, endings[i]))
            return length - 1;
    return length;
}

static size_t cut_derivation(const char *word, size_t length, size_t region) {
    static const struct {
        const char *ending;
        size_t bytes; /* that go */
    } endings[] = {{"fullt", 1}, {"löst", 1}, {"lig", 3}, {"els", 3}, {"ig", 2}};
    for (size_t i = 0; i < COUNT(endings); i++)
        if (ends(word, length, region, endings[i].ending))
            return length - endings[i].bytes;
    return length;
}

size_t swedish_stem(const char *word, size_t length) {
    const size_t region = region_of(word, length);
    length = cut_inflection(word, length, region);
    length = cut_double(word, length, region);
    return cut_derivation(word, length, region);
}

bool swedish_common(const char *word, size_t length) {
    static const char *const common[] = {
        "alla",  "allt",  "att",    "av",     "bara",  "behöver", "blir",  "bli",   "borde",
        "bra",   "bör",   "de",     "dem",    "den",   "denna",   "deras", "det",   "detta",
        "där",   "då",    "eller",  "en",     "er",    "ett",     "fler",  "flera", "från",
        "får",   "för",   "genom",  "gör",    "göra",  "ha",      "han",   "har",   "hon",
        "hos",   "hur",   "här",    "i",      "ingen", "inte",    "jag",   "kan",   "kunna",
        "man",   "med",   "mellan", "men",    "mer",   "mycket",  "många", "ni",    "nu",
        "när",   "någon", "något",  "några",  "och",   "också",   "om",    "oss",   "på",
        "samt",  "sig",   "ska",    "skulle", "skapa", "som",     "så",    "sätta", "till",
        "under", "upp",   "ut",     "utan",   "vad",   "var",     "vara",  "varje", "vi",
        "vid",   "vill",  "vilka",  "våra",   "vårt",  "vår",     "är",    "även",  "år",
        "över",
    };
    for (size_t i = 0; i < COUNT(common); i++)
        if (strlen(common[i]) == length && memcmp(common[i], word, length) == 0)
            return true;
    return false;
}
