/* Rows become fields, fields become binds, and what does not fit is a fault. */
#include "platform/db/tests/library/library.h"

static const struct bind *book_key(const char *isbn) {
    static struct bind key[3];
    key[0] = BIND_INT("tenant", TENANT);
    key[1] = BIND_TEXT("isbn", isbn);
    return key;
}

static enum error find(struct db *db, struct arena *arena, const struct statement *statement,
                       const char *isbn, struct book *ret_book) {
    return db_one(db, arena, statement, book_key(isbn), &book_shape, ret_book);
}

struct writing {
    struct arena *arena;
    struct book book;
    int64_t id;
};

static enum error write_book(void *context, struct db *db) {
    struct writing *writing = context;
    return db_integer(
        db, &sql_book_insert,
        bind_row(writing->arena, &book_shape, &writing->book, WITH(BIND_INT("tenant", TENANT))),
        &writing->id);
}

static struct book read_book(struct store *store, struct arena *arena, const char *isbn) {
    struct db *db;
    struct book book;
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(find(db, arena, &sql_book_by_isbn, isbn, &book), ERR_OK);
    store_reader_done(store, db);
    return book;
}

static void test_every_kind_survives(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct writing writing = {.arena = arena,
                              .book = {.isbn = "978-91",
                                       .title = "Åsa & \"björnen\" 🐻",
                                       .genre = genre_poetry,
                                       .price_ore = INT64_C(5000000000),
                                       .lent = true,
                                       .due_at = INT64_C(1780000000000001),
                                       .shelf = "",
                                       .home = {"https://example.org/"}}};
    assert_int_equal(store_act(store, write_book, &writing), ERR_OK);
    const struct book book = read_book(store, arena, "978-91");
    assert_int_equal(book.id, writing.id);
    assert_true(book.id > 0);
    assert_string_equal(book.title, writing.book.title);
    assert_int_equal(book.genre, genre_poetry);
    assert_int_equal(book.price_ore, INT64_C(5000000000));
    assert_true(book.lent);
    assert_int_equal(book.due_at, INT64_C(1780000000000001));
    assert_string_equal(book.shelf, "");
    assert_string_equal(book.home.address, "https://example.org/");
    assert_null(book.review.markup);
    arena_free(arena);
}

static void test_none_is_null(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct writing writing = {
        .arena = arena,
        .book = {.isbn = "1", .title = "a", .genre = genre_novel, .due_at = INSTANT_NONE}};
    assert_int_equal(store_act(store, write_book, &writing), ERR_OK);
    const struct book book = read_book(store, arena, "1");
    assert_int_equal(book.due_at, INSTANT_NONE);
    assert_null(book.shelf);
    assert_null(book.home.address);
    assert_false(book.lent);
    assert_int_equal(test_integer(store, "SELECT count(*) FROM book WHERE due_at IS NULL "
                                         "AND shelf IS NULL AND home IS NULL"),
                     1);
    arena_free(arena);
}

/* An address that somebody got into a row by another way does not become a link. */
static void test_bad_address_is_none(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    test_execute(store, "INSERT INTO book (tenant, isbn, title, genre, home) VALUES "
                        "(7, '1', 'a', 'novel', 'javascript:alert(1)'), "
                        "(7, '2', 'b', 'novel', '//elsewhere.example'), "
                        "(7, '3', 'c', 'novel', '/ours')");
    assert_null(read_book(store, arena, "1").home.address);
    assert_null(read_book(store, arena, "2").home.address);
    assert_string_equal(read_book(store, arena, "3").home.address, "/ours");
    arena_free(arena);
}

static void assert_faulty(struct store *store, const struct statement *statement,
                          const char *isbn) {
    struct arena *arena = arena_new(1 << 20);
    struct db *db;
    struct book book = {.title = "untouched"};
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(find(db, arena, statement, isbn, &book), ERR_FAULT);
    assert_string_equal(book.title, "untouched");
    store_reader_done(store, db);
    arena_free(arena);
}

static void test_what_does_not_fit_is_a_fault(void **state) {
    struct store *store = test_store(state);
    test_execute(store, "INSERT INTO book (tenant, isbn, title, genre) VALUES "
                        "(7, '1', 'a', 'novel'), (7, '2', 'b', 'cookery')");
    assert_faulty(store, &sql_book_narrow, "1");
    assert_faulty(store, &sql_book_mistyped, "1");
    assert_faulty(store, &sql_book_by_isbn, "2"); /* no such genre */
}

#define ONLY_FLAG(F, T) F(T, flag, due_at, , "not a truth value")
SHAPE(only_flag, ONLY_FLAG);

static void test_flag_is_zero_or_one(void **state) {
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct db *db;
    struct only_flag flag;
    test_execute(store, "INSERT INTO book (tenant, isbn, title, genre, due_at) VALUES "
                        "(7, '1', 'a', 'novel', 2), (7, '2', 'b', 'novel', NULL)");
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    for (int i = 1; i <= 2; i++)
        assert_int_equal(db_one(db, arena, &sql_book_by_isbn, book_key(i == 1 ? "1" : "2"),
                                &only_flag_shape, &flag),
                         ERR_FAULT);
    store_reader_done(store, db);
    arena_free(arena);
}

/* QUA-3: å ä ö last, v and w apart. */
static void test_swedish_order(void **state) {
    static const char *const sorted[] = {"Anka", "Vatten", "Webb", "Zebra", "Åska", "Ängel", "Öra"};
    struct store *store = test_store(state);
    struct arena *arena = arena_new(1 << 20);
    struct db *db;
    struct book_list books;
    test_execute(store, "INSERT INTO book (tenant, isbn, title, genre) VALUES "
                        "(7, '1', 'Öra', 'novel'), (7, '2', 'Åska', 'novel'), "
                        "(7, '3', 'Webb', 'novel'), (7, '4', 'Ängel', 'novel'), "
                        "(7, '5', 'Anka', 'novel'), (7, '6', 'Zebra', 'novel'), "
                        "(7, '7', 'Vatten', 'novel')");
    assert_int_equal(store_reader(store, 1000, &db), ERR_OK);
    assert_int_equal(db_many(db, arena, &sql_book_list,
                             WITH(BIND_INT("tenant", TENANT), BIND_INT("limit", 100)), 100,
                             &book_shape, &books),
                     ERR_OK);
    store_reader_done(store, db);
    assert_int_equal(books.count, 7);
    for (size_t i = 0; i < books.count; i++)
        assert_string_equal(books.at[i].title, sorted[i]);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST_ON_BOTH(test_every_kind_survives), TEST_ON_BOTH(test_none_is_null),
        TEST_ON_BOTH(test_bad_address_is_none), TEST_ON_BOTH(test_what_does_not_fit_is_a_fault),
        TEST_ON_BOTH(test_flag_is_zero_or_one), TEST_ON_BOTH(test_swedish_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
