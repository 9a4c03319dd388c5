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

/* A line that is six digits, or three and three. */
static void save_code(struct play *play, const char *text) {
    static const char digits[] = "0123456789";
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        const size_t first = strspn(line, digits);
        const size_t second = first == 3 && line[3] == ' ' ? strspn(line + 4, digits) : 0;
        const size_t length = second == 3 ? 7 : first;
        if ((second == 3 || first == 6) && (line[length] == '\n' || line[length] == '\0')) {
            play_save(play, "code", arena_copy_span(play->arena, line, length));
            return;
        }
    }
}

/* The path of the first address of ours. */
static void save_link(struct play *play, const char *text) {
    const char *link = strstr(text, "://");
    const char *path = link == NULL ? NULL : strchr(link + 3, '/');
    if (path != NULL)
        play_save(play, "link", arena_copy_span(play->arena, path, strcspn(path, " \n>)\"")));
}

/* A header, which may go on in lines that begin with a space. */
static bool header_has(struct play *play, const char *mail, const char *name, const char *text) {
    const char *header = strstr(mail, name);
    const char *end = header == NULL ? NULL : strchr(header + 1, '\n');
    while (end != NULL && end[1] == ' ')
        end = strchr(end + 1, '\n');
    return end != NULL &&
           strstr(arena_copy_span(play->arena, header, (size_t)(end - header)), text) != NULL;
}

const char *post_find(struct play *play, const char *kind, const char *address) {
    DIR *folder = opendir(play->mail_folder);
    const char *newest = NULL;
    struct timespec newest_at = {0};
    if (folder == NULL)
        return NULL;
    const char *kind_line = arena_format(play->arena, "X-Radslag-Kind: %s\n", kind);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *path = arena_format(play->arena, "%s/%s", play->mail_folder, entry->d_name);
        struct stat state;
        if (entry->d_name[0] == '.' || stat(path, &state) != 0)
            continue;
        const char *mail = decoded(play->arena, read_whole(play->arena, path));
        const bool fits =
            strstr(mail, kind_line) != NULL && header_has(play, mail, "\nTo: ", address);
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
