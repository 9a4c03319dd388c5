/* Record classes: what a datum is kept for, and how long (retention.def, QUA-4). */
#ifndef RADSLAG_VIEW_RETENTION_H
#define RADSLAG_VIEW_RETENTION_H

/* What the days of a term are counted from. WHILE_KEPT: no days of its own, the datum goes with the
 * thing that it belongs to. */
enum retention_from {
    RETENTION_FROM_NOTHING,
    RETENTION_FROM_WHILE_KEPT,
    RETENTION_FROM_GIVEN,
    RETENTION_FROM_LAST_USED,
    RETENTION_FROM_ENDED
};

enum retention {
#define RETENTION(name, from, days, meaning) RETENTION_##name,
#include "platform/view/retention.def"
#undef RETENTION
    RETENTION_COUNT
};

struct retention_class {
    const char *name; /* people read the word retention.<name> */
    enum retention_from from;
    int days;
    const char *meaning;
};

/* The row of a class. */
const struct retention_class *retention_class(enum retention retention);

#endif
