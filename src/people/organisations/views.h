/* What the pages of settings show and ask for. */
#ifndef RADSLAG_ORGANISATIONS_VIEWS_H
#define RADSLAG_ORGANISATIONS_VIEWS_H

#include "people/organisations/municipality.h"
#include "people/organisations/organisations.h"

/* Languages that an organisation can offer: those whose words are whole, in the order of
 * platform/view/languages.def. */
#define ORGANISATION_LANGUAGE(C, T)                                                                \
    C(T, sv, "Swedish")                                                                            \
    C(T, en, "English")
CHOICES(organisation_language, ORGANISATION_LANGUAGE);

/* ---- pages ---- */

#define SETTINGS_PAGE(F, T)                                                                        \
    F(T, one, settings, organisation_settings, "as saved")                                         \
    F(T, text, municipality, , "name of the municipality or region that was picked")               \
    F(T, text, county, , "name of its county")                                                     \
    F(T, text, organisation_number, , "as people write it: 212000-0142")                           \
    F(T, text, language_names, , "languages offered, the default first")                           \
    F(T, text, theme_name, , "name of the colour")                                                 \
    F(T, flag, changed_meanwhile, , "somebody else saved while this form was open")
SHAPE(settings_page, SETTINGS_PAGE);

/* Where in a picture of the colours each of them goes; "#rrggbb". */
#define THEME_VIEW(F, T)                                                                           \
    F(T, slug, code, , "what is sent: the name of a ready colour, or own")                         \
    F(T, text, name, , "what people read")                                                         \
    F(T, text, deep, , "ground of white text, by day")                                             \
    F(T, text, link, , "text of links, by day")                                                    \
    F(T, text, night, , "page by night")                                                           \
    F(T, text, night_deep, , "ground of the deep panel by night")                                  \
    F(T, text, night_link, , "text of links by night")                                             \
    F(T, text, contrast, , "against white, as people write it: 8,1:1")                             \
    F(T, flag, chosen, , "saved, or chosen in what was typed")
SHAPE(theme_view, THEME_VIEW);

#define APPEARANCE_PAGE(F, T)                                                                      \
    F(T, one, settings, organisation_settings, "as saved")                                         \
    F(T, list, themes, theme_view, "the ready colours")                                            \
    F(T, one, own, theme_view, "the own one that is saved; none = there is none")                  \
    F(T, flag, own_chosen, , "a colour of its own is saved or was chosen")                         \
    F(T, flag, changed_meanwhile, , "somebody else saved while this form was open")
SHAPE(appearance_page, APPEARANCE_PAGE);

#define PICK_PAGE(F, T)                                                                            \
    F(T, one, settings, organisation_settings, "as saved")                                         \
    F(T, text, q, , "what was typed")                                                              \
    F(T, list, matches, municipality_match, "at most 12, best first")                              \
    F(T, flag, nothing_found, , "something was typed, and nothing fits")                           \
    F(T, flag, changed_meanwhile, , "somebody else saved while this page was open")
SHAPE(pick_page, PICK_PAGE);

#define MAIL_KIND_VIEW(F, T)                                                                       \
    F(T, slug, name, , "of the kind")                                                              \
    F(T, text, number, , "in the catalogue: K2")                                                   \
    F(T, text, title, , "what people call it")                                                     \
    F(T, flag, own_sv, , "the organisation says something itself, in Swedish")                     \
    F(T, flag, own_en, , "the same in English")
SHAPE(mail_kind_view, MAIL_KIND_VIEW);

#define MAILS_PAGE(F, T) F(T, list, kinds, mail_kind_view, "every kind of mail there is")
SHAPE(mails_page, MAILS_PAGE);

#define MAIL_PAGE(F, T)                                                                            \
    F(T, slug, name, , "of the kind")                                                              \
    F(T, text, number, , "in the catalogue: K2")                                                   \
    F(T, text, title, , "what people call it")                                                     \
    F(T, text, preview_sv, , "the mail with examples for facts")                                   \
    F(T, text, preview_en, , "the same in English")                                                \
    F(T, flag, is_own, , "something is saved, in either language")                                 \
    F(T, flag, is_unsaved, , "the preview shows what was typed, not what is saved")
SHAPE(mail_page, MAIL_PAGE);

/* ---- forms ---- */

#define MAIL_FORM(F, T)                                                                            \
    F(T, lines, sv, , OPTIONAL, 600, organisation, "in Swedish mails, behind the heading")         \
    F(T, lines, en, , OPTIONAL, 600, organisation, "in English mails")
FORM(mail_form, MAIL_FORM);

#define ABOUT_FORM(F, T)                                                                           \
    F(T, number, revision, , REQUIRED, 0, organisation, "revision of the settings that was shown") \
    F(T, text, name, , REQUIRED, 100, organisation, "as it calls itself")                          \
    F(T, text, organisation_number, , OPTIONAL, 20, organisation, "ten digits, checked")           \
    F(T, number, inhabitants, , OPTIONAL, 100000000, organisation, "latest known figure")
FORM(about_form, ABOUT_FORM);

#define PICK_FORM(F, T)                                                                            \
    F(T, number, revision, , REQUIRED, 0, organisation, "revision of the settings that was shown") \
    F(T, text, code, , REQUIRED, 7, organisation,                                                  \
      "code of a municipality (0180) or region (01), or network")
FORM(pick_form, PICK_FORM);

#define RESPONSIBILITY_FORM(F, T)                                                                  \
    F(T, number, revision, , REQUIRED, 0, organisation, "revision of the settings that was shown") \
    F(T, lines, controller, , OPTIONAL, 4000, organisation,                                        \
      "who answers for personal data, one committee a line")                                       \
    F(T, email, dpo, , OPTIONAL, 254, organisation, "data protection officer's address")           \
    F(T, lines, registry, , OPTIONAL, 2000, organisation,                                          \
      "where what comes in is registered, one place a line")
FORM(responsibility_form, RESPONSIBILITY_FORM);

#define APPEARANCE_FORM(F, T)                                                                      \
    F(T, number, revision, , REQUIRED, 0, organisation, "revision of the settings that was shown") \
    F(T, text, theme, , REQUIRED, 40, organisation, "name of a ready colour, or own")              \
    F(T, text, colour, , OPTIONAL, 7, organisation, "own colour as #rrggbb; made darker if needed")
FORM(appearance_form, APPEARANCE_FORM);

#define LANGUAGE_FORM(F, T)                                                                        \
    F(T, number, revision, , REQUIRED, 0, organisation, "revision of the settings that was shown") \
    F(T, choice, language, organisation_language, REQUIRED, 0, organisation, "used first")         \
    F(T, picks, others, organisation_language, OPTIONAL, 0, organisation, "offered as well")       \
    F(T, email, mailbox, , OPTIONAL, 254, organisation, "function mailbox")                        \
    F(T, text, phone, , OPTIONAL, 40, organisation, "shown in the foot of each page")              \
    F(T, email, sender, , OPTIONAL, 254, organisation, "address that mail is sent from")
FORM(language_form, LANGUAGE_FORM);

#endif
