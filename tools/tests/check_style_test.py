"""Each rule of check_style with a text that it must refuse, and one just within it."""
import unittest

from loading import Tree, load

check_style = load('check_style')


def c_function(lines):
    return 'static void act(void) {\n' + '    step();\n' * lines + '}\n'


REFUSED = [  # file, text, part of the finding
    ('src/a.c', 'int a;\n' * 601, 'file has 601 lines'),
    ('src/a.c', c_function(61), 'function has 61 lines'),
    ('src/a.c', 'static void act(int a,\n                int b) {\n' + '    x();\n' * 61 + '}\n',
     'function has 61 lines'),
    ('src/a.c', '/* ' + 'a' * 98 + ' */\n', '104 characters'),
    ('src/a.c', 'int a; \n', 'blanks at the end'),
    ('src/a.c', '\tint a;\n', 'a tab'),
    ('src/a.c', 'int a;', 'no newline'),
    ('src/a.c', '/* TO' 'DO: later */\n', 'unfinished'),
    ('README.md', 'FIX' 'ME\n', 'unfinished'),
    ('README.md', 'see /ro' 'ot/radslag\n', 'machine'),
    ('tools/a.sh', 'cd /wo' 'rk/main\n', 'machine'),
    ('package.json', '"https://registry.npm' 'js.org/"\n', 'registry'),
    ('src/a.h', 'typedef struct a a;\n', 'typedef'),
    ('src/a.h', 'int act(void);\n', 'act is not explained'),
    ('src/a.h',
     '/* What a is. */\nstruct a;\n\nenum error act(struct a *a,\n               int b);\n',
     'act is not explained'),
    ('src/a.c', 'say("Ogiltig röst, försök igen");\n', 'Swedish'),
    ('src/a/templates/a.html', '<p>Hello there</p>\n', '"Hello there"'),
    ('src/a/templates/a.html', '<p>{{name}} är bra</p>\n', '"är bra"'),
    ('src/a/templates/a.html', '<a href="/" title="Start page">{{t.x}}</a>\n', '"Start page"'),
    ('src/a/templates/a.txt', 'Welcome {{name}}\n', '"Welcome"'),
    ('README.md', 'see [that](docs/that.md)\n', 'docs/that.md does not exist'),
    ('src/utils/a.c', 'int a;\n', 'utils'),
    ('src/helpers.c', 'int a;\n', 'helpers'),
    ('tools/a.py', 'def act():\n' + '    step()\n' * 61, 'function act has 61 lines'),
]
CLEAN = [
    ('src/a.c', 'int a;\n' * 600),
    ('src/a.c', c_function(60)),
    ('src/a.c', '/* ' + 'ö' * 94 + ' */\n'),
    ('src/a.c', '/* no typedef of ours; "röst räknas" in a comment */\nint a;\n'),
    ('src/a.c', 'static const char *const groups[] = {"àáâãäåāă", "òóôõöøō"};\n'),
    ('src/a.c', 'print("Rådslag: the working place");\n'),
    ('src/tests/a_test.c', 'check("Ogiltig röst, försök igen");\n'),
    ('src/a.h', '/* Acts once. */\nint act(void);\nint act_again(void);\n'),
    ('src/a.h', 'int act(void); /* once */\n'),
    ('src/a.h', 'int act(int a,\n        int b); /* once */\n'),
    ('src/a.h',
     '/* What a is. */\nstruct a;\nextern const struct a all[];\n#define A(x) act(x)\n'),
    ('src/a/templates/a.html',
     '<title>{{t.a.title}}</title>\n<p class="rs-lead">{{name}} ({{n|number}} &middot; x)</p>\n'),
    ('src/a/templates/a.html', '<style>\nbody { margin: 0 }\n</style>\n<p>{{name}}</p>\n'),
    ('src/a/templates/a.txt', '{{t.a.link}}: {{frame.site}}/login/link/{{link}}\n'),
    ('docs/a.md', '[this](a.md#part) [there](https://example.org) [up](../docs)\n'),
    ('Makefile', 'run:\n\t@make\n'),
    ('src/frame/theme/base.css', 'a\n' * 900),
    ('src/sv.po', 'msgid "a"\nmsgstr "Röst med många ord"\n'),
]


def findings(name, text):
    with Tree({name: text}) as root:
        checker = check_style.Checker(root)
        for path in check_style.files(root):
            checker.check(path)
        return checker


class Style(unittest.TestCase):
    def test_refused(self):
        for name, text, part in REFUSED:
            with self.subTest(part):
                found = findings(name, text).findings
                self.assertEqual(len(found), 1, found)
                self.assertIn(part, found[0])
                self.assertTrue(found[0].startswith(name), found[0])

    def test_clean(self):
        for name, text in CLEAN:
            with self.subTest(text[:60]):
                self.assertEqual(findings(name, text).findings, [])

    def test_listed_before_refused(self):
        for text in ('int a;\n' * 401, c_function(51)):
            self.assertEqual(len(findings('src/a.c', text).near), 1)
        for text in ('int a;\n' * 400, c_function(50)):
            self.assertEqual(findings('src/a.c', text).near, [])


if __name__ == '__main__':
    unittest.main()
