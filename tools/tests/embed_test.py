"""What embed.py makes of statements, migrations and files, and what it refuses."""
import os
import subprocess
import time
import unittest

from loading import Tree, load

embed = load('embed.py')

STATEMENTS = '''-- Statements of this test.

-- name: page_find :one
-- The page with this id.
SELECT id, title FROM pages WHERE id = :id; -- one

-- name: page_drop.sqlite :exec
-- scans: to see that the mark is read
DELETE FROM pages WHERE id = :id
-- name: page_drop.postgresql :exec
DELETE FROM ONLY pages WHERE id = :id
'''
MIGRATION = '''-- Pages.
-- no topic: visits
CREATE TABLE pages (id @id@, title TEXT);
CREATE TABLE IF NOT EXISTS visits (id @id@);
'''
REFUSED = [
    ('-- name: find :all\nSELECT 1\n', '1: want "-- name: noun_verb'),
    ('-- name: Find :one\nSELECT 1\n', '1: want "-- name: noun_verb'),
    ('-- name: find.oracle :one\nSELECT 1\n', '1: want "-- name: noun_verb'),
    ('SELECT 1\n', '1: SQL before the first name'),
    ('-- name: find :one\n-- nothing\n', '1: find is empty'),
    ('-- name: find :one\nSELECT 1\n-- name: find :one\nSELECT 2\n', '3: find is declared twice'),
    ('-- name: find.sqlite :one\nSELECT 1\n', '1: find lacks the other engine'),
    ('-- name: a.sqlite :one\nSELECT 1\n-- name: a.postgresql :many\nSELECT 1\n',
     '3: a is :one on the other engine'),
]


class Statements(unittest.TestCase):
    def test_pairs_and_comments(self):
        with Tree({'statements.sql': STATEMENTS}) as root:
            found = embed.statements_of(root / 'statements.sql')
        self.assertEqual(list(found), ['page_find', 'page_drop'])
        self.assertEqual(found['page_find']['sql'],
                         ['SELECT id, title FROM pages WHERE id = :id'] * 2)
        self.assertEqual(found['page_drop']['sql'][1], 'DELETE FROM ONLY pages WHERE id = :id')
        self.assertEqual(found['page_drop']['kind'], 'exec')

    def test_refused(self):
        for text, why in REFUSED:
            with self.subTest(why), Tree({'statements.sql': text}) as root:
                with self.assertRaises(embed.Mistake) as raised:
                    embed.statements_of(root / 'statements.sql')
                self.assertIn(f'statements.sql:{why}', str(raised.exception))

    def test_one_name_in_the_whole_program(self):
        one = '-- name: find :one\nSELECT 1\n'
        with Tree({'a/statements.sql': one, 'b/statements.sql': one}) as root:
            with self.assertRaises(embed.Mistake):
                embed.all_statements(root, ['a', 'b'])


class Migrations(unittest.TestCase):
    def test_topics(self):
        with Tree({'a/migrations/0001-pages.sql': MIGRATION,
                   'b/migrations/0001-rest.sql': 'CREATE TABLE rest (id @id@);'}) as root:
            migrations = embed.all_migrations(root, ['a', 'b'])
        self.assertEqual([entry[:3] for entry in migrations],
                         [('a', 1, '0001-pages'), ('b', 1, '0001-rest')])
        self.assertEqual(embed.topics_of(migrations), {'pages': 0, 'rest': 1})

    def test_refused(self):
        for names in (['1-pages.sql'], ['0001_pages.sql'], ['0001-a.sql', '0001-b.sql']):
            with Tree({f'a/migrations/{name}': 'SELECT 1' for name in names}) as root:
                with self.assertRaises(embed.Mistake):
                    embed.all_migrations(root, ['a'])

    def test_too_many_topics(self):
        sql = ''.join(f'CREATE TABLE t{number}x (id @id@);' for number in range(65))
        with self.assertRaises(embed.Mistake):
            embed.topics_of([('a', 1, 'a', sql)])


class Program(unittest.TestCase):
    FILES = {
        'src/a/statements.sql': STATEMENTS,
        'src/a/migrations/0001-pages.sql': MIGRATION,
        'src/a/templates/show.html': '<p>{{"quoted\\"}} å ?? \n',
        'src/a/words/sv.po': 'msgid "a"\n',
        'product.css': 'body{}',
    }

    def make(self, root):
        embed.program(root / 'src', root / 'out.c', ['a'], [f'style.css={root}/product.css'],
                      root / 'out.d')
        return (root / 'out.c').read_text(encoding='utf-8')

    def test_compiles_and_keeps_every_byte(self):
        every_byte = bytes(range(256)) * 20
        with Tree(self.FILES) as root:
            (root / 'src/a/static').mkdir()
            (root / 'src/a/static/all.bin').write_bytes(every_byte)
            (root / 'src/a/static/empty.txt').write_bytes(b'')
            text = self.make(root)
            includes = text.count('#include')
            files = text.split('#include "platform/db/migration.h"\n')[1]
            files = files[files.index('static const unsigned char'):]
            (root / 'run.c').write_text(
                '#include <stddef.h>\n#include <stdio.h>\n'
                'struct embedded { const char *path;\n'
                'const unsigned char *bytes; size_t length; };\n'
                + files +
                'int main(void) {\n'
                'for (const struct embedded *f = embedded_files; f->path != NULL; f++)\n'
                '{ printf("%s %zu %d\\n", f->path, f->length, f->bytes[f->length]);\n'
                'fwrite(f->bytes, 1, f->length, stdout); putchar(10); }\nreturn 0; }\n')
            subprocess.run(['gcc', '-Wall', '-Wno-overlength-strings', '-Werror', '-o',
                            root / 'run', root / 'run.c'], check=True)
            said = subprocess.run([root / 'run'], stdout=subprocess.PIPE, check=True).stdout
        self.assertEqual(includes, 3)
        template = self.FILES['src/a/templates/show.html'].encode()
        self.assertEqual(said, b'\n'.join([
            b'a/static/all.bin 5120 0', every_byte, b'a/static/empty.txt 0 0', b'',
            b'a/templates/show.html %d 0' % len(template), template,
            b'a/words/sv.po 10 0', b'msgid "a"\n', b'style.css 6 0', b'body{}', b'']))

    def test_masks(self):
        with Tree(self.FILES) as root:
            text = self.make(root)
        self.assertIn('UINT64_C(1), UINT64_C(0), 0, false};', text)  # page_find reads pages
        self.assertIn('UINT64_C(1), UINT64_C(1), 1, true};', text)  # page_drop writes it too

    def test_left_alone_when_nothing_changed(self):
        with Tree(self.FILES) as root:
            self.make(root)
            old = time.time() - 100
            os.utime(root / 'out.c', (old, old))
            self.make(root)
            self.assertAlmostEqual((root / 'out.c').stat().st_mtime, old, places=2)
            (root / 'src/a/words/sv.po').write_text('msgid "b"\n')
            self.make(root)
            self.assertGreater((root / 'out.c').stat().st_mtime, old + 50)

    def test_depfile_names_files_and_folders(self):
        with Tree(self.FILES) as root:
            self.make(root)
            named = (root / 'out.d').read_text().split()
            for name in ('src/a', 'src/a/statements.sql', 'src/a/migrations', 'product.css',
                         'src/a/migrations/0001-pages.sql', 'src/a/templates/show.html'):
                self.assertIn(str(root / name), named)


if __name__ == '__main__':
    unittest.main()
