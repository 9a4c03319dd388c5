/* What the pages and mails of contact show and ask. */
#ifndef RADSLAG_CONTACT_VIEWS_H
#define RADSLAG_CONTACT_VIEWS_H

#include "pages/contact/rules.h"
#include "platform/base/shape.h"
#include "platform/view/form.h"

/* ---- writing to the organisation ---- */

#define CONTACT_FORM(F, T)                                                                         \
    F(T, choice, subject, contact_subject, REQUIRED, 0, message, "what it is about")               \
    F(T, lines, message, , REQUIRED, 4000, message, "what one wants to say")                       \
    F(T, text, name, , OPTIONAL, 100, message, "how one wants to be called")                       \
    F(T, email, email, , OPTIONAL, 254, message, "where the answer goes; none = no answer wanted") \
    F(T, text, about, , OPTIONAL, 400, message, "address of the page it is about")                 \
    F(T, flag, keep_number, , OPTIONAL, 0, none, "send although it looks like a personal number")  \
    F(T, text, website, , OPTIONAL, 400, none, "left empty by people")                             \
    F(T, text, human, , OPTIONAL, 40, none, "answer to the plain question")
FORM(contact_form, CONTACT_FORM);

#define CONTACT_VIEW(F, T)                                                                         \
    F(T, text, organisation, , "who reads it")                                                     \
    F(T, text, mailbox, , "address of the function mailbox")                                       \
    F(T, text, phone, , "number to ring")                                                          \
    F(T, int, answer_days, , "days within which an answer comes")                                  \
    F(T, flag, asks_human, , "the plain question must be answered")                                \
    F(T, text, question, , "the plain question")                                                   \
    F(T, flag, asks_number, , "the text looks as if it held a personal number")
SHAPE(contact_view, CONTACT_VIEW);

/* ---- the receipt ---- */

#define CONTACT_RECEIPT(F, T)                                                                      \
    F(T, slug, reference, , "to keep and to ask by")                                               \
    F(T, choice, subject, contact_subject, "what it is about")                                     \
    F(T, choice, state, contact_state, "what became of it")                                        \
    F(T, time, received_at, , "when it came in")                                                   \
    F(T, time, due_at, , "deadline for an answer, as stored")                                      \
    F(T, time, answered_at, , "when it was answered")                                              \
    F(T, flag, has_email, , "the answer is mailed")
SHAPE(contact_receipt, CONTACT_RECEIPT);

/* ---- staff ---- */

#define CONTACT_ITEM(F, T)                                                                         \
    F(T, id, id, , "contact")                                                                      \
    F(T, slug, reference, , "to ask by")                                                           \
    F(T, choice, subject, contact_subject, "what it is about")                                     \
    F(T, choice, state, contact_state, "see there")                                                \
    F(T, time, received_at, , "when it came in")                                                   \
    F(T, time, due_at, , "deadline for an answer, as stored")                                      \
    F(T, id, owner, , "who is to answer")                                                          \
    F(T, text, owner_name, , "their name")                                                         \
    F(T, time, answered_at, , "when it was answered")
SHAPE(contact_item, CONTACT_ITEM);

#define CONTACT_LIST_ITEM(F, T)                                                                    \
    CONTACT_ITEM(F, T)                                                                             \
    F(T, choice, urgency, contact_urgency, "late, today or later")                                 \
    F(T, int, days, , "days late, or days left")

#define CONTACT_URGENCY(C, T)                                                                      \
    C(T, late, "the day has passed")                                                               \
    C(T, today, "due before midnight")                                                             \
    C(T, later, "due another day")
CHOICES(contact_urgency, CONTACT_URGENCY);
SHAPE(contact_list_item, CONTACT_LIST_ITEM);

#define CONTACT_INBOX(F, T)                                                                        \
    F(T, int, waiting, , "not answered")                                                           \
    F(T, int, late, , "of these, late")                                                            \
    F(T, int, answered, , "answered and kept")                                                     \
    F(T, int, disposable, , "older than their term")                                               \
    F(T, flag, shows_answered, , "the list is of those answered")                                  \
    F(T, flag, may_dispose, , "the visitor may dispose by a decision")                             \
    F(T, list, contacts, contact_list_item, "what waits longest first, at most 100")               \
    F(T, flag, more, , "there are more than these")
SHAPE(contact_inbox, CONTACT_INBOX);

#define CONTACT_ROW(F, T)                                                                          \
    F(T, id, id, , "contact")                                                                      \
    F(T, slug, reference, , "to ask by")                                                           \
    F(T, choice, subject, contact_subject, "what it is about")                                     \
    F(T, text, name, , "giver, as they want to be called")                                         \
    F(T, text, email, , "where the answer goes")                                                   \
    F(T, slug, language, , "of the giver")                                                         \
    F(T, text, message, , "what was said")                                                         \
    F(T, text, about, , "address of the page it is about")                                         \
    F(T, time, received_at, , "when it came in")                                                   \
    F(T, time, due_at, , "deadline for an answer, as stored")                                      \
    F(T, choice, state, contact_state, "see there")                                                \
    F(T, id, owner, , "who is to answer")                                                          \
    F(T, text, owner_name, , "their name")                                                         \
    F(T, text, answer, , "what was answered")                                                      \
    F(T, time, answered_at, , "when")                                                              \
    F(T, text, answered_by_name, , "by whom")                                                      \
    F(T, text, disposal, , "reference of the disposal decision")
SHAPE(contact_row, CONTACT_ROW);

#define CONTACT_PAGE(F, T)                                                                         \
    F(T, one, contact, contact_row, "the contact")                                                 \
    F(T, url, about, , "the page it is about, when it is one of ours")                             \
    F(T, flag, may_answer, , "the visitor may answer it")                                          \
    F(T, flag, may_assign, , "the visitor may say who answers")
SHAPE(contact_page, CONTACT_PAGE);

#define CONTACT_ANSWER_FORM(F, T)                                                                  \
    F(T, lines, answer, , REQUIRED, 4000, message, "what the giver is told")                       \
    F(T, option, owner, , OPTIONAL, 0, account, "who is to answer")
FORM(contact_answer_form, CONTACT_ANSWER_FORM);

#define CONTACT_ASSIGN_FORM(F, T) F(T, option, owner, , REQUIRED, 0, account, "who is to answer")
FORM(contact_assign_form, CONTACT_ASSIGN_FORM);

#define CONTACT_DISPOSE_VIEW(F, T)                                                                 \
    F(T, int, disposable, , "answered and older than their term")                                  \
    F(T, int, kept_days, , "the term")
SHAPE(contact_dispose_view, CONTACT_DISPOSE_VIEW);

#define CONTACT_DISPOSE_FORM(F, T)                                                                 \
    F(T, text, decision, , REQUIRED, 100, none, "reference of the disposal decision")
FORM(contact_dispose_form, CONTACT_DISPOSE_FORM);

/* ---- mail ---- */

/* Nothing that was typed: the address may be a stranger's. */
#define CONTACT_RECEIVED_FACTS(F, T)                                                               \
    F(T, slug, reference, , "to ask by")                                                           \
    F(T, time, due_at, , "deadline for an answer, as stored")                                      \
    F(T, url, address, , "where one sees what became of it")
SHAPE(contact_received_facts, CONTACT_RECEIVED_FACTS);

#define CONTACT_ANSWERED_FACTS(F, T)                                                               \
    F(T, slug, reference, , "to ask by")                                                           \
    F(T, text, message, , "what was said")                                                         \
    F(T, text, answer, , "what is answered")                                                       \
    F(T, url, address, , "where one writes again")
SHAPE(contact_answered_facts, CONTACT_ANSWERED_FACTS);

#define CONTACT_NOTICE_FACTS(F, T)                                                                 \
    F(T, slug, reference, , "to ask by")                                                           \
    F(T, choice, subject, contact_subject, "what it is about")                                     \
    F(T, time, due_at, , "deadline for an answer, as stored")                                      \
    F(T, url, address, , "where it is read and answered")
SHAPE(contact_notice_facts, CONTACT_NOTICE_FACTS);

#endif
