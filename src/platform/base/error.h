/* Errors as values: one table (errors.def) with HTTP status and meaning.
 *
 * A function that can fail returns `enum error`, is declared MUST_USE, and leaves its outputs
 * (`ret_…`, last) untouched on failure. TRY returns early. */
#ifndef RADSLAG_BASE_ERROR_H
#define RADSLAG_BASE_ERROR_H

enum error {
#define ERROR(NAME, name, status, meaning) ERR_##NAME,
#include "errors.def"
#undef ERROR
    ERR_COUNT
};

#define MUST_USE __attribute__((warn_unused_result))

/* Returns the error of `call` from the enclosing function unless it is ERR_OK. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        const enum error try_error_ = (call);                                                      \
        if (try_error_ != ERR_OK)                                                                  \
            return try_error_;                                                                     \
    } while (0)

/* HTTP status, 200–599. */
int error_status(enum error error);

/* Name in lower case as used in word keys and problem types: "not_found". */
const char *error_name(enum error error);

/* One English sentence for logs and the API description. */
const char *error_meaning(enum error error);

#endif
