"""Durable acts a second, beside pgbench with the same insert, one transaction each.

Ballots: one row in one table, through the write lane alone (bench/acts). Letters: a real act by
HTTP: the form's proof and one-time token are checked, fields validated, the answer goes out when
the commit is on disk. It makes four rows: act, letter, task, mail. pgbench makes the same four with
one statement; and, for comparison, the letter's row alone.
"""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

import load

sys.path.insert(0, str(load.HERE.parent / 'tests'))
import service as tests  # noqa: E402

PGBENCH = '/usr/lib/postgresql/15/bin/pgbench'
CLIENTS = (64, 256)
AIM = 1.5
# pgbench's time counts from before its clients are connected, but its rate does not. On a busy
# machine that takes long, and no transaction is left to count.
CONNECTING_SECONDS, CONNECTING_SECONDS_MAX = 2, 60
FORMS = 500
FORM, FORM_SECONDS = '/contact', 4.2  # sooner is taken for a robot; tokens count in seconds
LETTER = {'subject': 'question', 'name': '', 'email': '', 'about': '', 'website': '', 'human': ''}
ROW_INSERT = '''
INSERT INTO contact (tenant, reference, subject, language, message, received_at, due_at)
VALUES ((SELECT min(id) FROM organisation), substr(md5(random()::text), 1, 9), 'question', 'sv',
    'Hej torg skola park brygga lekplats bibliotek cykelbana skog torg', 1, 2)
ON CONFLICT DO NOTHING
'''
LETTER_INSERT = f'''
WITH letter AS ({ROW_INSERT} RETURNING tenant, id, reference),
act AS (
    INSERT INTO act (tenant, route, token, fields, status, address, at)
    SELECT tenant, 'POST /contact', md5(reference), sha256(reference::bytea), 201,
        '/contact/receipt/' || reference, 1 FROM letter
    ON CONFLICT DO NOTHING),
task AS (
    INSERT INTO task (tenant, cause, role, word, detail, address, due_at, made_at)
    SELECT tenant, 'contact:' || id, 'process_lead', 'task.answer_contact', reference,
        '/contact/' || id, 2, 1 FROM letter
    ON CONFLICT DO NOTHING)
INSERT INTO outbox (tenant, kind, cause, recipient, address, language, facts, at_once, state,
    queued_at, due_at)
SELECT tenant, 'contact_notice', 'contact/' || reference || '/notice', md5(reference),
    'dialog@ljungsjo.example', 'sv', '{{"reference":"' || reference || '","subject":"question",'
    '"due_at":"2026-11-29T230000Z","address":"/contact/' || id || '"}}', 0, 'queued', 1, 2
FROM letter
ON CONFLICT DO NOTHING
'''
BALLOT_INSERT = '''
\\set voter random(1, 100000)
INSERT INTO ballot (tenant, poll, voter, choices) VALUES (1, 1, :voter, '17 42 108')
ON CONFLICT (tenant, poll, voter) DO UPDATE
SET choices = excluded.choices, revision = ballot.revision + 1;
'''
SAID = re.compile(r'(\d+) clients +(\d+) acts/s +p50 +\d+ us +p99 +(\d+) us.* (\d+) failed')


class Where:
    """What tests.Browser wants to know of a service."""

    def __init__(self, server):
        self.port = int(server.url.rsplit(':', 1)[1])


def database_made(name):
    """Address of a new, empty database of the private PostgreSQL."""
    server = os.environ['RADSLAG_TEST_POSTGRESQL']
    for sql in (f'DROP DATABASE IF EXISTS {name}', f'CREATE DATABASE {name}'):
        subprocess.run(['psql', '-q', server, '-c', sql], check=True, stderr=subprocess.DEVNULL)
    return server.rsplit('/', 1)[0] + '/' + name


def pgbench(database, folder, insert, clients, seconds):
    """Transactions a second."""
    script = pathlib.Path(folder, 'insert.sql')
    script.write_text(insert + ';')
    connecting = CONNECTING_SECONDS
    while True:
        said = subprocess.run(
            [PGBENCH, '-n', '-M', 'prepared', '-j', '1', '-c', str(clients), '-T',
             str(seconds + connecting), '-f', script, database], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, check=False)
        if said.returncode != 0:
            raise load.Failed(f'pgbench: {said.stderr.strip()[-200:]}')
        rate = re.search(r'tps = ([\d.]+)', said.stdout)
        if rate:
            return float(rate.group(1))
        if connecting > CONNECTING_SECONDS_MAX:
            raise load.Failed(f'pgbench: {clients} clients are not connected in {connecting} s')
        connecting *= 2


def ballots(program, address, seconds):
    """clients → (acts a second, p99 in ms), of the write lane."""
    said = subprocess.run([program, str(seconds), address], stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL, check=False)
    found = {}
    for clients, rate, p99, failed in SAID.findall(said.stdout):
        if failed != '0':
            raise load.Failed(f'{failed} ballots failed')
        found[int(clients)] = (float(rate), int(p99) / 1000)
    if said.returncode != 0 or not found:
        raise load.Failed('bench/acts did not run')
    return found


class Letters:
    """What wrk sends: forms of one visitor, fetched beforehand, each with its one-time token."""

    def __init__(self, server, folder):
        browser = tests.Browser(Where(server))
        tokens = []
        for number in range(FORMS):
            status = browser.get(FORM, **{'X-Forwarded-For': f'10.254.0.{number % 250}'}).status
            if status != 200:
                raise load.Failed(f'{FORM} answers {status}')
            tokens.append(browser.form(FORM)['form'])
        time.sleep(FORM_SECONDS)
        self.server = server
        self.cookie = '; '.join(f'{name}={value}' for name, value in browser.cookies.items())
        self.forms = pathlib.Path(folder, 'forms')
        self.forms.write_text('\n'.join(tokens) + '\n')

    def send(self, clients, seconds):
        """wrk sends letters, each with words of its own from an address of its own: no two are the
        same act, none meets a rate limit. (Letters a second, p99 in ms)."""
        found = load.wrk(self.server, FORM, clients, seconds, {'Cookie': self.cookie},
                         'letters.lua', {'FIELDS': urllib.parse.urlencode(LETTER),
                                         'FORMS': str(self.forms)})
        return found.rate, found.p99_ms


def row(make_row, what, ours, theirs, aim=AIM):
    """A line of the results from rounds of (rate, p99) and of pgbench's rates."""
    ratios = [one[0] / other for one, other in zip(ours, theirs)]
    middle = statistics.median(ratios)
    return make_row(what, f'{statistics.median(one[0] for one in ours):,.0f}/s, '
                    f'p99 {statistics.median(one[1] for one in ours):.1f} ms',
                    f'{statistics.median(theirs):,.0f}/s',
                    f'{middle:.2f} ({min(ratios):.2f}–{max(ratios):.2f})',
                    f'≥ {aim}' if aim else '–', middle >= aim if aim else None)


def ballot_rows(program, folder, rounds, seconds, make_row):
    database = database_made('ballots')
    ballots(program, database, 0.1)  # makes the table
    ours, theirs = {n: [] for n in CLIENTS}, {n: [] for n in CLIENTS}
    for number in range(rounds):
        found = ballots(program, f'sqlite:{folder}/ballots-{number}.db', seconds)
        for clients in CLIENTS:
            ours[clients].append(found[clients])
            theirs[clients].append(pgbench(database, folder, BALLOT_INSERT, clients, seconds))
    return [row(make_row, f'ballots through the write lane, {clients} clients', ours[clients],
                theirs[clients]) for clients in CLIENTS]


def letter_rows(service, program, folder, rounds, seconds, make_row):
    database = database_made('letters')
    maker = load.radslag(program, folder, database)  # makes the tables
    maker.wait_for_answer('/')
    maker.stop()
    post = Letters(service, folder)
    rows = []
    for clients in CLIENTS:
        ours, theirs, alone = [], [], []
        for _ in range(rounds):
            ours.append(post.send(clients, seconds))
            theirs.append(pgbench(database, folder, LETTER_INSERT, clients, seconds))
            alone.append(pgbench(database, folder, ROW_INSERT, clients, seconds))
        rows += [row(make_row, f'letters over HTTP, {clients} clients', ours, theirs),
                 row(make_row, 'the same, beside the insert of one of the rows', ours, alone, None)]
    return rows
