/* Att göra: tasks of staff as a list, as pages to hand them on, and as a mail on Mondays (NOT-4).
 */
#ifndef RADSLAG_TODO_H
#define RADSLAG_TODO_H

#include "pages/pages.h"
#include "pages/todo/views.h"

/* The sentence of a task in a language. In arena. */
const char *task_sentence(struct arena *arena, enum language language, const struct task_row *row);

/* Codes of roles with a blank around each: " communications organiser ". In arena. */
const char *task_roles(struct arena *arena, uint32_t roles);

/* Gives the tasks of somebody who leaves to somebody else; inside an act. */
enum error tasks_hand_over(struct db *db, int64_t tenant, int64_t from, int64_t to,
                           int64_t *ret_count) MUST_USE;

#endif
