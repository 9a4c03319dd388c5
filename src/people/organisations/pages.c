/* /settings: the headings with what is filled in and what is not; the route table. */
#include "people/organisations/settings.h"

/* GET /settings — an administrator's overview. */
static enum error settings_show(struct request *rq, struct reply *rp) {
    struct settings_page page;
    TRY(settings_page_fill(rq, &page));
    return reply_view(rq, rp, &page);
}

const struct route organisations_routes[] = {
    ROUTE_GET("/settings", settings_show, .right = RIGHT_administer, .view = &settings_page_shape,
              .template = "people/organisations/settings",
              .doc = "The organisation's settings under four headings."),
    ROUTE_GET("/settings/about", about_show, .right = RIGHT_administer,
              .view = &settings_page_shape, .form = &about_form_form,
              .template = "people/organisations/about",
              .doc = "Name, organisation number and inhabitants."),
    ROUTE_POST("/settings/about", about_save, .right = RIGHT_administer, .form = &about_form_form,
               .prepare = about_prepare, .doc = "Changes name, organisation number, inhabitants."),
    ROUTE_GET("/settings/municipality", pick_show, .right = RIGHT_administer,
              .view = &pick_page_shape, .form = &pick_form_form,
              .template = "people/organisations/municipality",
              .doc = "Municipalities and regions whose name begins as ?q= says."),
    ROUTE_POST("/settings/municipality", pick_save, .right = RIGHT_administer,
               .form = &pick_form_form, .prepare = pick_prepare,
               .doc = "Picks the municipality or region; fills code, county and name."),
    ROUTE_GET("/settings/responsibility", responsibility_show, .right = RIGHT_administer,
              .view = &settings_page_shape, .form = &responsibility_form_form,
              .template = "people/organisations/responsibility",
              .doc = "Controller, data protection officer, places for registering."),
    ROUTE_POST("/settings/responsibility", responsibility_save, .right = RIGHT_administer,
               .form = &responsibility_form_form,
               .doc = "Changes controller, data protection officer, places for registering."),
    ROUTE_GET("/settings/appearance", appearance_show, .right = RIGHT_administer,
              .view = &appearance_page_shape, .form = &appearance_form_form,
              .template = "people/organisations/appearance",
              .doc = "The ready colours and the organisation's own."),
    ROUTE_POST("/settings/appearance", appearance_save, .right = RIGHT_administer,
               .form = &appearance_form_form, .prepare = appearance_prepare,
               .doc = "Chooses a colour; an own one is made darker until white can be read on it."),
    ROUTE_GET("/settings/language", language_show, .right = RIGHT_administer,
              .view = &settings_page_shape, .form = &language_form_form,
              .template = "people/organisations/language",
              .doc = "Languages, function mailbox, telephone, sender of mail."),
    ROUTE_POST("/settings/language", language_save, .right = RIGHT_administer,
               .form = &language_form_form,
               .doc = "Changes languages, function mailbox, telephone, sender of mail."),
    ROUTE_GET("/theme.css", theme_show, .right = RIGHT_ANYONE,
              .doc = "Style sheet of the organisation's colour."),
    {.path = NULL},
};
