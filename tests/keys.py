"""radslag keys export and import from the command line.

    RADSLAG=build/radslag tests/keys.py
"""
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get('RADSLAG', 'build/radslag')
HEAD = 'radslag keys 1\n'


class Keys(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.keys = self.folder / 'keys'
        self.file = self.folder / 'all'
        self.keys.mkdir(mode=0o700)
        for name in ('people.key', 'poll-5.key'):
            self.put(self.keys / name, os.urandom(32))

    def put(self, path, content):
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'wb') as file:
            file.write(content)

    def run_keys(self, *words, keys=None):
        return subprocess.run([PROGRAM, 'keys', *map(str, words), '--keys', keys or self.keys],
                              capture_output=True, text=True, check=False)

    def contents(self, folder):
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def refused(self, text):
        """The file is refused, and nothing was written."""
        other = self.folder / 'other'
        self.put(self.file, text.encode('utf-8', 'surrogateescape'))
        done = self.run_keys('import', self.file, keys=other)
        self.assertEqual(done.returncode, 2, text[:80])
        self.assertEqual(self.contents(other), {}, text[:80])

    def test_the_secrets_of_polls_go_along(self):
        done = self.run_keys('export', self.file)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertIn('2 keys written', done.stdout)
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        secret = (self.keys / 'poll-5.key').read_bytes().hex()
        self.assertIn(f'poll-5.key {secret}\n', self.file.read_text())
        self.assertNotIn(secret, done.stdout)

    def test_another_host_gets_the_same(self):
        self.assertEqual(self.run_keys('export', self.file).returncode, 0)
        other = self.folder / 'other'
        done = self.run_keys('import', self.file, keys=other)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(self.contents(other), self.contents(self.keys))
        self.assertEqual(other.stat().st_mode & 0o777, 0o700)
        self.assertEqual((other / 'poll-5.key').stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.run_keys('import', self.file, keys=other).returncode, 0)  # again

    def test_no_key_is_replaced_by_another(self):
        self.assertEqual(self.run_keys('export', self.file).returncode, 0)
        self.put(self.keys / 'poll-5.key', bytes(32))
        (self.keys / 'people.key').unlink()
        before = self.contents(self.keys)
        self.assertEqual(self.run_keys('import', self.file).returncode, 2)
        self.assertEqual(self.contents(self.keys), before)

    def test_no_file_is_overwritten(self):
        self.put(self.file, b'dear')
        self.assertEqual(self.run_keys('export', self.file).returncode, 2)
        self.assertEqual(self.file.read_bytes(), b'dear')

    def test_foreign_files_are_refused(self):
        key = '00' * 32
        self.refused('')
        self.refused('name;email\nEbba;ebba@example.org\n')
        self.refused('radslag keys 2\npoll-5.key ' + key + '\n')
        self.refused(HEAD + 'poll-5.key\n')
        self.refused(HEAD + 'poll-5.key 0\n')
        self.refused(HEAD + 'poll-5.key xyz\n')
        self.refused(HEAD + 'poll-5.key ' + '00' * 5000 + '\n')
        for name in ('../poll-5.key', '/tmp/poll-5.key', '.hidden', 'a/b', '', 'a\udcff'):
            self.refused(f'{HEAD}good.key {key}\n{name} {key}\n')

    def test_links_are_not_followed(self):
        away = self.folder / 'away'
        self.put(away, b'dear')
        (self.keys / 'poll-9.key').symlink_to(away)
        self.assertEqual(self.run_keys('export', self.file).returncode, 2)
        self.assertFalse(self.file.exists())

    def test_every_organisation_notes_it(self):
        database = f'sqlite:{self.folder}/radslag.db'
        for host in ('delta.ljungby.example', 'delta.almby.example'):
            subprocess.run([PROGRAM, 'admin', 'organisation', 'add', '--host', host, '--code',
                            '0781', '--administrator', f'Ada Ek,ada@{host}', '--administrator',
                            f'Bo Al,bo@{host}', '--database', database], check=True,
                           capture_output=True)

        def noted():
            with sqlite3.connect(self.folder / 'radslag.db') as connection:
                return connection.execute(
                    "SELECT tenant, act FROM audit WHERE act LIKE 'keys.%' ORDER BY at, tenant"
                ).fetchall()

        self.assertEqual(self.run_keys('export', self.file).returncode, 0)
        self.assertEqual(noted(), [])
        self.file.unlink()
        self.assertEqual(self.run_keys('export', self.file, '--database', database).returncode, 0)
        self.assertEqual(noted(), [(1, 'keys.export'), (2, 'keys.export')])
        self.assertEqual(self.run_keys('import', self.file, '--database', database).returncode, 0)
        self.assertEqual(noted()[2:], [(1, 'keys.import'), (2, 'keys.import')])
        check = subprocess.run([PROGRAM, 'check', '--database', database], capture_output=True,
                               text=True, check=False)
        self.assertEqual(check.returncode, 0, check.stdout)
        self.file.unlink()
        away = f'sqlite:{self.folder}/none/radslag.db'
        self.assertEqual(self.run_keys('export', self.file, '--database', away).returncode, 2)
        self.assertFalse(self.file.exists())


if __name__ == '__main__':
    unittest.main()
