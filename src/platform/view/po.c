/* Reading .po files through libgettextpo, which reads files only: embedded bytes go through one in
 * memory. */
#include <gettext-po.h>
#include <setjmp.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/view/message.h"

/* The library reports through callbacks without a context; it is used by one thread, at start. */
static bool refused;
static sigjmp_buf stopped;

static void on_error(int severity, po_message_t message, const char *file, size_t line,
                     size_t column, int multiline, const char *text) {
    (void)message, (void)column, (void)multiline;
    log_event(severity == PO_SEVERITY_WARNING ? LOG_WARNING_ : LOG_FAULT_, "words",
              LOG_PAIRS(LOG_TEXT("file", file == NULL ? "" : file), LOG_INT("line", line),
                        LOG_TEXT("why", text)));
    refused |= severity != PO_SEVERITY_WARNING;
    if (severity == PO_SEVERITY_FATAL_ERROR)
        siglongjmp(stopped, 1);
}

static void on_two_errors(int severity, po_message_t message, const char *file, size_t line,
                          size_t column, int multiline, const char *text, po_message_t message2,
                          const char *file2, size_t line2, size_t column2, int multiline2,
                          const char *text2) {
    (void)message2, (void)file2, (void)line2, (void)column2, (void)multiline2, (void)text2;
    on_error(severity, message, file, line, column, multiline, text);
}

/* A path that reads the bytes; the descriptor is the caller's to close. -1 on failure. */
static int memory_file(const unsigned char *bytes, size_t length, char path[static 32]) {
    const int fd = memfd_create("words", MFD_CLOEXEC);
    for (size_t written = 0; fd >= 0 && written < length;) {
        const ssize_t n = write(fd, bytes + written, length - written);
        if (n <= 0) {
            (void)close(fd);
            return -1;
        }
        written += (size_t)n;
    }
    (void)snprintf(path, 32, "/proc/self/fd/%d", fd);
    return fd;
}

/* The library never frees its copy of the file's name; the leak sanitizer is told to look away. */
#ifdef __has_feature
#define SANITIZED __has_feature(address_sanitizer)
#elif defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#else
#define SANITIZED 0
#endif
#if SANITIZED
#include <sanitizer/lsan_interface.h>
#define LEAKS_IGNORED(on) ((on) ? __lsan_disable() : __lsan_enable())
#else
#define LEAKS_IGNORED(on) ((void)(on))
#endif

static po_file_t file_read(const char *path) {
    static const struct po_xerror_handler handler = {.xerror = on_error, .xerror2 = on_two_errors};
    po_file_t volatile file = NULL;
    refused = false;
    LEAKS_IGNORED(true);
    if (sigsetjmp(stopped, 0) == 0)
        file = po_file_read(path, &handler);
    LEAKS_IGNORED(false);
    return file;
}

/* All forms of a translated message, in arena; 0 where something is left to translate. */
static size_t message_forms(struct arena *arena, po_message_t message, const char **forms,
                            size_t room) {
    const bool plural = po_message_msgid_plural(message) != NULL;
    size_t count = 0;
    for (; count < room; count++) {
        const char *text = plural       ? po_message_msgstr_plural(message, (int)count)
                           : count == 0 ? po_message_msgstr(message)
                                        : NULL;
        if (text == NULL)
            break;
        if (*text == '\0')
            return 0;
        forms[count] = arena_copy_text(arena, text);
    }
    return count;
}

static void each_message(struct arena *arena, po_file_t file,
                         void (*each)(void *context, const char *key, const char *const *forms,
                                      size_t count),
                         void *context) {
    po_message_iterator_t messages = po_message_iterator(file, NULL);
    for (po_message_t message; (message = po_next_message(messages)) != NULL;) {
        const char *key = po_message_msgid(message);
        if (*key == '\0' || po_message_is_fuzzy(message) || po_message_is_obsolete(message))
            continue;
        const char *forms[8];
        const size_t count = message_forms(arena, message, forms, 8);
        if (count > 0)
            each(context, arena_copy_text(arena, key),
                 arena_copy(arena, forms, count * sizeof forms[0]), count);
    }
    po_message_iterator_free(messages);
}

enum error po_read(struct arena *arena, const char *path, const unsigned char *bytes, size_t length,
                   void (*each)(void *context, const char *key, const char *const *forms,
                                size_t count),
                   void *context, struct plural *ret_plural) {
    char memory_path[32];
    const int fd = bytes == NULL ? -1 : memory_file(bytes, length, memory_path);
    po_file_t file = bytes != NULL && fd < 0 ? NULL : file_read(bytes == NULL ? path : memory_path);
    if (fd >= 0)
        (void)close(fd);
    char *header = file == NULL ? NULL : (char *)po_file_domain_header(file, NULL); /* a copy */
    struct plural plural = {NULL, 1};
    const bool fine = !refused && header != NULL && plural_parse(arena, header, &plural);
    if (fine) {
        each_message(arena, file, each, context);
        *ret_plural = plural;
    } else {
        log_fault("words", LOG_TEXT("file", path), LOG_TEXT("why", "broken file or plural rule"));
    }
    free(header);
    if (file != NULL)
        po_file_free(file);
    return fine ? ERR_OK : ERR_FAULT;
}
