#include "people/invitations/rules.h"

#include <assert.h>
#include <string.h>

#include "platform/base/instant.h"
#include "platform/base/text.h"

enum invitation_state invitation_state_at(int64_t ends_at, int64_t accepted_at,
                                          int64_t withdrawn_at, int64_t now) {
    if (accepted_at != INSTANT_NONE)
        return invitation_state_accepted;
    if (withdrawn_at != INSTANT_NONE)
        return invitation_state_withdrawn;
    return now < ends_at ? invitation_state_waiting : invitation_state_over;
}

void invitation_code(const unsigned char *random, char ret_code[static INVITATION_DIGITS + 1]) {
    uint64_t number = 0;
    for (size_t i = 0; i < 8; i++)
        number = number << 8 | random[i];
    /* 2^64 is 10^12 many million times over: no digit is noticeably likelier. */
    for (size_t i = 0; i < INVITATION_DIGITS; i++, number /= 10)
        ret_code[INVITATION_DIGITS - 1 - i] = (char)('0' + number % 10);
    ret_code[INVITATION_DIGITS] = '\0';
}

const char *invitation_code_show(struct arena *arena, const char *code) {
    assert(strlen(code) == INVITATION_DIGITS);
    return arena_format(arena, "%.4s %.4s %.4s", code, code + 4, code + 8);
}

const char *invitation_code_read(struct arena *arena, const char *typed) {
    char digits[INVITATION_DIGITS + 1];
    size_t count = 0;
    for (const char *c = typed; *c != '\0'; c++) {
        if (*c == ' ' || *c == '-')
            continue;
        if (*c < '0' || *c > '9' || count == INVITATION_DIGITS)
            return NULL;
        digits[count++] = *c;
    }
    digits[count] = '\0';
    return count == INVITATION_DIGITS ? arena_copy_text(arena, digits) : NULL;
}

const char *role_set_roles(enum role_set set) {
    switch (set) {
    case role_set_communications:
        return "communications";
    case role_set_case_officer:
        return "case_officer";
    case role_set_secretary:
        return "secretary";
    case role_set_contact_centre:
    case role_set_library:
    case role_set_school:
        return "contact_centre";
    case role_set_process_lead:
        return "process_lead";
    case role_set_administrator:
        return "administrator";
    case role_set_own:
        break;
    }
    return NULL;
}

/* ---- several addresses in one field ---- */

static const char *trimmed(struct arena *arena, const char *start, size_t length) {
    static const char around[] = " \t,;<>\"";
    while (length > 0 && strchr(around, start[length - 1]) != NULL)
        length--;
    while (length > 0 && strchr(around, *start) != NULL) {
        start++;
        length--;
    }
    return length == 0 ? NULL : arena_copy_span(arena, start, length);
}

/* The address is the last word; what stands before it is the name. */
static bool invitee_read(struct arena *arena, const char *line, size_t length,
                         struct invitee *ret_invitee) {
    const char *text = trimmed(arena, line, length);
    if (text == NULL)
        return false;
    size_t start = strlen(text);
    while (start > 0 && strchr(" \t,;<", text[start - 1]) == NULL)
        start--;
    const char *email = text + start, *key = text_email_key(arena, email);
    const char *name = trimmed(arena, text, start);
    if (key == NULL || (name != NULL && text_length(name) > 100))
        return false;
    *ret_invitee = (struct invitee){email, key, name};
    return true;
}

static bool invited_before(const struct invitee_list *invitees, const char *key) {
    for (size_t i = 0; i < invitees->count; i++)
        if (strcmp(invitees->at[i].email_key, key) == 0)
            return true;
    return false;
}

enum invitees_flaw invitees_read(struct arena *arena, const char *typed,
                                 struct invitee_list *ret_invitees, int64_t *ret_wrong) {
    struct invitee_list invitees = {ARENA_ARRAY(arena, INVITATIONS_AT_ONCE, struct invitee), 0};
    int64_t number = 1;
    for (const char *line = typed; *line != '\0'; number++) {
        const size_t length = strcspn(line, "\n");
        struct invitee invitee;
        if (trimmed(arena, line, length) != NULL) {
            if (!invitee_read(arena, line, length, &invitee)) {
                *ret_wrong = number;
                return INVITEES_WRONG;
            }
            if (!invited_before(&invitees, invitee.email_key)) {
                if (invitees.count == INVITATIONS_AT_ONCE)
                    return INVITEES_TOO_MANY;
                invitees.at[invitees.count++] = invitee;
            }
        }
        line += length + (line[length] == '\n');
    }
    if (invitees.count == 0)
        return INVITEES_NONE;
    *ret_invitees = invitees;
    return INVITEES_FINE;
}
