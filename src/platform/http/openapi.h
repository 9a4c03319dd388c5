/* The API description, from routes, shapes and forms. */
#ifndef RADSLAG_HTTP_OPENAPI_H
#define RADSLAG_HTTP_OPENAPI_H

#include "platform/http/http.h"

/* As openapi_write, of these tables (ended by NULL). */
void openapi_write_tables(struct buffer *into, const struct route *const *tables,
                          const char *version);

/* As routes_print, of these tables. */
void routes_print_tables(struct buffer *into, const struct route *const *tables,
                         const char *(*right_name)(int right));

#endif
