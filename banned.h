/* Functions that this project does not use: naming one is a compile error. Included before every
 * file. Only what the four headers declare can be banned here. */
#ifndef RADSLAG_BANNED_H
#define RADSLAG_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Write without knowing how much room there is, or leave texts unended: arena_format, snprintf. */
#pragma GCC poison strcpy strcat strncpy strncat stpcpy sprintf vsprintf gets
/* Read numbers without telling what was wrong: strtoll and its kin. */
#pragma GCC poison atoi atol atoll atof scanf sscanf vscanf vsscanf
/* Keep state between calls or threads: strtok_r, strerror_r; setenv would change others' texts. */
#pragma GCC poison strtok strerror setenv putenv unsetenv
/* Chance that can be guessed: libsodium's randombytes. */
#pragma GCC poison rand srand rand_r srandom drand48 lrand48 mrand48
/* The machine's time zone: platform/base/instant knows Sweden's. */
#pragma GCC poison gmtime localtime ctime asctime ctime_r asctime_r
/* Names that another can take first; a shell in between; memory that nothing bounds. */
#undef alloca
#pragma GCC poison tmpnam tempnam mktemp popen alloca
/* Old names of memcpy and memset. */
#pragma GCC poison bcopy bzero

#endif
