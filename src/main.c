/* The program: finds the sub-command and hands over. */
#include <signal.h>

#include "commands/command.h"

int main(int argc, char **argv) {
    (void)signal(SIGPIPE, SIG_IGN);
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        commands_help();
        return argc < 2 ? EXIT_USAGE : EXIT_DONE;
    }
    if (strcmp(argv[1], "--manual") == 0) {
        commands_manual();
        return EXIT_DONE;
    }
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(argv[1], commands[i]->name) != 0)
            continue;
        if (argc > 2 && strcmp(argv[2], "--help") == 0) {
            command_help(commands[i]);
            return EXIT_DONE;
        }
        struct options options;
        if (!options_read(commands[i], argc - 2, argv + 2, &options))
            return EXIT_USAGE;
        return commands[i]->run(&options);
    }
    return command_refuse("no command %s; see radslag --help", argv[1]);
}
