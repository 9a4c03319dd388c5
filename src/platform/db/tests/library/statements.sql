-- name: book_insert :one
-- A new book; gives its number.
INSERT INTO book (tenant, isbn, title, genre, price_ore, lent, due_at, shelf, home)
VALUES (:tenant, :isbn, :title, :genre, :price_ore, :lent, :due_at, :shelf, :home)
RETURNING id;

-- name: book_insert_bare :exec
-- A book of which only number and title are known; says by a conflict that it is there already.
INSERT INTO book (tenant, isbn, title, genre) VALUES (:tenant, :isbn, :title, 'novel');

-- name: book_insert_once :exec
-- The same, where a book that is there already is expected.
INSERT INTO book (tenant, isbn, title, genre) VALUES (:tenant, :isbn, :title, 'novel')
ON CONFLICT DO NOTHING;

-- name: book_by_isbn :one
-- The book with this ISBN.
SELECT id, isbn, title, genre, price_ore, lent, due_at, shelf, home
FROM book WHERE tenant = :tenant AND isbn = :isbn;

-- name: book_any :one
-- A mistake on purpose: more than one row where one is wanted.
SELECT id, isbn, title, genre, price_ore, lent, due_at, shelf, home
FROM book WHERE tenant = :tenant;

-- name: book_narrow :one
-- A mistake on purpose: lacks the columns that the shape wants.
SELECT id, isbn FROM book WHERE tenant = :tenant AND isbn = :isbn;

-- name: book_mistyped :one
-- A mistake on purpose: text where a number is wanted.
SELECT id, isbn, title, genre, title AS price_ore, lent, due_at, shelf, home
FROM book WHERE tenant = :tenant AND isbn = :isbn;

-- name: book_list :many
-- Books by title in Swedish order.
SELECT id, isbn, title, genre, price_ore, lent, due_at, shelf, home
FROM book WHERE tenant = :tenant ORDER BY title COLLATE sv, id LIMIT :limit;

-- name: book_count :one
-- Number of books.
SELECT count(*) FROM book WHERE tenant = :tenant;

-- name: book_count_isbn :one
-- Number of books with this ISBN.
SELECT count(*) FROM book WHERE tenant = :tenant AND isbn = :isbn;

-- name: book_price_sum :one
-- What all books would cost.
SELECT sum(price_ore) FROM book WHERE tenant = :tenant;

-- name: book_price_mean :one
-- A mistake on purpose: a fraction where an integer is wanted.
SELECT avg(price_ore) FROM book WHERE tenant = :tenant;

-- name: book_is_dear :one
-- Whether a book costs more than so much: a truth value.
SELECT price_ore > CAST(:price_ore AS BIGINT) FROM book WHERE tenant = :tenant AND isbn = :isbn;

-- name: book_cover :one
-- The picture.
SELECT cover FROM book WHERE tenant = :tenant AND isbn = :isbn;

-- name: book_cover_set :exec
-- A new picture.
UPDATE book SET cover = :cover WHERE tenant = :tenant AND isbn = :isbn;

-- name: book_price_raise :exec
-- All books become dearer.
UPDATE book SET price_ore = price_ore + :more WHERE tenant = :tenant;

-- name: loan_insert :exec
-- Somebody takes a book.
INSERT INTO loan (tenant, book, reader) VALUES (:tenant, :book, :reader);

-- name: loan_count :one
-- Number of books that are lent.
SELECT count(*) FROM loan WHERE tenant = :tenant;
