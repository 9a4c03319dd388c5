/* K71: the mail that carries the code. */
#include "people/invitations/views.h"

const struct mail_kind invitation_mail = {
    .id = "K71",
    .name = "invitation",
    .class = MAIL_ALWAYS,
    .forget = true,
    .facts = &invitation_facts_shape,
    .template = "people/invitations/invitation_mail.txt",
    .when = "invited to be one of staff",
    .to = "the address",
};

/* The same mail in the first hour: those who wait for it have just typed their address. */
const struct mail_kind invitation_first_mail = {
    .id = "K71",
    .name = "invitation_first",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .forget = true,
    .facts = &invitation_facts_shape,
    .template = "people/invitations/invitation_mail.txt",
    .when = "an organisation was set up",
    .to = "its administrators",
};
