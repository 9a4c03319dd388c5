"""Each rule of tools/words with words that it must refuse, and words that it must let pass."""
import contextlib
import io
import unittest

from loading import Tree, load

words = load('words')

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
SV, EN = 'src/frame/words/sv.po', 'src/frame/words/en.po'


def po(*messages):
    return HEADER + ''.join('\n' + message for message in messages)


def message(key, text):
    return f'msgid "{key}"\nmsgstr "{text}"\n'


def plural(key, one, many):
    return f'msgid "{key}"\nmsgid_plural "{key}"\nmsgstr[0] "{one}"\nmsgstr[1] "{many}"\n'


def site(**more):
    """A tree in which all is well, with other files for the named ones."""
    files = {SV: po(message('a.b', 'Hej {name}'), plural('a.n', '{n} rad', '{n} rader')),
             EN: po(message('a.b', 'Hello {name}'), plural('a.n', '{n} row', '{n} rows')),
             'src/a/templates/a.html': '<p>{{t.a.b}} {{t.a.n:count}}</p>\n'}
    files.update({{'sv': SV, 'en': EN, 'html': 'src/a/templates/a.html', 'c': 'src/a/a.c',
                   'h': 'src/a/views.h', 'errors': 'src/platform/base/errors.def',
                   'retention': 'src/platform/view/retention.def',
                   'acts': 'src/records/acts.def'}[name]: text
                  for name, text in more.items()})
    return files


B, N = message('a.b', 'Hej {name}'), plural('a.n', '{n} rad', '{n} rader')
REFUSED = [  # files, part of a finding
    (site(sv=po(N, B)), 'sv.po: not sorted'),
    (site(en=po(message('a.b', 'Hello {name}'))), 'en.po: a.n is missing'),
    (site(sv=po(B)), 'sv.po: a.n is missing'),
    (site(sv=po('#, fuzzy\n' + B, N)), 'a.b is fuzzy'),
    (site(sv=po(message('a.b', ''), N)), 'a.b is empty'),
    (site(sv=po(message('a.b', 'Hej {namn}'), N)), 'a.b: Swedish and English name different'),
    (site(sv=po(B, message('a.n', '{n} rader'))), 'a.n: plural forms in one language'),
    (site(html='<p>{{t.a.b}}</p>\n'), 'a.n is used nowhere'),
    (site(html='<p>{{t.a.b}} {{t.a.n:n}} {{t.a.c}}</p>\n'), 'no word a.c'),
    (site(c='x = word(language, "a.c");\n'), 'no word a.c'),
    (site(c='form_refuse(arena, errors, &login_form, "email",\n            "login.wrong");\n'),
     'no word login.wrong'),
    (site(h='#define LOGIN_FORM(F, T) \\\n    F(T, email, email, , REQUIRED, 0, account, "")\n'
            'FORM(login_form, LOGIN_FORM);\n'), 'no word login_form.email'),
    (site(h='#define R(C, T) C(T, one, "") C(T, two, "")\nCHOICES(role, R);\n'
            '#define A_FORM(F, T) F(T, choice, a, role, REQUIRED, 0, none, "")\n'
            'FORM(a, A_FORM);\n'), 'no word role.two'),
    (site(errors='ERROR(OK, "ok", 200, "")\nERROR(GONE, "gone", 410, "")\n'),
     'no word error.gone.title'),
    (site(retention='RETENTION(account, GIVEN, 1, "")\n'), 'no word retention.account'),
    (site(acts='ACT("page.publish", "")\n'), 'no word audit.act.page.publish'),
    (site(acts='OWN_ACT("page.mine", "")\n'), 'no word audit.act.page.mine'),
    (site(**{'sv': po(B, N), 'c': 'say("field.unheard_of");\n'}), 'no word field.unheard_of'),
]
TWO_TEXTS = 'msgid "a.b"\nmsgstr "Hej {name}"\nmsgstr "Hejsan {name}"\n'
REFUSED += [ # what a merge that takes both sides leaves behind
    (site(sv=po(TWO_TEXTS, N)), 'sv.po: a.b has msgstr twice'),
    (site(sv=po('msgid "a.b"\nmsgid "a.b"\nmsgstr "Hej {name}"\n', N)), 'has msgid twice'),
    (site(sv=po(B, N.replace('msgstr[1]', 'msgstr[0] "{n}"\nmsgstr[1]'))),
     'a.n has msgstr[0] twice'),
    (site(sv=po(B, N + 'msgstr "{n} rader"\n')), 'a.n has msgstr with and without a number'),
    (site(sv=po(B, B, N)), 'sv.po: a.b stands there twice'),
    (site(sv=po(B, message('a.b', 'Tja {name}'), N)), 'sv.po: a.b stands there twice'),
    (site(sv=po(B + message('a.b', 'Tja {name}'), N)), 'sv.po: a.b stands there twice'),
    (site(sv=po('#. said at the door\n' + B, B, N)), 'sv.po: a.b stands there twice'),
    (site(sv=HEADER + po(B, N)), 'stands there twice'),
    (site(sv=po(B, 'msgstr "Tja {name}"\n', N)), 'does not begin with msgid'),
    (site(sv=po('msgid "a.b"\n', N)), 'a.b has no msgstr'),
    (site(sv=po(B.replace('msgstr', 'mgstr'), N)), 'a.b has a line that is none'),
]
CLEAN = [
    site(),
    site(html='<p>{{t.a.b}}</p>\n', c='key(arena, "a.%s", code);\n'),
    site(html='<p>x</p>\n', c='key(arena, "%s.%s", code, name);\n'),
    site(html='<p>{{t.a.b}}</p>\n', h='#define A(C, T) C(T, n, "")\nCHOICES(a, A);\n'),
    site(h='#define A_FORM(F, T) F(T, id, page, , REQUIRED, 0, none, "")\nFORM(b, A_FORM);\n'),
    site(c='/* word(language, "not.there") */\n#include "errors.def"\nopen_file("a.html");\n'),
]


def checked(files):
    told = io.StringIO()
    with Tree(files) as root, contextlib.redirect_stdout(told):
        status = words.check(root)
    return status, told.getvalue()


class Words(unittest.TestCase):
    def test_refused(self):
        for files, part in REFUSED:
            with self.subTest(part):
                status, told = checked(files)
                self.assertEqual(status, 1)
                self.assertIn(part, told)

    def test_clean(self):
        for files in CLEAN:
            with self.subTest(str(files)[-80:]):
                self.assertEqual(checked(files), (0, 'words: 2 keys, 0 findings\n'))

    def test_sorted(self):
        text = words.sorted_text('sv.po', po(message('m.10', 'x'), message('m.9', 'y'), B))
        self.assertEqual(text, po(B, message('m.9', 'y'), message('m.10', 'x')))
        self.assertEqual(words.sorted_text('sv.po', text), text)

    def test_both_sides_of_a_conflict(self):
        text = po('<<<<<<< HEAD\n' + message('b.x', 'x') + '\n' + B + '=======\n' +
                  message('c.y', 'y') + '>>>>>>> other\n', N)
        self.assertEqual(words.sorted_text('sv.po', text),
                         po(B, N, message('b.x', 'x'), message('c.y', 'y')))

    def test_two_meanings_of_a_key(self):
        for text in (po(B, message('a.b', 'Adjö')), po(TWO_TEXTS, N)):
            with self.subTest(text[-80:]), self.assertRaises(SystemExit):
                words.sorted_text('sv.po', text)


if __name__ == '__main__':
    unittest.main()
