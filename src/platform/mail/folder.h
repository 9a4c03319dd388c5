/* A folder of messages in the place of a mail server: one .eml file each, for demonstrations. */
#ifndef RADSLAG_MAIL_FOLDER_H
#define RADSLAG_MAIL_FOLDER_H

#include <stddef.h>
#include <stdint.h>

#include "platform/base/arena.h"
#include "platform/base/error.h"

/* Makes the folder (0700) when it is missing. ERR_UNAVAILABLE with a log line. */
enum error folder_open(const char *folder) MUST_USE;

/* Writes message `id` (0600, under another name first, so that nobody reads half of it), as of
 * `now`. Writing it again replaces it. */
enum error folder_write(const char *folder, int64_t id, const char *message, int64_t now) MUST_USE;

/* Numbers of the latest messages, newest first; at most `most`. */
enum error folder_latest(struct arena *arena, const char *folder, size_t most, int64_t **ret_ids,
                         size_t *ret_count) MUST_USE;

/* Removes messages that were written before this instant. Other files stay. */
enum error folder_forget(struct arena *arena, const char *folder, int64_t before) MUST_USE;

/* Path of message `id`, in arena. */
const char *folder_path(struct arena *arena, const char *folder, int64_t id);

/* One message, in arena; ERR_NOT_FOUND when there is none. */
enum error folder_read(struct arena *arena, const char *folder, int64_t id,
                       const char **ret_message) MUST_USE;

#endif
