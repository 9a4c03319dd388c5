/* A file system for SQLite that forgets like a disk: what was written but not synced is only in
 * memory, and a power cut drops or tears it. It can also fill up, or fail to sync, at a chosen
 * call.
 *
 * Contents live in memory; the real files below hold locks and, after a cut, what survived it, so
 * that SQLite's usual file system can open them. Names of files are durable at once. Use by
 * store_options.sqlite_vfs = "torn". One database at a time. */
#ifndef RADSLAG_TESTS_TORN_VFS_H
#define RADSLAG_TESTS_TORN_VFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Registers the file system under the name "torn"; may be called again. */
void torn_register(void);

/* Forgets all files, faults and cuts. No connection may be open. */
void torn_begin(void);

enum cut {
    CUT_DROPS, /* nothing unsynced survives */
    CUT_TEARS  /* of what is unsynced, each sector of 512 bytes survives or not, by chance */
};

/* Cuts the power: writes what survives to the real files, and fails every call from now on. */
void torn_cut(enum cut cut, uint64_t seed);

/* Cuts the power in the middle of the n-th write from now, n from 1. */
void torn_cut_at(size_t n, enum cut cut, uint64_t seed);

enum fault {
    FAULT_WRITE_FULL, /* SQLITE_FULL from a write */
    FAULT_WRITE_IO,   /* SQLITE_IOERR_WRITE from a write */
    FAULT_SYNC_IO     /* SQLITE_IOERR_FSYNC from a sync */
};

/* The n-th such call from now fails, and with `lasting` all after it until torn_mend. n from 1. */
void torn_fail(enum fault fault, size_t n, bool lasting);

/* No call fails any more. Gives how many have failed since torn_fail. */
size_t torn_mend(void);

/* Bytes that were written and not yet synced when the power was cut; 0 when it was not. */
size_t torn_unsynced_at_cut(void);

#endif
