/* The lending library that the tests of this room read and write (library/). */
#ifndef RADSLAG_DB_TESTS_LIBRARY_LIBRARY_H
#define RADSLAG_DB_TESTS_LIBRARY_LIBRARY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library_statements.h"
#include "platform/base/instant.h"
#include "platform/db/test_store.h"

#define GENRE(C, T)                                                                                \
    C(T, novel, "invented")                                                                        \
    C(T, poetry, "in verse")
CHOICES(genre, GENRE);

#define BOOK(F, T)                                                                                 \
    F(T, id, id, , "book number")                                                                  \
    F(T, slug, isbn, , "one book has one")                                                         \
    F(T, text, title, , "as printed")                                                              \
    F(T, choice, genre, genre, "kind of book")                                                     \
    F(T, money, price_ore, , "to replace it")                                                      \
    F(T, flag, lent, , "somebody has it")                                                          \
    F(T, time, due_at, , "back by then")                                                           \
    F(T, text, shelf, , "where it stands")                                                         \
    F(T, url, home, , "its publisher")                                                             \
    F(T, html, review, , "made by code, no column")
SHAPE(book, BOOK);

enum { TENANT = 7 };

/* A bare book, in the act that `db` is in. */
static inline enum error book_add(struct db *db, const char *isbn, const char *title) {
    return db_exec(
        db, &sql_book_insert_bare,
        WITH(BIND_INT("tenant", TENANT), BIND_TEXT("isbn", isbn), BIND_TEXT("title", title)), NULL);
}

/* Books that are committed. */
static inline int64_t book_count(struct store *store) {
    return test_integer(store, "SELECT count(*) FROM book");
}

#endif
