"""How a test names a fact."""
import unittest

from loading import Tree, load

check_facts = load('check_facts')


class Facts(unittest.TestCase):
    def test_rows(self):
        text = '| QUA-11 M | a | b |\n| PB-3 S | a | b |\n| id | fact |\nsee QUA-12 M\n'
        self.assertEqual(check_facts.ROW.findall(text), [('QUA-11', 'M'), ('PB-3', 'S')])

    def test_named(self):
        text = ('/* PB-3: once */\nstatic void test_qua_11_two_codes(void **s) {}\n'
                'utf-8 and sha-256; AQUA-7; QUA-110\n')
        with Tree({'a_test.c': text}) as root:
            named = check_facts.facts_named([root / 'a_test.c'], {'QUA', 'PB'})
        self.assertEqual(set(named), {'PB-3', 'QUA-11', 'QUA-110'})


if __name__ == '__main__':
    unittest.main()
