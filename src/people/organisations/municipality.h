/* Sweden's municipalities and regions: the list that an organisation is picked from, so that code,
 * county and name are never typed. */
#ifndef RADSLAG_ORGANISATIONS_MUNICIPALITY_H
#define RADSLAG_ORGANISATIONS_MUNICIPALITY_H

#include <stddef.h>

#include "platform/base/arena.h"
#include "platform/base/shape.h"

struct municipality {
    const char *code;      /* "0180"; a region's is its county's: "01" */
    const char *name;      /* "Stockholm" */
    const char *full_name; /* "Stockholms kommun" */
    const char *own_name;  /* "Stockholms stad": as it calls itself */
    const char *county_code, *county;
};

/* The whole list, municipalities by code and then regions; read once, never freed. */
struct municipalities {
    const struct municipality *at;
    size_t count;
};
struct municipalities municipalities_all(void);

/* By code, or NULL. Two digits are a region. */
const struct municipality *municipality_by_code(const char *code);

/* Those that a person may mean, best first, at most `most`: a name, or a word in it, that begins
 * with what was typed, whatever the case; "stad", "kommun", "region" and a code are understood.
 * Accents do not matter when nothing fits with them ("malmo"). Result in arena. */
struct municipalities municipalities_matching(struct arena *arena, const char *typed, size_t most);

/* One of those that were found, as pages show it. */
#define MUNICIPALITY_MATCH(F, T)                                                                   \
    F(T, slug, code, , "four digits of a municipality, two of a region")                           \
    F(T, text, name, , "as it calls itself: Stockholms stad")                                      \
    F(T, text, county, , "Stockholms län")
SHAPE(municipality_match, MUNICIPALITY_MATCH);

/* As pages show them; in arena. */
struct municipality_match_list municipality_matches(struct arena *arena,
                                                    struct municipalities found);

#endif
