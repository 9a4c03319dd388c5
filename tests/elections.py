"""radslag import, export and verify from the command line, beside a data file of their own.

    RADSLAG=build/radslag tests/elections.py
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest
import zipfile

PROGRAM = os.environ.get('RADSLAG', 'build/radslag')
HOST = 'ljungsjo.localhost'
SEED = pathlib.Path(__file__).parent / 'fuzz/bundle/held.seed'
GOOD = ('META\nkey;value\ndescription;Åviks val\ncountry;Sweden\nnum_projects;3\nnum_votes;12\n'
        'budget;100\nvote_type;approval\nPROJECTS\nproject_id;cost;name\np1;60;Bänk\np2;50;Gunga\n'
        'p3;40;Brygga\nVOTES\nvoter_id;vote\n'
        + ''.join(f'{voter};{"p1,p3" if voter % 3 else "p2"}\n' for voter in range(12)))


class Elections(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.good = self.written('good.pb', GOOD)

    def written(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_program(self, *words):
        return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True,
                              check=False)

    def beside(self, *words):
        return self.run_program(*words, '--tenant', HOST, '--database',
                                f'sqlite:{self.folder}/radslag.db')

    def imported(self, *words):
        return self.beside('import', 'pabulib', *words, '--demo', '--keys', self.folder / 'keys')

    def rows(self, sql):
        with sqlite3.connect(self.folder / 'radslag.db') as database:
            return database.execute(sql).fetchall()

    def rounds(self):
        return self.rows('SELECT count(*) FROM campaign WHERE origin IS NOT NULL')[0][0]

    def test_in_and_out_again(self):
        done = self.imported(self.good)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(done.stdout, f'{self.good}: /budgets/aviks-val\n')
        out = self.beside('export', 'pabulib', 'aviks-val')
        self.assertEqual((out.returncode, out.stderr), (0, ''))
        again = self.written('again.pb', out.stdout)
        before, after = (json.loads(self.run_program('tally', path, '--format', 'json').stdout)
                         for path in (self.good, again))
        self.assertEqual(before, after)
        self.assertEqual(self.imported(again).returncode, 0)
        self.assertEqual(self.rounds(), 2)

    def test_twice_is_refused(self):
        self.assertEqual(self.imported(self.good).returncode, 0)
        again = self.imported(self.good)
        self.assertEqual(again.returncode, 2)
        self.assertIn('has been imported already', again.stderr)
        self.assertEqual(self.rounds(), 1)

    def test_one_bad_file_stops_all_with_its_line(self):
        bad = self.written('bad.pb', GOOD.replace('p2;50', 'p2;-50'))
        done = self.imported(self.good, bad)
        self.assertEqual(done.returncode, 2)
        self.assertIn(f'{bad}:12: cost: expected an amount', done.stderr)
        self.assertEqual(self.rounds(), 0)
        self.assertEqual(self.rows("SELECT count(*) FROM page WHERE title = 'Åviks val'"), [(0,)])

    def test_bad_usage(self):
        for words in (['import', self.good], ['import', 'pabulib'], ['export', 'pabulib'],
                      ['import', 'pabulib', self.good],
                      ['import', 'pabulib', self.good, '--zero-support', 'maybe'],
                      ['import', 'pabulib', self.good, '--satisfaction', 'joy'],
                      ['verify'], ['verify', SEED, '--format', 'paper'],
                      ['verify', self.folder / 'nothing.zip'], ['verify', self.good]):
            done = self.run_program(*words)
            self.assertEqual((done.returncode, done.stdout), (2, ''), words)
            self.assertTrue(done.stderr.startswith('radslag: '), words)
        self.imported(self.good)
        self.assertEqual(self.beside('export', 'pabulib', 'nothing').returncode, 2)
        self.assertEqual(self.beside('export', 'pabulib', 'aviks-val', '--pot', '2').returncode, 2)

    def test_verify_says_yes(self):
        done = self.run_program('verify', SEED)
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertIn('\nYes: 8 files are whole', done.stdout)

    def test_verify_says_no_with_the_place(self):
        content = SEED.read_bytes()
        with zipfile.ZipFile(SEED) as archive:
            ballots = archive.read('ballots.csv')
        changed = content.replace(ballots, ballots.replace(b'"1,2",4', b'"1,2",5'))
        bundle = self.written('b.zip', changed)
        done = self.run_program('verify', bundle)
        self.assertEqual(done.returncode, 1)
        self.assertIn('ballots.csv', done.stdout)
        self.assertIn('result.json: pots[0].ballots\n    expected  15\n    found     14',
                      done.stdout)
        told = json.loads(self.run_program('verify', bundle, '--format', 'json').stdout)
        self.assertFalse(told['verified'])
        self.assertIn('ballots.csv', [finding['file'] for finding in told['findings']])

    def test_other_programs_unpack_it(self):
        with zipfile.ZipFile(SEED) as archive:
            self.assertIsNone(archive.testzip())
            archive.extractall(self.folder / 'out')
        checked = subprocess.run(['sha256sum', '--check', '--quiet', 'MANIFEST'],
                                 cwd=self.folder / 'out', capture_output=True, check=False)
        self.assertEqual(checked.returncode, 0)


if __name__ == '__main__':
    unittest.main()
