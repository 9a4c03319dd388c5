/* Sub-commands of the program: one table, from which `--help` and the manual page are made. */
#ifndef RADSLAG_COMMAND_H
#define RADSLAG_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* Exit codes (DESIGN 4). */
enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2 };

/* One option of a sub-command: "--listen ADDR:PORT". `value` NULL: a flag. */
struct option_doc {
    const char *name;  /* "listen" */
    const char *value; /* "ADDR:PORT" */
    const char *doc;   /* one sentence */
};

struct options;

struct command {
    const char *name;                 /* "serve" */
    const char *arguments;            /* "FILE", or NULL */
    const char *summary;              /* one sentence */
    const char *text;                 /* paragraphs; NULL = none */
    const struct option_doc *options; /* ended by name NULL */
    int (*run)(const struct options *options);
};

extern const struct command *const commands[]; /* ended by NULL */

/* What was typed after the sub-command, checked against its options. */
struct option_value {
    const char *name, *value; /* value NULL: a flag */
};
struct options {
    const struct command *command;
    struct option_value given[64];
    size_t given_count;
    const char *arguments[64];
    size_t argument_count;
};

/* Value of the option, or `otherwise`; the last one counts. */
const char *option_text(const struct options *options, const char *name, const char *otherwise);

/* Whole number of an option; stops the program with exit code 2 when it is none. */
long option_number(const struct options *options, const char *name, long otherwise);

/* True when the option was typed. */
bool option_given(const struct options *options, const char *name);

/* The n-th value of an option that may be repeated, or NULL. */
const char *option_nth(const struct options *options, const char *name, size_t n);

/* Reads argv after the sub-command. False with a message on standard error when an option is not
 * known or lacks its value. */
bool options_read(const struct command *command, int argc, char **argv,
                  struct options *ret_options);

/* Help of one command, and of all; `roff` for the manual page. */
void command_help(const struct command *command);
void commands_help(void);
void commands_manual(void);

/* Message on standard error, "radslag: …", and EXIT_USAGE. */
int command_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
