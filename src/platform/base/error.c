#include "platform/base/error.h"

#include <assert.h>

static const struct {
    const char *name;
    int status;
    const char *meaning;
} error_table[ERR_COUNT] = {
#define ERROR(NAME, name, status, meaning) [ERR_##NAME] = {name, status, meaning},
#include "errors.def"
#undef ERROR
};

int error_status(enum error error) {
    assert((unsigned)error < ERR_COUNT);
    return error_table[error].status;
}

const char *error_name(enum error error) {
    assert((unsigned)error < ERR_COUNT);
    return error_table[error].name;
}

const char *error_meaning(enum error error) {
    assert((unsigned)error < ERR_COUNT);
    return error_table[error].meaning;
}
