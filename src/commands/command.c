#include "commands/command.h"

#include <stdarg.h>
#include <stdlib.h>

static const struct option_doc *option_find(const struct command *command, const char *name,
                                            size_t length) {
    for (const struct option_doc *option = command->options; option->name != NULL; option++)
        if (strlen(option->name) == length && strncmp(option->name, name, length) == 0)
            return option;
    return NULL;
}

int command_refuse(const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)fputs("radslag: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    return EXIT_USAGE;
}

/* One option at argv[*at]; moves past it. */
static bool option_take(const struct command *command, int argc, char **argv, int *at,
                        struct option_value *ret_value) {
    const char *typed = argv[*at] + 2;
    const char *equals = strchr(typed, '=');
    const size_t length = equals != NULL ? (size_t)(equals - typed) : strlen(typed);
    const struct option_doc *option = option_find(command, typed, length);
    if (option == NULL) {
        (void)command_refuse("%s has no option %s; see radslag %s --help", command->name, argv[*at],
                             command->name);
        return false;
    }
    ret_value->name = option->name;
    ret_value->value = equals != NULL ? equals + 1 : NULL;
    if (option->value == NULL && equals != NULL) {
        (void)command_refuse("--%s takes no value", option->name);
        return false;
    }
    if (option->value != NULL && equals == NULL) {
        if (*at + 1 >= argc) {
            (void)command_refuse("--%s wants %s", option->name, option->value);
            return false;
        }
        ret_value->value = argv[++*at];
    }
    ++*at;
    return true;
}

bool options_read(const struct command *command, int argc, char **argv,
                  struct options *ret_options) {
    const size_t most = sizeof ret_options->given / sizeof ret_options->given[0];
    *ret_options = (struct options){.command = command};
    for (int at = 0; at < argc;) {
        if (ret_options->given_count == most || ret_options->argument_count == most) {
            (void)command_refuse("too many options or arguments");
            return false;
        }
        if (strncmp(argv[at], "--", 2) != 0 || argv[at][2] == '\0')
            ret_options->arguments[ret_options->argument_count++] = argv[at++];
        else if (option_take(command, argc, argv, &at,
                             &ret_options->given[ret_options->given_count]))
            ret_options->given_count++;
        else
            return false;
    }
    return true;
}

const char *option_nth(const struct options *options, const char *name, size_t n) {
    for (size_t i = 0; i < options->given_count; i++)
        if (strcmp(options->given[i].name, name) == 0 && n-- == 0)
            return options->given[i].value;
    return NULL;
}

const char *option_text(const struct options *options, const char *name, const char *otherwise) {
    const char *value = otherwise;
    for (size_t i = 0; i < options->given_count; i++)
        if (strcmp(options->given[i].name, name) == 0)
            value = options->given[i].value;
    return value;
}

bool option_given(const struct options *options, const char *name) {
    for (size_t i = 0; i < options->given_count; i++)
        if (strcmp(options->given[i].name, name) == 0)
            return true;
    return false;
}

long option_number(const struct options *options, const char *name, long otherwise) {
    const char *value = option_text(options, name, NULL);
    if (value == NULL)
        return otherwise;
    char *end;
    const long number = strtol(value, &end, 10);
    if (end == value || *end != '\0' || number < 0)
        exit(command_refuse("--%s wants a number, not %s", name, value));
    return number;
}

void command_help(const struct command *command) {
    (void)printf("radslag %s%s%s%s\n\n%s\n", command->name,
                 command->options[0].name != NULL ? " [OPTION…]" : "",
                 command->arguments != NULL ? " " : "",
                 command->arguments != NULL ? command->arguments : "", command->summary);
    if (command->text != NULL)
        (void)printf("\n%s\n", command->text);
    if (command->options[0].name != NULL)
        (void)printf("\nOptions:\n");
    for (const struct option_doc *option = command->options; option->name != NULL; option++)
        (void)printf("  --%s%s%s\n        %s\n", option->name, option->value != NULL ? " " : "",
                     option->value != NULL ? option->value : "", option->doc);
}

void commands_help(void) {
    (void)printf("Rådslag: the working place of local democracy.\n\nradslag COMMAND …\n\n");
    for (size_t i = 0; commands[i] != NULL; i++)
        (void)printf("  %-10s %s\n", commands[i]->name, commands[i]->summary);
    (void)printf("\nradslag COMMAND --help tells more. Exit codes: 0 done, 1 the answer is no, "
                 "2 bad usage or input.\n");
}

void commands_manual(void) {
    (void)printf(".TH RADSLAG 1\n.SH NAME\nradslag \\- the working place of local democracy\n"
                 ".SH SYNOPSIS\n.B radslag\n.I COMMAND\n[OPTION...]\n.SH COMMANDS\n");
    for (size_t i = 0; commands[i] != NULL; i++) {
        const struct command *command = commands[i];
        (void)printf(".SS radslag %s %s\n%s\n", command->name,
                     command->arguments != NULL ? command->arguments : "", command->summary);
        if (command->text != NULL)
            (void)printf(".PP\n%s\n", command->text);
        for (const struct option_doc *option = command->options; option->name != NULL; option++)
            (void)printf(".TP\n\\-\\-%s %s\n%s\n", option->name,
                         option->value != NULL ? option->value : "", option->doc);
    }
    (void)printf(".SH EXIT STATUS\n0 done, 1 the answer is no, 2 bad usage or bad input.\n");
}
