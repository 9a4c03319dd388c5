#include "platform/view/retention.h"

static const struct retention_class classes[RETENTION_COUNT] = {
#define RETENTION(name, from, days, meaning)                                                       \
    [RETENTION_##name] = {#name, RETENTION_FROM_##from, days, meaning},
#include "platform/view/retention.def"
#undef RETENTION
};

const struct retention_class *retention_class(enum retention retention) {
    return &classes[retention];
}
