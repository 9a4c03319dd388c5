/* What the pages and the mail of Att göra show and ask (NOT-4). */
#ifndef RADSLAG_TODO_VIEWS_H
#define RADSLAG_TODO_VIEWS_H

#include "pages/todo/rules.h"
#include "platform/base/shape.h"
#include "platform/view/form.h"

#define TASK_ROW(F, T)                                                                             \
    F(T, id, id, , "task")                                                                         \
    F(T, text, cause, , "what it is about, unique")                                                \
    F(T, id, account, , "who; none = whoever holds the role")                                      \
    F(T, text, account_name, , "their name")                                                       \
    F(T, text, role, , "code of roles.def")                                                        \
    F(T, text, word, , "key of the sentence")                                                      \
    F(T, text, detail, , "shown in it")                                                            \
    F(T, text, address, , "where it is done")                                                      \
    F(T, id, page, , "object")                                                                     \
    F(T, text, page_title, , "of the object")                                                      \
    F(T, id, substitute, , "of the object")                                                        \
    F(T, time, due_at, , "first instant too late")                                                 \
    F(T, time, done_at, , "when it was done")                                                      \
    F(T, id, done_by, , "who did it")
SHAPE(task_row, TASK_ROW);

#define TASK_VIEW(F, T)                                                                            \
    F(T, id, id, , "task")                                                                         \
    F(T, text, title, , "what is to be done")                                                      \
    F(T, url, address, , "where")                                                                  \
    F(T, url, handle, , "where it is assigned or marked as done")                                  \
    F(T, text, page_title, , "the page it is about")                                               \
    F(T, text, owner_name, , "who it is assigned to, when that is another")                        \
    F(T, text, role, , "word of the role whose holders may take it, when nobody has")              \
    F(T, flag, substitutes, , "one steps in for somebody")                                         \
    F(T, choice, urgency, urgency, "late, today or later")                                         \
    F(T, int, days, , "days late, or days left")                                                   \
    F(T, time, due_at, , "deadline as stored")                                                     \
    F(T, time, last_at, , "last instant in time: the day and minute that people read")             \
    F(T, time, done_at, , "when it was done")
SHAPE(task_view, TASK_VIEW);

#define TODO_VIEW(F, T)                                                                            \
    F(T, time, now, , "today")                                                                     \
    F(T, int, waiting, , "what waits")                                                             \
    F(T, int, late, , "of these, late")                                                            \
    F(T, list, tasks, task_view, "what waits longest first, at most 200")                          \
    F(T, flag, more, , "there are more than these")                                                \
    F(T, list, done, task_view, "done by oneself the last seven days, at most 20")
SHAPE(todo_view, TODO_VIEW);

#define TASK_ASSIGN_FORM(F, T) F(T, option, account, , REQUIRED, 0, account, "who takes it")
FORM(task_assign_form, TASK_ASSIGN_FORM);

#define TODO_FACTS_ITEM(F, T)                                                                      \
    F(T, text, title, , "what is to be done")                                                      \
    F(T, url, address, , "where")                                                                  \
    F(T, time, due_at, , "deadline as stored")                                                     \
    F(T, flag, late, , "the deadline has passed")
SHAPE(todo_facts_item, TODO_FACTS_ITEM);

#define TODO_FACTS(F, T)                                                                           \
    F(T, int, count, , "what waits")                                                               \
    F(T, int, late, , "of these, late")                                                            \
    F(T, list, tasks, todo_facts_item, "what waits longest first, at most 30")                     \
    F(T, flag, more, , "there are more than these")                                                \
    F(T, url, address, , "of the list")
SHAPE(todo_facts, TODO_FACTS);

#define ASSIGNED_FACTS(F, T)                                                                       \
    F(T, text, title, , "what is to be done")                                                      \
    F(T, url, address, , "where")                                                                  \
    F(T, text, giver, , "who assigned it")                                                         \
    F(T, time, due_at, , "deadline as stored")
SHAPE(assigned_facts, ASSIGNED_FACTS);

#endif
