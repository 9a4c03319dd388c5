/* Inside staff: rows of roles as people. */
#ifndef RADSLAG_STAFF_MEMBERS_H
#define RADSLAG_STAFF_MEMBERS_H

#include "people/staff/views.h"

/* Most rows of roles that are read at once. */
enum { MOST_STAFF_ROWS = 5000 };

/* One member for each account of the rows, which stand together by account. In arena. */
struct staff_member_list staff_members(struct arena *arena, enum language language,
                                       const struct staff_row_list *rows);

/* Keeps those in whose name, address or roles each typed word is found, whatever the case. */
void staff_members_search(struct arena *arena, const char *typed,
                          struct staff_member_list *members);

#endif
