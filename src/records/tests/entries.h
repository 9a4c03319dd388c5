/* Writing entries of the audit chain in tests. */
#ifndef RADSLAG_RECORDS_TESTS_ENTRIES_H
#define RADSLAG_RECORDS_TESTS_ENTRIES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/base/instant.h"
#include "platform/db/test_store.h"
#include "records/records.h"

#define NOON INT64_C(1781000000000000) /* 9 June 2026, 12.13 in Sweden */
enum { TENANT = 7, OTHER = 8, SIV = 21, BO = 22 };

/* Appends one entry as an act of its own; what it gives. */
enum error append_entry(struct store *store, int64_t tenant, const struct audit_entry *entry);

/* Appends one entry; fails the test when that does not work. */
void append_act_of(struct store *store, const char *act, int64_t account, const char *object,
                   const char *reason);

/* Appends "page.publish"; fails the test when that does not work. */
void append(struct store *store, int64_t tenant, int64_t account, const char *object,
            const char *reason);

#endif
