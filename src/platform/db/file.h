/* Files that must be on disk when a call returns. */
#ifndef RADSLAG_DB_FILE_H
#define RADSLAG_DB_FILE_H

#include <stdbool.h>

/* A new empty file readable by its owner alone; true also when it was there. False, with errno,
 * when its name could not be made durable. */
bool file_create(const char *path);

/* Makes the names in the folder of `path` durable. */
bool folder_sync(const char *path);

/* Puts a finished file in place of another: contents first, then the name, both on disk. */
bool file_place(const char *from, const char *to);

#endif
