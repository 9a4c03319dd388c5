/* play ENGINE FILE…: runs plays; ENGINE is sqlite or postgresql (RADSLAG_TEST_POSTGRESQL). */
#include "play.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>

#include "platform/base/instant.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/test_store.h"

enum { PLAY_BYTES = 256 << 20 };

static _Atomic int64_t clock_now;

int64_t play_clock(void) {
    return atomic_load(&clock_now);
}

void play_clock_set(int64_t instant) {
    atomic_store(&clock_now, instant);
}

bool play_fail(const struct play *play, const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)fprintf(stderr, "%s:%d: ", play->file, play->line);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
    return false;
}

const char *play_saved(const struct play *play, const char *name) {
    for (size_t i = play->saved_count; i-- > 0;)
        if (strcmp(play->saved[i][0], name) == 0)
            return play->saved[i][1];
    return NULL;
}

void play_save(struct play *play, const char *name, const char *value) {
    if (play->saved_count == PLAY_SAVED)
        play->saved_count = 0;
    play->saved[play->saved_count][0] = arena_copy_text(play->arena, name);
    play->saved[play->saved_count++][1] = arena_copy_text(play->arena, value);
}

/* {name} becomes what was saved; an unknown one stays and makes the step fail by itself. */
static char *fill_in(struct play *play, const char *line) {
    struct buffer filled = buffer_in(play->arena, 1 << 16);
    while (*line != '\0') {
        const char *end = *line == '{' ? strchr(line, '}') : NULL;
        const char *value = end == NULL
                                ? NULL
                                : play_saved(play, arena_copy_span(play->arena, line + 1,
                                                                   (size_t)(end - line - 1)));
        if (value != NULL) {
            buffer_text(&filled, value);
            line = end + 1;
        } else {
            buffer_add(&filled, line++, 1);
        }
    }
    return arena_copy_text(play->arena, buffer_string(&filled));
}

/* Splits at spaces; quotes keep spaces together, also after "field=". */
static size_t split(char *line, char **ret_words) {
    size_t count = 0;
    while (count < PLAY_WORDS) {
        while (*line == ' ' || *line == '\t')
            line++;
        if (*line == '\0' || (*line == '#' && count == 0))
            break;
        ret_words[count++] = line;
        char *into = line;
        bool quoted = false;
        for (; *line != '\0' && (quoted || (*line != ' ' && *line != '\t')); line++) {
            if (*line == '\\' && line[1] == '"')
                *into++ = *++line;
            else if (*line == '"')
                quoted = !quoted;
            else if (*line == '\\' && line[1] == 'n' && quoted)
                *into++ = '\n', line++;
            else
                *into++ = *line;
        }
        const bool more = *line != '\0';
        *into = '\0';
        if (more)
            line++;
    }
    return count;
}

static bool play_lines(struct play *play, FILE *file) {
    char line[4096];
    while (fgets(line, sizeof line, file) != NULL) {
        char *words[PLAY_WORDS];
        play->line++;
        line[strcspn(line, "\n")] = '\0';
        const size_t count = split(fill_in(play, line), words);
        if (count == 0)
            continue;
        play->steps++;
        if (!play_step(play, words, count))
            return false;
    }
    return true;
}

static int entry_remove(const char *path, const struct stat *state, int kind, struct FTW *place) {
    (void)state, (void)kind, (void)place;
    return remove(path);
}

static void folder_remove(const char *path) {
    (void)nftw(path, entry_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* The database of one play, and the folder of its keys and mails. */
struct stage {
    struct test_database *database;
    char folder[32];
};

static bool stage_set(struct stage *stage, enum engine engine) {
    *stage = (struct stage){.folder = "/tmp/radslag-play-XXXXXX"};
    stage->database = test_database_new(engine);
    return stage->database != NULL && mkdtemp(stage->folder) != NULL;
}

static void stage_clear(struct stage *stage) {
    test_database_free(stage->database);
    folder_remove(stage->folder);
}

/* "stage empty" on a line of its own: no demonstration. */
static bool wants_empty(FILE *file) {
    char line[4096];
    bool empty = false;
    while (!empty && fgets(line, sizeof line, file) != NULL)
        empty = strcmp(line, "stage empty\n") == 0;
    rewind(file);
    return empty;
}

static bool play_on(struct play *play, const struct stage *stage, FILE *file) {
    const struct service_options options = {
        .database = test_database_address(stage->database),
        .listen = "127.0.0.1:0",
        .keys = arena_format(play->arena, "%s/keys", stage->folder),
        .mail_folder = play->mail_folder,
        .workers = 2,
        .lanes = 2,
        .demo = !wants_empty(file),
        .clock = play_clock,
    };
    if (service_start(&options, &play->service) != ERR_OK)
        return play_fail(play, "the service did not start");
    const bool ok = play_lines(play, file);
    service_stop(play->service);
    return ok;
}

static bool play_run(enum engine engine, const char *path) {
    struct stage stage;
    FILE *file = fopen(path, "r");
    if (file == NULL || !stage_set(&stage, engine)) {
        (void)fprintf(stderr, "play: cannot read %s, or there is no database\n", path);
        if (file != NULL)
            (void)fclose(file);
        return false;
    }
    struct play play = {.file = path, .arena = arena_new(PLAY_BYTES)};
    play_clock_set(instant_from_rfc3339("2026-06-09T12:02:00Z"));
    play.mail_folder = arena_format(play.arena, "%s/mail", stage.folder);
    const bool ok = play_on(&play, &stage, file);
    (void)printf("%s %s, %zu steps\n", ok ? "ok" : "FAILED", path, play.steps);
    (void)fclose(file);
    stage_clear(&stage);
    arena_free(play.arena);
    return ok;
}

/* 77: meson's word for skipped. */
int main(int argc, char **argv) {
    const bool on_postgresql = argc > 2 && strcmp(argv[1], "postgresql") == 0;
    bool all_ok = argc > 2;
    log_threshold(LOG_WARNING_);
    if (on_postgresql && getenv("RADSLAG_TEST_POSTGRESQL") == NULL)
        return 77;
    for (int i = 2; i < argc; i++)
        all_ok = play_run(on_postgresql ? ENGINE_POSTGRESQL : ENGINE_SQLITE, argv[i]) && all_ok;
    return all_ok ? 0 : 1;
}
