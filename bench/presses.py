"""Presses on the ballot by HTTP, beside pgbench with the same insert, one transaction each.

Each press is a real one: the session of one of many voters, the form's proof, the roll, the phase
of the poll and what may be chosen are looked at, the ballot is deciphered and enciphered, and the
answer goes out when the commit is on disk.
"""
import base64
import hashlib
import os
import pathlib
import sys
import time

import acts
import load

sys.path.insert(0, str(load.HERE.parent / 'tests'))
import polls  # noqa: E402
import service as tests  # noqa: E402

VOTERS = 1000
COOKIE = '__Host-session'
# The rest was under way when the last run ended, and found its ballot as it wanted it.
WRITES_LEAST = 0.9
INSERT = '''
\\set voter random(1, 100000)
INSERT INTO ballot (tenant, poll, ballot_key, choices, revision)
SELECT p.tenant, p.id, sha256(CAST(CAST(:voter AS text) AS bytea)),
    sha256(CAST(CAST(random() AS text) AS bytea)) || sha256('padding'), 1
FROM poll p
WHERE p.tenant = {tenant} AND p.id = {poll} AND p.state = 'locked' AND p.paused_at IS NULL
    AND p.opens_at <= {now} AND p.closes_at > {now}
ON CONFLICT (tenant, poll, ballot_key) DO UPDATE
SET choices = excluded.choices, revision = ballot.revision + 1
'''


class Presses:
    """What wrk sends: sessions of voters of the open round, each with a form token of its own."""

    def __init__(self, server, folder, voters=VOTERS):
        self.poll = polls.Round(pathlib.Path(folder), f'{folder}/radslag.db')
        self.poll.connection.execute('PRAGMA busy_timeout = 5000')
        self.poll.voters(voters)
        self.server, self.sent = server, 0
        self.voters = pathlib.Path(folder, 'voters')
        lines = [f'{COOKIE}={session} {self.form(session)}' for session in self.sessions(voters)]
        self.voters.write_text('\n'.join(lines) + '\n')

    def sessions(self, voters):
        now = int(time.time() * 1_000_000)
        accounts = self.poll.connection.execute(
            "SELECT id FROM account WHERE email LIKE 'rost%@example.org' ORDER BY id LIMIT ?",
            (voters,)).fetchall()
        for account, in accounts:
            session = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip('=')
            self.poll.connection.execute(
                'INSERT INTO session (tenant, account, secret, started_at, last_seen_at, remember) '
                'VALUES (?, ?, ?, ?, ?, 0)',
                (self.poll.tenant, account, hashlib.sha256(session.encode()).digest(), now, now))
            self.poll.connection.commit()
            yield session

    def form(self, session):
        browser = tests.Browser(acts.Where(self.server))
        browser.cookies[COOKIE] = session
        address = f'/polls/{self.poll.number}'
        status = browser.get(address, **{'X-Forwarded-For': session[:12]}).status
        if status != 200:
            raise load.Failed(f'{address} answers {status}')
        return next(fields['form'] for action, fields in tests.Forms(browser.page).each
                    if action.startswith(f'{address}/choices'))

    def written(self):
        return self.poll.connection.execute(
            'SELECT COALESCE(sum(revision), 0) FROM ballot WHERE poll = ?',
            (self.poll.number,)).fetchone()[0]

    def send(self, clients, seconds):
        """(Presses a second, p99 in ms)."""
        before = self.written()
        found = load.wrk(self.server, f'/polls/{self.poll.number}/choices', clients, seconds, {},
                         'presses.lua', {'VOTERS': str(self.voters), 'START': str(self.sent),
                                         'OPTION': str(self.poll.options[0])})
        self.sent += found.requests
        written = self.written() - before
        if written < WRITES_LEAST * found.requests:
            raise load.Failed(f'{found.requests} presses made {written} writes')
        return found.rate, found.p99_ms


def rows(service, program, folder, rounds, seconds, make_row):
    database = acts.database_made('presses')
    maker = load.radslag(program, folder, database)  # makes the tables and the open round
    maker.wait_for_answer('/')
    maker.stop()
    presses = Presses(service, folder)
    insert = INSERT.format(tenant=presses.poll.tenant, poll=presses.poll.number,
                           now=int(time.time() * 1_000_000))
    found = []
    for clients in acts.CLIENTS:
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(presses.send(clients, seconds))
            theirs.append(acts.pgbench(database, folder, insert, clients, seconds))
        found.append(acts.row(make_row, f'presses on the ballot over HTTP, {clients} clients', ours,
                              theirs))
    return found
