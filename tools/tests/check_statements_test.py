"""Each rule of migrations and statements with what it must refuse, and what it must let pass."""
import unittest

from loading import Tree, load

check_statements = load('check_statements')

GOOD = '''-- Books and who has them.
-- A book.
CREATE TABLE book (
    id @id@,
    tenant @int@ NOT NULL REFERENCES organisation (id),
    isbn TEXT NOT NULL,      -- one book has one
    title TEXT NOT NULL      -- as printed; "a, b" (or c)
        CHECK (title <> ',--'),
    UNIQUE (tenant, isbn),
    UNIQUE (tenant, id)
) @strict@;
CREATE INDEX book_title ON book (tenant, title);

-- An organisation: the tenant itself.
CREATE TABLE organisation (
    id @id@,
    host TEXT NOT NULL UNIQUE -- where it answers
) @strict@;

-- A loan.
CREATE TABLE loan (
    tenant @int@ NOT NULL,
    book @int@ NOT NULL,     -- which one
    shelf_life @int@,        -- days
    due_at @int@,            -- when
    PRIMARY KEY (tenant, book),
    FOREIGN KEY (tenant, book) REFERENCES book (tenant, id)
) @strict@ @without_rowid@;
-- across tenants: one reminder runs for all
CREATE INDEX loan_due ON loan (due_at);
ALTER TABLE loan ADD COLUMN shelf TEXT; -- where it goes
'''

# What is written instead of what, and what is said of it.
REFUSED_MIGRATIONS = [
    ('-- Books and who has them.\n', '\n', 'begins with a comment'),
    ('-- A loan.\n', '', 'table loan is not described'),
    ('-- one book has one', '', 'column book.isbn is not described'),
    ('-- where it goes', '', 'column loan.shelf is not described'),
    ('-- which one', '', None),
    ('-- days', '', 'column loan.shelf_life is not described'),
    ('isbn TEXT NOT NULL, ', 'isbn TEXT NOT NULL UNIQUE, ', 'key (isbn) of book'),
    ('UNIQUE (tenant, isbn)', 'UNIQUE (isbn, tenant)', 'key (isbn, tenant) of book'),
    ('UNIQUE (tenant, isbn)', 'CONSTRAINT once UNIQUE (isbn)', 'key (isbn) of book'),
    ('PRIMARY KEY (tenant, book)', 'PRIMARY KEY (book, tenant)', 'key (book, tenant) of loan'),
    ('book (tenant, title)', 'book (title, tenant)', 'index (title, tenant) of book'),
    ('CREATE INDEX book_title', 'CREATE UNIQUE INDEX book_title', None),
    ('book (tenant, title)', 'book (title) -- by title\n', 'index (title) of book'),
    ('-- across tenants: one reminder runs for all\n', '', 'index (due_at) of loan'),
    ('FOREIGN KEY (tenant, book) REFERENCES book (tenant, id)',
     'FOREIGN KEY (book) REFERENCES book (id)', 'references book without tenant'),
    ('book @int@ NOT NULL, ', 'book @int@ NOT NULL REFERENCES book (id), ',
     'references book without tenant'),
    ('REFERENCES book (tenant, id)', 'REFERENCES book (tenant, id) ON DELETE CASCADE',
     'may not change rows'),
    ('REFERENCES book (tenant, id)', 'REFERENCES book (tenant, id) ON DELETE SET NULL',
     'may not change rows'),
]

REFUSED_STATEMENTS = [
    ('SELECT id FROM book WHERE isbn = :isbn', 'does not compare the tenant of book'),
    ('SELECT id, tenant FROM book WHERE isbn = :isbn', 'does not compare the tenant of book'),
    ("SELECT id FROM book WHERE isbn = 'tenant ='", 'does not compare the tenant of book'),
    ('SELECT id FROM book -- tenant = 1', 'does not compare the tenant of book'),
    ('UPDATE book SET title = :title WHERE id = :id', 'does not compare the tenant of book'),
    ('DELETE FROM loan WHERE book = :book', 'does not compare the tenant of loan'),
    ('INSERT INTO book (isbn) VALUES (:isbn)', 'does not compare the tenant of book'),
    ('INSERT INTO loan (tenant, book) SELECT :tenant, id FROM book WHERE isbn = :isbn',
     'does not compare the tenant of'),
    ('SELECT * FROM book WHERE tenant = :tenant', 'selects *'),
    ('SELECT b.* FROM book AS b WHERE tenant = :tenant', 'selects *'),
    ('DELETE FROM book WHERE tenant = :tenant RETURNING *', 'selects *'),
    ('SELECT b.id FROM book AS b, loan WHERE b.tenant = loan.tenant', 'joins by comma'),
]

ALLOWED_STATEMENTS = [
    'SELECT count(*) FROM book WHERE tenant = :tenant',
    'SELECT id FROM organisation WHERE host = :host',
    'INSERT INTO book (tenant, isbn) VALUES (:tenant, :isbn)',
    'INSERT INTO loan (tenant, book) SELECT tenant, id FROM book WHERE book.tenant = :tenant',
    'UPDATE book SET title = :title WHERE (tenant, id) = (:tenant, :id)',
    '-- across tenants: the reminder\nSELECT book FROM loan WHERE due_at < :now',
]


def mistakes(migration=GOOD, statements=''):
    files = {'src/library/migrations/0001-books.sql': migration,
             'src/library/statements.sql': statements,
             'src/library/tests/bad/statements.sql': '-- name: x :one\nSELECT * FROM book\n'}
    with Tree(files) as root:
        return check_statements.Checker(root).run()


def statement(sql):
    return f'-- name: it :one\n-- What it does.\n{sql};\n'


class Migrations(unittest.TestCase):
    def test_good_migration_passes(self):
        self.assertEqual(mistakes(), [])

    def test_each_fault_is_found(self):
        for old, new, said in REFUSED_MIGRATIONS:
            with self.subTest(new or old):
                self.assertIn(old, GOOD)
                found = mistakes(GOOD.replace(old, new, 1))
                if said is None:
                    self.assertEqual(found, [])
                else:
                    self.assertEqual(len(found), 1, found)
                    self.assertIn(said, found[0])

    def test_line_is_named(self):
        found = mistakes(GOOD.replace('-- one book has one', ''))
        self.assertTrue(found[0].startswith('src/library/migrations/0001-books.sql:6:'), found)


class Statements(unittest.TestCase):
    def test_each_fault_is_found(self):
        for sql, said in REFUSED_STATEMENTS:
            with self.subTest(sql):
                found = mistakes(statements=statement(sql))
                self.assertEqual(len(found), 1, found)
                self.assertIn(said, found[0])

    def test_good_ones_pass(self):
        for sql in ALLOWED_STATEMENTS:
            with self.subTest(sql):
                self.assertEqual(mistakes(statements=statement(sql)), [])

    def test_each_has_a_sentence(self):
        found = mistakes(statements='-- name: it :one\nSELECT 1;\n')
        self.assertIn('has no sentence', found[0])

    def test_a_pair_has_one_sentence(self):
        text = ('-- name: it.sqlite :one\n-- What it does.\nSELECT 1;\n'
                '-- name: it.postgresql :one\nSELECT 2;\n')
        self.assertEqual(mistakes(statements=text), [])
        self.assertEqual(len(mistakes(statements=text.replace('-- What it does.\n', ''))), 1)

    def test_a_whole_file_may_go_across(self):
        text = '-- across tenants: one for all\n' + statement('SELECT book FROM loan')
        self.assertEqual(mistakes(statements=text), [])


if __name__ == '__main__':
    unittest.main()
