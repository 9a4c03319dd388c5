#include "commands/service.h"

#include <assert.h>
#include <errno.h>
#include <sys/stat.h>

#include "ballots/ballots.h"
#include "commands/database.h"
#include "demo/demo.h"
#include "frame/frame.h"
#include "pages/pages.h"
#include "people/organisations/organisations.h"
#include "people/people.h"
#include "people/setup/setup.h"
#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/mail/demo.h"

struct service {
    struct arena *arena; /* the options' texts; lives as long as the service */
    struct service_options options;
    struct store *store;
    struct http *http;
    struct mailer *mailer;
    struct jobs *jobs;
};

static enum error folder_make(const char *path) {
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return ERR_OK;
    log_fault("folder", LOG_TEXT("path", path));
    return ERR_UNAVAILABLE;
}

/* Fills what the options left open. */
static enum error options_complete(struct service *service) {
    struct service_options *options = &service->options;
    const char *folder = data_folder(service->arena, options->database);
    if (options->keys == NULL)
        options->keys = arena_format(service->arena, "%s/keys", folder);
    if (options->mail_folder == NULL)
        options->mail_folder = arena_format(service->arena, "%s/mail", folder);
    TRY(folder_make(folder));
    return folder_make(options->keys);
}

static enum error store_start(struct service *service) {
    const struct service_options *options = &service->options;
    const struct store_options wanted = {
        .address = options->database,
        .readers = options->workers == 0 ? 8 : options->workers + 2,
        .lanes = options->lanes == 0 ? 4 : options->lanes,
        .queue_limit = 10000,
        .disk_floor = options->disk_floor,
    };
    return store_open(&wanted, &service->store);
}

/* The organisation that answers on 127.0.0.1 and localhost too; set before the door opens. */
static const char *local_organisation;

static enum error admit(struct request *rq) {
    const bool is_local = strcmp(rq->host, "127.0.0.1") == 0 || strcmp(rq->host, "localhost") == 0;
    if (is_local && local_organisation != NULL)
        rq->host = local_organisation;
    return people_admit(rq);
}

/* ---- what is told of the jobs, on an event thread ---- */

static const char *attention(void) {
    const struct jobs_state state = jobs_state_kept();
    return state.stopped_by_clock ? "jobs_stopped_by_clock"
           : state.failed > 0     ? "jobs_given_up"
                                  : NULL;
}

static void jobs_measure(struct buffer *into) {
    const struct jobs_state state = jobs_state_kept();
    const struct {
        const char *name, *help;
        int64_t value;
    } gauges[] = {
        {"jobs_waiting", "jobs that are to run", state.waiting},
        {"jobs_failed", "jobs given up, and recurring ones that keep failing", state.failed},
        {"jobs_stopped", "1 when the clock jumped and nobody has said that it is right",
         state.stopped_by_clock},
    };
    for (size_t i = 0; i < sizeof gauges / sizeof gauges[0]; i++)
        buffer_format(into, "# HELP radslag_%s %s\n# TYPE radslag_%s gauge\nradslag_%s %lld\n",
                      gauges[i].name, gauges[i].help, gauges[i].name, gauges[i].name,
                      (long long)gauges[i].value);
}

static const struct http_hooks hooks = {
    .attention = attention,
    .metrics = jobs_measure,
    .admit = admit,
    .frame = frame_fill,
    .frame_shape = &frame_view_shape,
    .frame_template = "frame/page",
    .error_template = "frame/error",
    .login_path = "/login",
    .proof_path = "/second-factor",
};

static enum error http_begin(struct service *service) {
    const struct service_options *options = &service->options;
    const bool is_unix =
        text_begins(options->listen, "unix:") || text_begins(options->listen, "systemd");
    const struct http_options wanted = {
        .listen = options->listen,
        .workers = options->workers,
        .queue_limit = 4000,
        .per_address = is_unix || options->trust_forwarded ? 0 : 64,
        .trust_forwarded = is_unix || options->trust_forwarded,
        .has_no_rates = options->has_no_rates,
        .keys = options->keys,
        .store = service->store,
        .hooks = &hooks,
        .clock = options->clock,
    };
    return http_start(&wanted, &service->http);
}

/* Where a mail's links lead: the listening address for the local organisation, else its own host.
 */
static const char *listening_address;
static const char *site_pattern;
static bool site_was_given;

/* "localhost", "delta.localhost", "127.0.0.1": names of this machine, where there is no
 * certificate. */
static bool host_is_this_machine(const char *host) {
    static const char local[] = "localhost";
    const size_t length = strlen(host), tail = strlen(local);
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, local) == 0 ||
           (length > tail && host[length - tail - 1] == '.' &&
            strcmp(host + length - tail, local) == 0);
}

static const char *site_of(struct arena *arena, const char *host) {
    const char *port = strrchr(listening_address, ':');
    if (local_organisation != NULL && strcmp(host, local_organisation) == 0)
        return listening_address;
    if (host_is_this_machine(host) && !site_was_given && port != NULL)
        return arena_format(arena, "http://%s%s", host, port);
    return arena_format(arena, site_pattern, host);
}

static enum error mail_sender_of(struct db *db, struct arena *arena, int64_t tenant,
                                 struct mail_sender *ret_sender) {
    struct organisation organisation;
    TRY(organisation_find(db, arena, tenant, &organisation));
    *ret_sender = (struct mail_sender){
        .organisation = organisation.name,
        .address = organisation_sender(arena, &organisation),
        .reply_to = organisation.mailbox,
        .site = site_of(arena, organisation.host),
    };
    return ERR_OK;
}

/* An address that does not work becomes a task of the administrators (K40). */
static enum error mail_bounced(struct db *db, struct arena *arena, int64_t tenant, int64_t account,
                               const char *kind, int64_t now) {
    const struct task task = {
        .role = ROLE_administrator,
        .word = "task.mail_bounced",
        .detail = kind,
        .address = account == 0 ? "/contact/inbox"
                                : arena_format(arena, "/people/%lld", (long long)account),
        .cause = arena_format(arena, "bounced:%s:%lld", kind, (long long)account),
        .due_at = instant_day_start(now, 8),
    };
    return task_add(db, tenant, &task, now);
}

static enum error mail_begin(struct service *service) {
    const struct service_options *options = &service->options;
    const struct mail_options wanted = {
        .server = options->smtp,
        .user = options->smtp_user,
        .keys = options->keys,
        .folder = options->mail_folder,
        .store = service->store,
        .sender = mail_sender_of,
        .bounced = mail_bounced,
        .clock = options->clock,
    };
    TRY(mailer_new(&wanted, &service->mailer));
    return options->threads ? mailer_start(service->mailer) : ERR_OK;
}

static enum error fill_begin(struct service *service) {
    if (!service->options.demo)
        return ERR_OK;
    local_organisation = DEMO_HOST;
    demo_switch_on();
    if (service->options.smtp == NULL)
        mail_demo_open(service->options.mail_folder);
    return demo_fill(service->store, service->options.clock());
}

/* After the door is open: mails point to its address. */
static enum error site_settle(struct service *service) {
    const char *port = strrchr(http_address(service->http), ':');
    listening_address = http_address(service->http);
    site_pattern = service->options.site;
    site_was_given = site_pattern != NULL;
    if (site_pattern == NULL)
        site_pattern = service->options.demo && port != NULL
                           ? arena_format(service->arena, "http://%%s%s", port)
                           : "https://%s";
    if (strstr(site_pattern, "%s") == NULL || strchr(strstr(site_pattern, "%s") + 1, '%') != NULL ||
        strchr(site_pattern, '%') != strstr(site_pattern, "%s")) {
        log_warning("site", LOG_TEXT("why", "--site wants one %s for the host name"));
        return ERR_BAD_REQUEST;
    }
    return ERR_OK;
}

static enum error words_begin(struct service *service) {
    return words_load(service->options.words_folder);
}

static enum error keys_begin(struct service *service) {
    TRY(people_start(service->options.keys));
    TRY(mail_keys_open(service->options.keys));
    return ballots_start(service->options.keys);
}

static enum error jobs_begin(struct service *service) {
    const struct service_options *options = &service->options;
    return options->threads ? jobs_start(service->store, options->clock, &service->jobs) : ERR_OK;
}

static const struct {
    const char *name;
    enum error (*begin)(struct service *service);
} steps[] = {
    {"folders", options_complete}, {"words", words_begin}, {"keys", keys_begin},
    {"database", store_start},     {"demo", fill_begin},   {"door", http_begin},
    {"site", site_settle},         {"mail", mail_begin},   {"jobs", jobs_begin},
};

static enum error begin_all(struct service *service) {
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const enum error error = steps[i].begin(service);
        if (error != ERR_OK) {
            log_fault("start", LOG_TEXT("step", steps[i].name), LOG_TEXT("why", error_name(error)));
            return error;
        }
    }
    return ERR_OK;
}

enum error service_start(const struct service_options *options, struct service **ret_service) {
    struct arena *arena = arena_new(1 << 20);
    struct service *service = ARENA_NEW(arena, struct service);
    *service = (struct service){.arena = arena, .options = *options};
    const enum error error = begin_all(service);
    if (error != ERR_OK) {
        service_stop(service);
        return error;
    }
    *ret_service = service;
    return ERR_OK;
}

void service_stop(struct service *service) {
    if (service->http != NULL)
        http_stop(service->http);
    if (service->jobs != NULL)
        jobs_stop(service->jobs);
    if (service->store != NULL && people_flush(service->store) != ERR_OK)
        log_warning("flush", LOG_TEXT("why", "when sessions were last used is not written"));
    mailer_stop(service->mailer);
    if (service->store != NULL)
        store_close(service->store);
    arena_free(service->arena);
}

void service_announce(struct service *service, FILE *out) {
    const char *address = http_address(service->http);
    (void)fprintf(out, "Rådslag answers on %s\n", address);
    if (service->options.demo)
        demo_announce(address, out);
    else if (setup_announce(service->store, address, out) != ERR_OK)
        log_warning("setup", LOG_TEXT("why", "the set-up address could not be made"));
    if (service->options.smtp == NULL && !service->options.demo)
        (void)fprintf(out, "No mail is sent (see --smtp): mails become files in %s\n",
                      service->options.mail_folder);
    (void)fflush(out);
}

enum error service_tick(struct service *service) {
    size_t count;
    const int64_t now = service->options.clock();
    TRY(jobs_run_due(service->store, now, &count));
    return mailer_run_once(service->mailer, &count);
}

struct http *service_http(struct service *service) {
    return service->http;
}

struct store *service_store(struct service *service) {
    return service->store;
}
