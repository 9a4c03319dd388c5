"""tools/setup against a machine of stand-ins: what it installs, when, and when it does nothing."""
import os
import pathlib
import shutil
import subprocess
import unittest

from loading import TOOLS, Tree

PACKAGES = '''# list
[run]
gcc
nodejs = node
[check]
chromium
[bench]
wrk
'''
STAND_INS = {
    'dpkg-query': 'for n in $PRESENT; do echo "installed $n"; done; echo "not-installed wrk"',
    'apt-get': 'echo "apt-get $*" >>"$CALLS"; exit ${APT_STATUS:-0}',
    'id': 'echo "${WHO:-0}"',
    'npm': 'echo "npm $*" >>"$CALLS"; mkdir -p node_modules',
    'meson': 'echo "meson $*" >>"$CALLS"; mkdir -p build; touch build/build.ninja',
}
SYSTEM = ['sh', 'sed', 'cat', 'cut', 'sha256sum', 'grep', 'dirname', 'mktemp', 'tail', 'rm', 'env',
          'touch', 'mkdir']
ALL = 'gcc nodejs chromium wrk'


class Setup(unittest.TestCase):
    def setUp(self):
        self.tree = Tree({'tools/packages.txt': PACKAGES, 'package.json': '{}',
                          'package-lock.json': '{}'})
        self.addCleanup(self.tree.folder.cleanup)
        self.root = self.tree.root
        shutil.copy(TOOLS / 'setup', self.root / 'tools/setup')
        (self.root / 'bin').mkdir()
        for name, script in STAND_INS.items():
            self.stand_in(name, script)
        for name in SYSTEM:
            (self.root / 'bin' / name).symlink_to(shutil.which(name))

    def stand_in(self, name, script):
        path = self.root / 'bin' / name
        path.write_text(f'#!/bin/sh\n{script}\n')
        path.chmod(0o755)

    def run_setup(self, *words, **environment):
        """(status, what was called, what was said)."""
        calls = self.root / 'calls.txt'
        calls.write_text('')
        done = subprocess.run([self.root / 'tools/setup', *words], check=False, text=True,
                              stderr=subprocess.PIPE,
                              env={'PATH': str(self.root / 'bin'), 'CALLS': str(calls),
                                   'PRESENT': '', **environment})
        return done.returncode, calls.read_text().splitlines(), done.stderr

    def test_installs_what_is_missing_of_its_section(self):
        status, calls, _ = self.run_setup('run')
        self.assertEqual(status, 0)
        installs = [call for call in calls if ' install ' in call]
        self.assertEqual(len(installs), 1)
        self.assertTrue(installs[0].endswith('install -y --no-install-recommends gcc nodejs'))
        self.assertIn('npm ci --ignore-scripts --no-progress --loglevel=error --omit=dev', calls)
        self.assertTrue(calls[-1].startswith('meson setup build '))

        _, calls, _ = self.run_setup('bench', PRESENT='gcc nodejs')
        self.assertTrue(any(call.endswith(' chromium wrk') for call in calls), calls)

    def test_does_nothing_the_second_time(self):
        self.run_setup('check', PRESENT=ALL)
        self.assertEqual(self.run_setup('check', PRESENT=ALL)[:2], (0, []))
        self.assertEqual(self.run_setup('run', PRESENT=ALL)[:2], (0, []))

    def test_npm_again_when_the_lock_changed_or_tests_need_more(self):
        self.run_setup('run', PRESENT=ALL)
        self.assertEqual(len(self.run_setup('check', PRESENT=ALL)[1]), 1)
        (self.root / 'package-lock.json').write_text('{"changed": true}')
        self.assertEqual(len(self.run_setup('run', PRESENT=ALL)[1]), 1)

    def test_a_command_of_another_source_will_do(self):
        self.stand_in('node', 'exit 0')
        calls = self.run_setup('run', PRESENT='gcc')[1]
        self.assertFalse(any(call.startswith('apt-get') for call in calls), calls)

    def test_others_than_root_need_sudo(self):
        status, calls, said = self.run_setup('run', WHO='1000')
        self.assertEqual((status, calls), (1, []))
        self.assertIn('apt-get install gcc nodejs', said)
        self.stand_in('sudo', 'echo sudo >>"$CALLS"; exec "$@"')
        status, calls, _ = self.run_setup('run', WHO='1000')
        self.assertEqual((status, calls[0]), (0, 'sudo'))
        self.assertEqual(self.run_setup('run', WHO='1000', PRESENT=ALL)[:2], (0, []))

    def test_says_when_it_cannot(self):
        status, calls, said = self.run_setup('run', APT_STATUS='100')
        self.assertEqual(status, 1)
        self.assertIn('apt-get failed', said)
        self.assertFalse(any(call.startswith(('npm', 'meson')) for call in calls))
        self.assertEqual(self.run_setup('everything')[0], 2)
        (self.root / 'bin/apt-get').unlink()
        self.assertIn('no Debian', self.run_setup('run')[2])


@unittest.skipUnless(os.path.exists('/usr/lib/postgresql/15/bin/initdb'), 'needs postgresql-15')
class WithPostgresql(unittest.TestCase):
    def test_starts_asks_and_leaves_nothing(self):
        asked = ("psql \"$RADSLAG_TEST_POSTGRESQL\" -Atc 'show server_encoding' -c 'show lc_ctype' "
                 "-c 'show fsync' -c 'show data_directory'; exit 7")
        done = subprocess.run([TOOLS / 'with-postgresql', 'sh', '-c', asked], text=True,
                              stdout=subprocess.PIPE, check=False)
        encoding, locale, fsync, folder = done.stdout.splitlines()
        self.assertEqual((done.returncode, encoding, locale, fsync), (7, 'UTF8', 'C.UTF-8', 'on'))
        self.assertFalse(pathlib.Path(folder).parent.exists())


if __name__ == '__main__':
    unittest.main()
