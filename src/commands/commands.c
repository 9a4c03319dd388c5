/* The one list of sub-commands. */
#include "commands/command.h"

extern const struct command command_serve, command_admin, command_backup, command_check,
    command_export, command_import, command_keys, command_routes, command_tally, command_verify;

const struct command *const commands[] = {
    &command_serve, &command_tally,  &command_verify, &command_import, &command_export,
    &command_check, &command_backup, &command_keys,   &command_admin,  &command_routes,
    NULL,
};
