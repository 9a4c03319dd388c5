/* What the pages of the second factor show and ask. */
#ifndef RADSLAG_SECOND_FACTOR_VIEWS_H
#define RADSLAG_SECOND_FACTOR_VIEWS_H

#include "platform/base/shape.h"
#include "platform/view/form.h"

#define SECOND_FACTOR_PAGE(F, T)                                                                   \
    F(T, flag, is_set_up, , "an authenticator program is known")                                   \
    F(T, flag, is_proved, , "proved in this session")                                              \
    F(T, time, made_at, , "when it was set up")                                                    \
    F(T, int, codes_left, , "recovery codes that were not used")                                   \
    F(T, url, setup, , "where it is set up, or set up anew")                                       \
    F(T, url, recovery, , "where a recovery code is typed instead")
SHAPE(second_factor_page, SECOND_FACTOR_PAGE);

#define SECOND_FACTOR_FORM(F, T)                                                                   \
    F(T, code, code, , REQUIRED, 6, code, "six digits of the program")                             \
    F(T, text, next, , OPTIONAL, 2000, none, "own address to go to afterwards")
FORM(second_factor_form, SECOND_FACTOR_FORM);

#define RECOVERY_FORM(F, T)                                                                        \
    F(T, text, code, , REQUIRED, 20, code, "one of the ten codes on paper")                        \
    F(T, text, next, , OPTIONAL, 2000, none, "own address to go to afterwards")
FORM(recovery_form, RECOVERY_FORM);

/* The secret stands here once, for the one who sets it up; it is nowhere else in the clear. */
#define FACTOR_SETUP_PAGE(F, T)                                                                    \
    F(T, flag, is_anew, , "takes the place of another")                                            \
    F(T, text, key, , "the secret in base32, in groups of four, to type by hand")                  \
    F(T, url, address, , "otpauth:, opens the program on the same telephone")                      \
    F(T, int, side, , "of the QR code, in its own squares")                                        \
    F(T, text, modules, , "the QR code's dark squares as an SVG path")
SHAPE(factor_setup_page, FACTOR_SETUP_PAGE);

#define RECOVERY_CODE_VIEW(F, T) F(T, text, code, , "works once instead of the program")
SHAPE(recovery_code_view, RECOVERY_CODE_VIEW);

#define RECOVERY_PAGE(F, T)                                                                        \
    F(T, list, codes, recovery_code_view, "shown this once")                                       \
    F(T, url, next, , "where to go on")
SHAPE(recovery_page, RECOVERY_PAGE);

#endif
