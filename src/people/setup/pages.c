/* The route table of setting up. */
#include "people/setup/begin.h"
#include "people/setup/setup.h"
#include "people/setup/steps.h"

const struct route setup_routes[] = {
    ROUTE_GET("/setup/begin", begin_show, .right = RIGHT_OUTSIDE, .view = &setup_begin_page_shape,
              .form = &setup_begin_form_form, .template = "people/setup/begin",
              .limits = {.per_minute = 60},
              .doc = "The very first organisation: found in the list, then its administrators."),
    ROUTE_POST("/setup/begin", begin_act, .right = RIGHT_OUTSIDE, .form = &setup_begin_form_form,
               .prepare = begin_prepare, .limits = {.per_minute = 10},
               .doc = "Makes the very first organisation and invites its administrators, once."),
    ROUTE_GET("/setup/begun", begun_show, .right = RIGHT_OUTSIDE, .view = &setup_begun_page_shape,
              .template = "people/setup/begun", .doc = "What happens after the first set-up."),
    ROUTE_GET("/setup", setup_show, .right = RIGHT_administer, .view = &setup_page_shape,
              .form = &setup_press_form_form, .template = "people/setup/show",
              .doc = "The first hour as a check list, and what is missing before publishing."),
    ROUTE_GET("/setup/later/:step", later_show, .right = RIGHT_administer,
              .view = &setup_later_page_shape, .form = &setup_later_form_form,
              .template = "people/setup/later", .doc = "Asks who does a step later, and when."),
    ROUTE_POST("/setup/later/:step", later_save, .right = RIGHT_administer,
               .form = &setup_later_form_form, .prepare = later_prepare,
               .doc = "Puts a step off: an owner, a day, and a task."),
    ROUTE_POST("/setup/done/:step", done_save, .right = RIGHT_administer, .form_page = "/setup",
               .form = &setup_press_form_form, .doc = "Says that a step outside is done."),
    ROUTE_POST("/setup/undo/:step", undo_save, .right = RIGHT_administer, .form_page = "/setup",
               .form = &setup_press_form_form, .doc = "Takes back what was said of a step."),
    ROUTE_POST("/setup/statement", statement_accept, .right = RIGHT_administer,
               .form_page = "/setup", .form = &setup_press_form_form,
               .doc = "Accepts the accessibility statement."),
    ROUTE_POST("/setup/open", setup_open, .right = RIGHT_administer, .form_page = "/setup",
               .form = &setup_press_form_form, .doc = "Opens the organisation to the public."),
    ROUTE_POST("/setup/pause", setup_pause, .right = RIGHT_administer, .form_page = "/setup",
               .form = &setup_press_form_form, .doc = "Pauses: shown, but takes nothing in."),
    ROUTE_POST("/setup/resume", setup_resume, .right = RIGHT_administer, .form_page = "/setup",
               .form = &setup_press_form_form, .doc = "Opens again after a pause."),
    {.path = NULL},
};
