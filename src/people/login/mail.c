#include "people/login/mail.h"

#include "people/login/rules.h"
#include "people/people.h"

const struct mail_kind login_code_mail = {
    .id = "K2",
    .name = "login_code",
    .class = MAIL_ALWAYS,
    .at_once = true,
    .forget = true,
    .useful = MINUTES(PROOF_MINUTES),
    .facts = &login_code_facts_shape,
    .template = "people/login/login_code.txt",
    .when = "log-in or confirmation asked",
    .to = "the address",
};
