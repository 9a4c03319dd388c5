"""How the runner counts."""
import io
import pathlib
import tempfile
import unittest

from loading import load

check = load('check')

CMOCKA = '''[==========] Running 3 test(s).
[ RUN      ] page_is_found
[       OK ] page_is_found
[ RUN      ] page_is_lost
[  FAILED  ] page_is_lost
[ RUN      ] page_waits
[  SKIPPED ] page_waits
[==========] 3 test(s) run.
[  PASSED  ] 1 test(s).
[  SKIPPED ] 1 test(s), listed below:
[  SKIPPED ] page_waits
[  FAILED  ] 1 test(s), listed below:
[  FAILED  ] page_is_lost
'''


def counts(result):
    return result.passed, result.failed, len(result.skips)


class Counting(unittest.TestCase):
    def program(self, result, text):
        test = {'name': 'page', 'result': result, 'stdout': text}
        return check.count_program(io.StringIO(), test)

    def test_a_test_program(self):
        self.assertEqual(counts(self.program('FAIL', CMOCKA)), (1, 1, 1))
        self.assertEqual(counts(self.program('OK', '[  PASSED  ] 12 test(s).\n')), (12, 0, 0))
        self.assertEqual(counts(self.program('OK', 'no cmocka')), (1, 0, 0))
        self.assertEqual(counts(self.program('SKIP', 'no server')), (0, 0, 1))

    def test_a_program_that_fell_over(self):
        for result in ('FAIL', 'TIMEOUT', 'ERROR', 'INTERRUPT'):
            self.assertEqual(counts(self.program(result, '[  PASSED  ] 3 test(s).\n'))[1], 1)

    def counted(self, script):
        with tempfile.TemporaryDirectory() as folder:
            with pathlib.Path(folder, 'log').open('w+', encoding='utf-8') as log:
                return counts(check.counted(log, 'sh', '-c', script))

    def test_lines(self):
        self.assertEqual(self.counted('echo ok a; echo ok b; echo skip c: why'), (2, 0, 1))
        self.assertEqual(self.counted('echo ok a; echo not ok b; exit 1'), (1, 1, 0))

    def test_lines_and_status_must_agree(self):
        self.assertEqual(self.counted('echo ok a; exit 1'), (1, 1, 0))
        self.assertEqual(self.counted('echo not ok a'), (0, 2, 0))
        self.assertEqual(self.counted('true'), (0, 1, 0))


if __name__ == '__main__':
    unittest.main()
