"""Naming a banned function stops both compilers."""
import re
import shutil
import subprocess
import unittest

from loading import TOOLS, Tree

ROOT = TOOLS.parent


class Banned(unittest.TestCase):
    def test_every_name_is_refused(self):
        names = [name for line in (ROOT / 'banned.h').read_text().splitlines()
                 if line.startswith('#pragma GCC poison') for name in line.split()[3:]]
        self.assertIn('strcpy', names)
        source = ''.join(f'void use_{number}(void) {{ {name}(); }}\n'
                         for number, name in enumerate(names))
        for compiler in filter(shutil.which, ('gcc', 'clang')):
            with self.subTest(compiler), Tree({'a.c': source}) as root:
                said = subprocess.run(
                    [compiler, '-D_GNU_SOURCE', '-w', '-include', ROOT / 'banned.h', '-c', 'a.c',
                     '-o', '/dev/null'] + (['-ferror-limit=0'] if compiler == 'clang' else []),
                    cwd=root, stderr=subprocess.PIPE, text=True, check=False)
                self.assertNotEqual(said.returncode, 0)
                lines = {int(line) for line in
                         re.findall(r'^a\.c:(\d+):\d+: error: .*poison', said.stderr, re.M)}
                self.assertEqual(lines, set(range(1, len(names) + 1)))


if __name__ == '__main__':
    unittest.main()
