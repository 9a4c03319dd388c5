/* The post: mails that the service has put into its folder. */
#include "play.h"

#include <dirent.h>
#include <sys/stat.h>

#include "platform/base/text.h"

/* Value of a hexadecimal digit, or -1. */
static int hex_value(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Quoted-printable to text; soft line ends vanish. */
static const char *decoded(struct arena *arena, const char *mail) {
    struct buffer text = buffer_in(arena, 1 << 20);
    for (; *mail != '\0'; mail++) {
        if (*mail == '\r')
            continue;
        if (*mail == '=' && (mail[1] == '\n' || (mail[1] == '\r' && mail[2] == '\n'))) {
            mail += mail[1] == '\r' ? 2 : 1;
        } else if (*mail == '=' && hex_value(mail[1]) >= 0 && hex_value(mail[2]) >= 0) {
            const char byte = (char)(hex_value(mail[1]) * 16 + hex_value(mail[2]));
            buffer_add(&text, &byte, 1);
            mail += 2;
        } else {
            buffer_add(&text, mail, 1);
        }
    }
    return buffer_string(&text);
}

static const char *read_whole(struct arena *arena, const char *path) {
    FILE *file = fopen(path, "r");
    char *text = arena_take(arena, 1 << 18);
    if (file == NULL)
        return "";
    const size_t length = fread(text, 1, (1 << 18) - 1, file);
    (void)fclose(file);
    text[length] = '\0';
    return text;
}

/* Six digits alone on a line or between spaces. */
static void save_code(struct play *play, const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        const size_t digits = strspn(c, "0123456789");
        if (digits == 6 && (c == text || c[-1] == ' ' || c[-1] == '\n')) {
            play_save(play, "code", arena_copy_span(play->arena, c, 6));
            return;
        }
        if (digits > 0)
            c += digits - 1;
    }
}

/* The path of the first address of ours. */
static void save_link(struct play *play, const char *text) {
    const char *link = strstr(text, "://");
    const char *path = link == NULL ? NULL : strchr(link + 3, '/');
    if (path != NULL)
        play_save(play, "link", arena_copy_span(play->arena, path, strcspn(path, " \n>)\"")));
}

const char *post_find(struct play *play, const char *kind, const char *address) {
    DIR *folder = opendir(play->mail_folder);
    const char *newest = NULL;
    struct timespec newest_at = {0};
    if (folder == NULL)
        return NULL;
    const char *kind_line = arena_format(play->arena, "X-Radslag-Kind: %s\n", kind);
    const char *to = arena_format(play->arena, "%s", address);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *path = arena_format(play->arena, "%s/%s", play->mail_folder, entry->d_name);
        struct stat state;
        if (entry->d_name[0] == '.' || stat(path, &state) != 0)
            continue;
        const char *mail = decoded(play->arena, read_whole(play->arena, path));
        const char *to_line = strstr(mail, "\nTo: ");
        const bool fits =
            strstr(mail, kind_line) != NULL && to_line != NULL &&
            strstr(arena_copy_span(play->arena, to_line + 1, strcspn(to_line + 1, "\n")), to) !=
                NULL;
        const bool newer =
            state.st_mtim.tv_sec > newest_at.tv_sec || (state.st_mtim.tv_sec == newest_at.tv_sec &&
                                                        state.st_mtim.tv_nsec >= newest_at.tv_nsec);
        if (fits && newer) {
            newest = mail;
            newest_at = state.st_mtim;
        }
    }
    (void)closedir(folder);
    if (newest != NULL) {
        const char *body = strstr(newest, "\n\n");
        save_code(play, body == NULL ? newest : body);
        save_link(play, body == NULL ? newest : body);
    }
    return newest;
}
