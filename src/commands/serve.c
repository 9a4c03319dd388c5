/* radslag serve: the web service. Starts in the order store, words, mail, jobs, door; stops in the
 * reverse one. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "commands/command.h"
#include "commands/database.h"
#include "commands/service.h"
#include "demo/demo.h"
#include "platform/base/instant.h"
#include "platform/base/log.h"

static const struct option_doc serve_options[] = {
    {"database", "ADDRESS", "sqlite:PATH (as it is: sqlite:radslag.db) or postgresql://…"},
    {"listen", "WHERE", "ADDR:PORT, unix:PATH or systemd; as it is: 127.0.0.1:8080"},
    KEYS_OPTION,
    {"site", "PATTERN", "address in mails, %s for the host name; as it is: https://%s"},
    {"smtp", "URL", "smtp://HOST:PORT or smtps://…; without it mails become files in --mail"},
    {"smtp-user", "NAME", "log-in name; the password stands in the key folder as smtp.password"},
    {"mail", "DIR",
     "folder for mails when there is no server; as it is: mail beside the data file"},
    {"workers", "N", "threads that answer pages; as it is: twice the processors"},
    {"lanes", "N", "writers on PostgreSQL; as it is: 4"},
    {"disk-floor", "MB", "below this much free disk writes answer 503; as it is: 100"},
    {"trust-proxy", NULL, "believe X-Forwarded-*; always so on a unix socket"},
    {"demo", NULL, "fill an empty data file with the demonstration, and show /demo"},
    {"templates", "DIR", "read words from this folder instead of the program (development)"},
    {"no-rates", NULL, "no limits per client address (measurements and tests)"},
    {"quiet", NULL, "log warnings and faults alone"},
    {NULL, NULL, NULL}};

/* Waits for a signal to end. */
static void wait_for_end(const sigset_t *ends) {
    int number;
    while (sigwait(ends, &number) == EINTR)
        ;
    log_info("stopping", LOG_INT("signal", number));
}

/* As many sockets as the system allows us. */
static void raise_file_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static int serve_run(const struct options *options) {
    sigset_t ends;
    struct service *service;
    (void)sigemptyset(&ends);
    (void)sigaddset(&ends, SIGINT);
    (void)sigaddset(&ends, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before any thread is made: all inherit it */
    (void)umask(077);
    raise_file_limit();
    if (option_given(options, "quiet"))
        log_threshold(LOG_WARNING_);

    const struct service_options wanted = {
        .database = option_text(options, "database", "sqlite:radslag.db"),
        .listen = option_text(options, "listen", "127.0.0.1:8080"),
        .keys = option_text(options, "keys", NULL),
        .site = option_text(options, "site", NULL),
        .smtp = option_text(options, "smtp", NULL),
        .smtp_user = option_text(options, "smtp-user", NULL),
        .mail_folder = option_text(options, "mail", NULL),
        .words_folder = option_text(options, "templates", NULL),
        .workers = (int)option_number(options, "workers", 0),
        .lanes = (int)option_number(options, "lanes", 4),
        .disk_floor = option_number(options, "disk-floor", 100) * 1000000,
        .trust_forwarded = option_given(options, "trust-proxy"),
        .has_no_rates = option_given(options, "no-rates"),
        .demo = option_given(options, "demo"),
        .clock = instant_now,
        .threads = true,
    };
    if (service_start(&wanted, &service) != ERR_OK)
        return command_refuse("did not start; the log above says why");
    service_announce(service, stdout);
    wait_for_end(&ends);
    service_stop(service);
    return EXIT_DONE;
}

const struct command command_serve = {"serve",
                                      NULL,
                                      "Answers on the web until it is told to stop.",
                                      "One data file, one folder of secrets. Ctrl-C or SIGTERM "
                                      "ends it cleanly: what has been accepted "
                                      "is on disk before anybody is told so.",
                                      serve_options,
                                      serve_run};
