"""Durable acts a second: letters to the organisation over HTTP, beside pgbench inserting the rows.

A letter is a real act: the form's proof and one-time token are checked, fields are validated, and
the answer goes out when the commit is on disk. pgbench inserts the row alone, into the same table.
"""
import os
import pathlib
import re
import statistics
import subprocess
import sys

import load

sys.path.insert(0, str(load.HERE.parent / 'tests'))
import service as tests  # noqa: E402

PGBENCH = '/usr/lib/postgresql/15/bin/pgbench'
CLIENTS = (64, 256)
AIM = 1.5
FORM = '/contact'
LETTER = {'subject': 'question', 'name': '', 'email': '', 'about': '', 'website': '', 'human': ''}
INSERT = '''
INSERT INTO contact (tenant, reference, subject, language, message, received_at, due_at)
VALUES ({tenant}, substr(md5(random()::text), 1, 9), 'question', 'sv', 'A letter.', 1, 2)
ON CONFLICT DO NOTHING;
'''


class Where:
    """What tests.Browser wants to know of a service."""

    def __init__(self, server):
        self.port = int(server.url.rsplit(':', 1)[1])


def letters(server, clients, seconds):
    """wrk sends letters, each with words of its own from an address of its own: no two are the same
    act, none meets a rate limit."""
    browser = tests.Browser(Where(server))
    if browser.get(FORM).status != 200:
        raise load.Failed(f'{FORM} answers {browser.get(FORM).status}')
    fields = {**browser.form(FORM), **LETTER}
    cookie = '; '.join(f'{name}={value}' for name, value in browser.cookies.items())
    return load.wrk(server, FORM, clients, seconds, {'Cookie': cookie}, 'letters.lua',
                    {'FIELDS': tests.urllib.parse.urlencode(fields)})


def inserts(database, script, clients, seconds):
    """pgbench: (transactions a second, mean latency in ms)."""
    said = subprocess.run(
        [PGBENCH, '-n', '-M', 'prepared', '-j', '1', '-c', str(clients), '-T', str(seconds),
         '-f', script, database], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        check=False)
    rate = re.search(r'tps = ([\d.]+)', said.stdout)
    if said.returncode != 0 or not rate:
        raise load.Failed(f'pgbench: {said.stderr.strip().splitlines()[-1:]}')
    return float(rate.group(1))


def prepare_postgresql(program, folder):
    """Lets our own program make its tables in PostgreSQL; pgbench's script for them."""
    database = os.environ['RADSLAG_TEST_POSTGRESQL']
    maker = load.radslag(program, folder, database)
    maker.wait_for_answer('/')
    maker.stop()
    tenant = subprocess.run(['psql', database, '-Atc', 'SELECT min(id) FROM organisation'],
                            stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    script = pathlib.Path(folder, 'insert.sql')
    script.write_text(INSERT.format(tenant=tenant))
    return database, script


def rows(service, program, folder, rounds, seconds, make_row):
    """A row of the results for each number of clients."""
    if not os.path.exists(PGBENCH):
        raise load.Failed('pgbench is not installed')
    database, script = prepare_postgresql(program, folder)
    found = []
    for clients in CLIENTS:
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(letters(service, clients, seconds))
            theirs.append(inserts(database, script, clients, seconds))
        ratios = [one.rate / other for one, other in zip(ours, theirs)]
        middle = statistics.median(ratios)
        found.append(make_row(
            f'letters over HTTP, {clients} clients',
            f'{statistics.median(one.rate for one in ours):,.0f}/s, '
            f'p99 {statistics.median(one.p99_ms for one in ours):.1f} ms, '
            f'{statistics.median(one.cpu_us for one in ours):.1f} µs',
            f'{statistics.median(theirs):,.0f}/s',
            f'{middle:.2f} ({min(ratios):.2f}–{max(ratios):.2f})', f'≥ {AIM}', middle >= AIM))
    return found
