/* What information pages show and ask. */
#ifndef RADSLAG_INFORMATION_VIEWS_H
#define RADSLAG_INFORMATION_VIEWS_H

#include "pages/drafts/drafts.h"
#include "pages/pages.h"

/* ---- reading ---- */

/* A page with its words and the names of its people, in one row. */
#define INFORMATION_ROW(F, T)                                                                      \
    PAGE_ROW(F, T)                                                                                 \
    F(T, text, lead, , "a few sentences before the text")                                          \
    F(T, text, body, , "Markdown")                                                                 \
    F(T, text, owner_name, , "of the page owner")                                                  \
    F(T, text, author_name, , "of the author")                                                     \
    F(T, time, original_text_at, , "last time the original's text was gone through")
SHAPE(information_row, INFORMATION_ROW);

#define VARIANT_ROW(F, T)                                                                          \
    F(T, id, id, , "page")                                                                         \
    F(T, slug, slug, , "last part of its address")                                                 \
    F(T, text, title, , "in its own language")                                                     \
    F(T, slug, language, , "code")                                                                 \
    F(T, choice, variant, page_variant, "what it is to the original")                              \
    F(T, time, text_at, , "last time its text was gone through")
SHAPE(variant_row, VARIANT_ROW);

#define VARIANT_VIEW(F, T)                                                                         \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "in its own language")                                                     \
    F(T, slug, language, , "code")                                                                 \
    F(T, text, language_name, , "own name of the language")                                        \
    F(T, choice, variant, page_variant, "what it is to the original")                              \
    F(T, flag, is_old, , "older than the original (QUA-12)")
SHAPE(variant_view, VARIANT_VIEW);

/* What those see who may change the page. */
#define INFORMATION_STAFF(F, T)                                                                    \
    F(T, id, revision, , "to be sent with a change")                                               \
    F(T, text, owner_name, , "page owner")                                                         \
    F(T, text, author_name, , "author")                                                            \
    F(T, flag, has_owner, , "somebody answers for it")                                             \
    F(T, flag, may_edit, , "its words")                                                            \
    F(T, flag, may_review, , "hand it to its owner")                                               \
    F(T, flag, may_take_back, , "from review to draft")                                            \
    F(T, flag, may_publish, , "make it public")                                                    \
    F(T, flag, may_unpublish, , "take it away")                                                    \
    F(T, flag, may_archive, , "close it")                                                          \
    F(T, flag, may_dispose, , "destroy it by a decision")
SHAPE(information_staff, INFORMATION_STAFF);

#define INFORMATION_VIEW(F, T)                                                                     \
    F(T, id, id, , "page")                                                                         \
    F(T, url, address, , "where it is read")                                                       \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, choice, variant, page_variant, "what it is to its original")                              \
    F(T, text, title, , "as its author wrote it")                                                  \
    F(T, text, lead, , "a few sentences before the text")                                          \
    F(T, html, body, , "the text")                                                                 \
    F(T, text, page_owner, , "who answers for it; none = the organisation")                        \
    F(T, time, published_at, , "first time")                                                       \
    F(T, time, updated_at, , "last change")                                                        \
    F(T, flag, is_old, , "a variant older than its original (QUA-12)")                             \
    F(T, list, variants, variant_view, "the same in other languages and forms")                    \
    F(T, one, staff, information_staff, "what the visitor may do with it; none for readers")
SHAPE(information_view, INFORMATION_VIEW);

/* Taken away (410). */
#define INFORMATION_GONE(F, T)                                                                     \
    F(T, choice, state, page_state, "unpublished, archived or disposed")                           \
    F(T, text, title, , "as it was called; none when disposed")                                    \
    F(T, text, reason, , "what readers are told")                                                  \
    F(T, time, updated_at, , "when")
SHAPE(information_gone, INFORMATION_GONE);

/* ---- writing ---- */

#define NEW_PAGE_FORM(F, T)                                                                        \
    F(T, text, title, , REQUIRED, 200, page, "what the page is called")                            \
    F(T, lines, lead, , REQUIRED, 400, page, "what it is about and for whom, in a few sentences")  \
    F(T, lines, body, , REQUIRED, 20000, page, "the text, in Markdown")                            \
    F(T, option, language, , REQUIRED, 0, page, "what it is written in")                           \
    F(T, choice, variant, page_variant, OPTIONAL, 0, page, "what it is to its original")           \
    F(T, option, page_owner, , REQUIRED, 0, page, "who answers for it")                            \
    F(T, option, substitute, , OPTIONAL, 0, page, "who steps in for the owner")
FORM(new_page_form, NEW_PAGE_FORM);

#define NEW_PAGE_STEP(C, T)                                                                        \
    C(T, title, "title and lead")                                                                  \
    C(T, text, "the text")                                                                         \
    C(T, owner, "language, owner and substitute")                                                  \
    C(T, check, "all answers")
CHOICES(new_page_step, NEW_PAGE_STEP);

#define BEGUN_PAGE_VIEW(F, T)                                                                      \
    F(T, id, id, , "draft")                                                                        \
    F(T, text, title, , "as far as it is known")                                                   \
    F(T, url, address, , "where it is taken up again")                                             \
    F(T, time, updated_at, , "last time a page of it was saved")                                   \
    F(T, time, ends_at, , "when it is thrown away")
SHAPE(begun_page_view, BEGUN_PAGE_VIEW);

#define NEW_PAGE_VIEW(F, T)                                                                        \
    F(T, one, draft, draft_view, "the line of steps; none before the first page is saved")         \
    F(T, choice, step, new_page_step, "which page of the form this is")                            \
    F(T, url, action, , "where the form is sent")                                                  \
    F(T, url, back, , "the page before")                                                           \
    F(T, id, translation_of, , "the page this becomes a variant of")                               \
    F(T, text, original_title, , "what that is called")                                            \
    F(T, list, answers, draft_answer_view, "on the last page")                                     \
    F(T, list, begun, begun_page_view, "own drafts that were not handed in")
SHAPE(new_page_view, NEW_PAGE_VIEW);

#define EDIT_PAGE_FORM(F, T)                                                                       \
    F(T, text, title, , REQUIRED, 200, page, "what the page is called")                            \
    F(T, lines, lead, , REQUIRED, 400, page, "what it is about and for whom, in a few sentences")  \
    F(T, lines, body, , REQUIRED, 20000, page, "the text, in Markdown")                            \
    F(T, flag, tell, , OPTIONAL, 0, page, "followers are told of the change")                      \
    F(T, id, revision, , REQUIRED, 0, none, "the version that was changed")
FORM(edit_page_form, EDIT_PAGE_FORM);

#define EDIT_PAGE_VIEW(F, T)                                                                       \
    F(T, id, id, , "page")                                                                         \
    F(T, url, address, , "where it is read")                                                       \
    F(T, choice, state, page_state, "see there")                                                   \
    F(T, slug, language, , "code of the language it is written in")                                \
    F(T, id, revision, , "the version that stands now")                                            \
    F(T, flag, in_conflict, , "somebody else saved meanwhile: both texts are shown")               \
    F(T, text, saved_title, , "what stands now")                                                   \
    F(T, text, saved_lead, , "what stands now")                                                    \
    F(T, text, saved_body, , "what stands now")                                                    \
    F(T, text, saved_by, , "who saved it")                                                         \
    F(T, time, saved_at, , "when")                                                                 \
    F(T, flag, is_preview, , "what was typed is shown as it will be read")                         \
    F(T, html, preview, , "the text as it will be read")                                           \
    F(T, list, findings, finding, "what must be mended before it is public")
SHAPE(edit_page_view, EDIT_PAGE_VIEW);

/* ---- changing the state ---- */

#define STATE_FORM(F, T)                                                                           \
    F(T, lines, reason, , OPTIONAL, 1000, page, "what readers are told, or the decision")          \
    F(T, id, revision, , REQUIRED, 0, none, "the version that was seen")
FORM(state_form, STATE_FORM);

#define MISSING_VIEW(F, T)                                                                         \
    F(T, text, word, , "what is missing")                                                          \
    F(T, url, address, , "where it is mended; none = not by the visitor")
SHAPE(missing_view, MISSING_VIEW);

#define STATE_VIEW(F, T)                                                                           \
    F(T, id, id, , "page")                                                                         \
    F(T, url, address, , "where it is read")                                                       \
    F(T, text, title, , "of the page")                                                             \
    F(T, choice, state, page_state, "now")                                                         \
    F(T, choice, to, page_state, "after it")                                                       \
    F(T, id, revision, , "the version that stands now")                                            \
    F(T, flag, wants_reason, , "words are asked for")                                              \
    F(T, flag, may_go_on, , "nothing stands in the way")                                           \
    F(T, list, findings, finding, "what must be mended first")                                     \
    F(T, list, missing, missing_view, "what the organisation lacks (ADM-1)")
SHAPE(state_view, STATE_VIEW);

#endif
