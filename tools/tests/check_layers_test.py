"""Each layer rule with an include that it must refuse, and one that it must let pass."""
import unittest

from loading import Tree, load

check_layers = load('check_layers')

HEADERS = ['platform/base/arena.h', 'platform/db/db.h', 'platform/view/view.h',
           'platform/http/http.h', 'platform/http/inside.h', 'platform/mail/mail.h',
           'platform/jobs/jobs.h', 'methods/tally/tally.h', 'people/people.h', 'people/store.h',
           'people/rules.h', 'people/rights.def', 'people/views.h', 'pages/pages.h',
           'pages/store.h', 'people/tests/site.h', 'commands/command.h']
REFUSED = [
    ('platform/base/arena.c', 'platform/db/db.h'),
    ('platform/db/lane.c', 'platform/view/view.h'),
    ('platform/view/view.c', 'platform/db/db.h'),
    ('platform/jobs/jobs.c', 'platform/mail/mail.h'),
    ('platform/http/http.c', 'platform/mail/mail.h'),
    ('platform/http/http.c', 'people/people.h'),
    ('platform/db/tests/lane_test.c', 'people/people.h'),
    ('platform/mail/outbox.c', 'platform/http/inside.h'),
    ('methods/tally/tally.c', 'platform/db/db.h'),
    ('methods/tally/tally.c', 'people/people.h'),
    ('people/rules.c', 'platform/db/db.h'),
    ('people/rules.c', 'platform/http/http.h'),
    ('people/rules.c', 'people/store.h'),
    ('people/rules.c', 'people_statements.h'),
    ('people/tests/rules_test.c', 'platform/db/db.h'),
    ('people/store.c', 'platform/http/http.h'),
    ('people/store.c', 'platform/view/view.h'),
    ('people/store.c', 'methods/tally/tally.h'),
    ('people/store.c', 'pages/store.h'),
    ('people/store.c', 'pages_statements.h'),
    ('people/pages.c', 'pages/store.h'),
    ('people/pages.c', 'commands/command.h'),
    ('pages/pages.c', 'people/tests/site.h'),
    ('people/pages.c', 'people/nowhere.h'),
]
ALLOWED = [
    ('pages/tests/pages_test.c', 'people/tests/site.h'),
    ('platform/mail/outbox.c', 'platform/jobs/jobs.h'),
    ('platform/mail/demo.c', 'platform/http/http.h'),
    ('platform/db/lane.c', 'platform/base/arena.h'),
    ('platform/http/http.c', 'platform/view/view.h'),
    ('platform/http/http.c', 'platform/http/inside.h'),
    ('platform/http/tests/http_test.c', 'platform/http/inside.h'),
    ('platform/db/lane.c', 'db_statements.h'),
    ('methods/tally/tally.c', 'platform/base/arena.h'),
    ('people/rules.c', 'platform/base/arena.h'),
    ('people/rules.c', 'methods/tally/tally.h'),
    ('people/rules.c', 'people/rules.h'),
    ('people/rules.c', 'people/rights.def'),
    ('people/store.c', 'platform/db/db.h'),
    ('people/store.c', 'people/rules.h'),
    ('people/store.c', 'people/views.h'),
    ('people/store.c', 'people_statements.h'),
    ('people/store.c', 'pages/pages.h'),
    ('people/pages.c', 'store.h'),
    ('people/pages.c', 'platform/http/http.h'),
    ('people/pages.c', 'pages/pages.h'),
    ('main.c', 'commands/command.h'),
    ('main.c', 'people/store.h'),
    ('records/tests/pages_test.c', 'people/tests/site.h'),
    ('commands/serve.c', 'people/people.h'),
]


def findings(path, included):
    files = {f'src/{name}': '' for name in HEADERS}
    files[f'src/{path}'] = f'#include <stdio.h>\n#include "{included}"\n'
    with Tree(files) as root:
        return check_layers.check(root)


class Layers(unittest.TestCase):
    def test_refused(self):
        for path, included in REFUSED:
            with self.subTest(f'{path} <- {included}'):
                found = findings(path, included)
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(f'src/{path}:2: "{included}": '), found[0])

    def test_allowed(self):
        for path, included in ALLOWED:
            with self.subTest(f'{path} <- {included}'):
                self.assertEqual(findings(path, included), [])


if __name__ == '__main__':
    unittest.main()
