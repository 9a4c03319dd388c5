/* The one door for permissions: the matrix of JOURNEYS 8, and who counts as what. */
#include "people/rules.h"

#include <assert.h>
#include <string.h>

struct role_facts {
    const char *mark;
    bool staff;
};

static const struct role_facts role_facts[] = {
#define ROLE(name, mark, staff, meaning) {mark, staff},
#include "people/roles.def"
#undef ROLE
};

struct right_facts {
    const char *row;
    const char *marks; /* one per role, in the order of roles.def */
};

static const struct right_facts right_facts[] = {
    [RIGHT_ANYONE] = {NULL, NULL},
    [RIGHT_OUTSIDE] = {NULL, NULL},
    [RIGHT_SELF] = {NULL, NULL},
#define RIGHT(name, row, marks) [RIGHT_##name] = {row, marks},
#include "people/rights.def"
#undef RIGHT
};

const char *role_mark(enum role role) {
    assert(role < ROLE_COUNT);
    return role_facts[role].mark;
}

bool role_is_staff(enum role role) {
    assert(role < ROLE_COUNT);
    return role_facts[role].staff;
}

uint32_t roles_of_staff(void) {
    uint32_t staff = 0;

    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (role_facts[role].staff)
            staff |= role_bit(role);
    return staff;
}

const char *right_row(enum right right) {
    assert(right < RIGHT_COUNT);
    return right_facts[right].row;
}

/* Roles that count just now: a staff role only with the second factor proved. */
static uint32_t roles_that_count(const struct visitor *visitor) {
    uint32_t roles = visitor->roles | role_bit(ROLE_visitor);

    if (visitor->account == 0)
        return role_bit(ROLE_visitor);
    roles |= role_bit(ROLE_participant);
    return visitor->second_factor ? roles : roles & ~roles_of_staff();
}

static bool is_own(const struct visitor *visitor, const struct page_ref *page) {
    return visitor->account != 0 &&
           (visitor->account == page->author || visitor->account == page->page_owner ||
            visitor->account == page->substitute);
}

static enum permission permission_of_mark(char mark, bool own) {
    switch (mark) {
    case '*':
        return PERMISSION_DOES;
    case 'o':
        return own ? PERMISSION_OWN : PERMISSION_NONE;
    case 's':
        return PERMISSION_SEES;
    default:
        return PERMISSION_NONE;
    }
}

/* The most that the marks of `right` give to any of `roles`. */
static enum permission permission_of_roles(uint32_t roles, enum right right, bool own) {
    const char *marks = right_facts[right].marks;
    enum permission most = PERMISSION_NONE;

    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        if (!(roles & role_bit(role)))
            continue;
        const enum permission one = permission_of_mark(marks[role], own);
        if (one > most)
            most = one;
    }
    return most;
}

/* A page that is not public is known to its own people and to those who publish for all. */
static bool knows_of(uint32_t roles, bool own) {
    return own || permission_of_roles(roles, RIGHT_publish, false) == PERMISSION_DOES;
}

static enum permission may_as(uint32_t roles, enum right right, const struct page_ref *page,
                              bool own) {
    if (page != NULL && !page->published && !knows_of(roles, own)) {
        /* The public's marks are about published things, and reading is about nothing else. */
        if (right == RIGHT_read)
            return PERMISSION_NONE;
        roles &= roles_of_staff();
    }
    return permission_of_roles(roles, right, own);
}

enum permission may(const struct visitor *visitor, enum right right, const struct page_ref *page) {
    assert(right < RIGHT_COUNT);
    if (right == RIGHT_ANYONE || right == RIGHT_OUTSIDE)
        return PERMISSION_DOES;
    if (right == RIGHT_SELF)
        return visitor->session != 0 ? PERMISSION_DOES : PERMISSION_NONE;
    return may_as(roles_that_count(visitor), right, page, page == NULL || is_own(visitor, page));
}

/* Would proving the second factor be enough? */
static bool proof_would_do(const struct visitor *visitor, enum right right,
                           const struct page_ref *page, enum permission least) {
    struct visitor proved = *visitor;

    proved.second_factor = true;
    return visitor->must_prove && may(&proved, right, page) >= least;
}

enum error require(const struct visitor *visitor, enum right right, const struct page_ref *page,
                   enum permission least) {
    assert(least > PERMISSION_NONE);
    if (may(visitor, right, page) >= least)
        return ERR_OK;
    if (proof_would_do(visitor, right, page, least))
        return ERR_PROOF_REQUIRED;
    if (page != NULL && !page->published && may(visitor, RIGHT_read, page) == PERMISSION_NONE &&
        may(visitor, right, page) == PERMISSION_NONE)
        return ERR_NOT_FOUND;
    return visitor->account == 0 ? ERR_LOGIN_REQUIRED : ERR_FORBIDDEN;
}

int role_find(const char *code) {
    return choice_find(&role_choices, code);
}

uint32_t roles_from_codes(const char *codes) {
    uint32_t roles = 0;

    while (codes != NULL && *codes != '\0') {
        const size_t length = strcspn(codes, " ");
        for (unsigned role = 0; role < ROLE_COUNT; role++)
            if (strlen(role_choices.at[role].code) == length &&
                memcmp(role_choices.at[role].code, codes, length) == 0)
                roles |= role_bit(role);
        codes += length + (codes[length] == ' ');
    }
    return roles;
}
