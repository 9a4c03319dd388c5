/* Secrets of the service, each a file of 32 random bytes in the key folder. */
#ifndef RADSLAG_HTTP_KEYS_H
#define RADSLAG_HTTP_KEYS_H

#include "platform/base/error.h"

enum { KEY_BYTES = 32 };

/* Reads FOLDER/NAME, made (with the folder) when missing: mode 0600, on disk before it is used.
 * ERR_UNAVAILABLE, with a line in the log, when it cannot be read or made, has another length, or
 * others may read it. */
enum error key_open(const char *folder, const char *name, unsigned char ret_key[KEY_BYTES])
    MUST_USE;

/* The same without making it: ERR_NOT_FOUND when it is missing. */
enum error key_find(const char *folder, const char *name, unsigned char ret_key[KEY_BYTES])
    MUST_USE;

/* Overwrites the file and removes it, both on disk when this returns; nothing happens when it is
 * missing. ERR_UNAVAILABLE, with a line in the log, when that cannot be done. */
enum error key_destroy(const char *folder, const char *name) MUST_USE;

/* A key for one purpose out of another key. */
void key_derive(const unsigned char key[KEY_BYTES], const char *purpose,
                unsigned char ret_key[KEY_BYTES]);

#endif
