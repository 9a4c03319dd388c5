/* Functions that this project does not use: naming one is a compile error. Included before every
 * file. */
#ifndef RADSLAG_BANNED_H
#define RADSLAG_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef alloca
#pragma GCC poison alloca strcpy strcat strncpy strncat sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atoll atof rand srand gmtime localtime ctime asctime tmpnam mktemp    \
    alloca

#endif
