"""radslag admin from the command line, beside a data file of its own.

    RADSLAG=build/radslag tests/admin.py
"""
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get('RADSLAG', 'build/radslag')
PEOPLE = ['--administrator', 'Ada Ek,ada@ljungby.example',
          '--administrator', 'Bo Al,bo@ljungby.example']


class Admin(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def admin(self, *words):
        return subprocess.run(
            [PROGRAM, 'admin', *words, '--database', f'sqlite:{self.folder}/radslag.db'],
            capture_output=True, text=True, check=False)

    def rows(self, sql):
        with sqlite3.connect(self.folder / 'radslag.db') as database:
            return database.execute(sql).fetchall()

    def add(self, *words):
        return self.admin('organisation', 'add', '--host', 'delta.ljungby.example',
                          '--code', '0781', *words)

    def test_an_organisation_is_added(self):
        self.assertEqual(self.add(*PEOPLE).returncode, 0)
        self.assertEqual(self.rows('SELECT name FROM organisation'), [('Ljungby kommun',)])
        self.assertEqual(self.rows('SELECT count(*) FROM outbox'), [(2,)])
        self.assertTrue((self.folder / 'keys/people.key').exists())
        self.assertEqual((self.folder / 'keys/mail.key').stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.add(*PEOPLE).returncode, 1)  # the host name is taken

    def test_one_administrator_is_too_few(self):
        self.assertEqual(self.add(*PEOPLE[:2]).returncode, 2)
        self.assertEqual(self.rows('SELECT count(*) FROM organisation'), [(0,)])

    def test_a_second_factor_is_reset_with_a_reason(self):
        self.assertEqual(self.add(*PEOPLE).returncode, 0)
        self.rows("INSERT INTO second_factor (tenant, account, secret, last_step, made_at) "
                  "SELECT tenant, id, zeroblob(60), 1, 1 FROM account "
                  "WHERE email = 'ada@ljungby.example'")
        whom = ['--host', 'delta.ljungby.example', '--email', 'ada@ljungby.example']
        self.assertEqual(self.admin('second-factor-reset', *whom).returncode, 2)
        self.assertEqual(self.rows('SELECT count(*) FROM second_factor'), [(1,)])
        done = self.admin('second-factor-reset', *whom, '--reason', 'Vi träffades.')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(self.rows('SELECT count(*) FROM second_factor'), [(0,)])
        self.assertEqual(self.rows("SELECT count(*) FROM outbox WHERE kind = "
                                   "'second_factor_reset'"), [(1,)])
        again = self.admin('second-factor-reset', *whom, '--reason', 'Vi träffades.')
        self.assertEqual(again.returncode, 1)

    def test_what_it_does_not_know_is_refused(self):
        self.assertEqual(self.admin('organisation', 'remove').returncode, 2)
        self.assertFalse((self.folder / 'keys').exists())


if __name__ == '__main__':
    unittest.main()
