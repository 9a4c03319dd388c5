#include "people/login/rules.h"

#include <string.h>

#include "platform/base/text.h"

enum proof_verdict proof_judge(const struct proof *proof, int64_t now) {
    if (proof == NULL)
        return PROOF_NONE;
    if (!proof->browser_fits)
        return PROOF_ELSEWHERE;
    if (now >= proof->ends_at)
        return PROOF_OVER;
    if (proof->attempts >= PROOF_ATTEMPTS)
        return PROOF_EXHAUSTED;
    return proof->code_fits ? PROOF_HOLDS : PROOF_WRONG;
}

/* Long enough, and still tried first by those who guess. Folded; without spaces. */
static const char *const common_passwords[] = {
    "123456789012",     "1234567890123", "12345678901234", "123456123456",     "123123123123",
    "1q2w3e4r5t6y",     "abcdefghijkl",  "adminadmin12",   "administrator",    "asdfghjkl123",
    "hejhejhejhej",     "iloveyou1234",  "letmein12345",   "losenord1234",     "lösenord1234",
    "lösenordlösenord", "password1234",  "password12345",  "passwordpassword", "qwerty123456",
    "qwertyuiop12",     "qwertyuiopas",  "qwertyuiopå12",  "sommar202526",     "sommarlov123",
    "välkommen123",     "välkommen1234", "welcome12345",
};

/* Compared without case and spaces: spelling it apart makes it no better. */
static const char *squeezed(struct arena *arena, const char *text) {
    const char *folded = text_fold(arena, text);
    char *into = arena_take(arena, strlen(folded) + 1);
    size_t length = 0;

    for (const char *c = folded; *c != '\0'; c++)
        if (*c != ' ')
            into[length++] = *c;
    return into;
}

static bool one_byte_repeated(const char *text) {
    return strspn(text, (const char[]){text[0], '\0'}) == strlen(text);
}

static bool is_email_or_its_first_part(const char *password, const char *email) {
    const size_t length = strlen(password);
    const size_t first = strcspn(email, "@");

    return strcmp(password, email) == 0 ||
           (length == first && strncmp(password, email, first) == 0);
}

enum password_flaw password_judge(struct arena *arena, const char *password, const char *email) {
    if (text_length(password) < PASSWORD_SHORTEST)
        return PASSWORD_TOO_SHORT;
    const char *plain = squeezed(arena, password);
    if (email != NULL && is_email_or_its_first_part(plain, squeezed(arena, email)))
        return PASSWORD_IS_EMAIL;
    if (one_byte_repeated(plain))
        return PASSWORD_COMMON;
    for (size_t i = 0; i < sizeof common_passwords / sizeof common_passwords[0]; i++)
        if (strcmp(plain, common_passwords[i]) == 0)
            return PASSWORD_COMMON;
    return PASSWORD_FINE;
}

const char *next_added(struct arena *arena, const char *path, const char *next) {
    char *escaped = arena_take(arena, strlen(next) * 3 + 1);
    size_t at = 0;

    for (const char *c = next; *c != '\0'; c++) {
        if (strchr("&+%#", *c) == NULL)
            escaped[at++] = *c;
        else
            at += (size_t)snprintf(escaped + at, 4, "%%%02X", (unsigned)(unsigned char)*c);
    }
    return arena_format(arena, "%s?next=%s", path, escaped);
}

const char *next_checked(const char *address) {
    enum { LONGEST = 2000 };

    if (address == NULL || address[0] != '/' || address[1] == '/' || strlen(address) > LONGEST)
        return NULL;
    for (const unsigned char *c = (const unsigned char *)address; *c != '\0'; c++)
        if (*c <= 0x20 || *c == 0x7f || *c == '\\')
            return NULL;
    return address;
}
