#!/usr/bin/python3
"""kill -9 while people vote: every receipt holds, no ballot twice, no choice mixed up (PB-7).

    tests/faults/votes.py [--voters 1000] [--kills 10]

Each voter presses three times, a choice of their own each time. At random moments the program is
killed and started again; who got no answer presses again. Then each voter's ballot holds exactly
the three, with the receipt that was shown after the first press. Then the vote is closed and
sealed, and the program is killed while it seals: each receipt is counted once, and the sums are
those that were pressed.
"""
import argparse
import collections
import hashlib
import http.client
import json
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import polls  # noqa: E402
import service as harness  # noqa: E402

THREADS = 8
PRESSES = 3


class Voters(threading.Thread):
    """Votes for some of the voters, one after the other."""

    def __init__(self, service, poll, keys, done):
        super().__init__(daemon=True)
        self.service, self.poll, self.keys, self.done = service, poll, keys, done
        self.chosen, self.receipts, self.trouble = {}, {}, None

    def ask(self, key, method, path, fields=None):
        """Until an answer comes."""
        body = urllib.parse.urlencode(fields) if fields else None
        for _ in range(2000):
            connection = http.client.HTTPConnection('127.0.0.1', self.service.port, timeout=10)
            try:
                connection.request(method, path, body, {
                    'Accept': 'application/json', 'Authorization': f'Bearer radslag_{key}',
                    'Content-Type': 'application/x-www-form-urlencoded'})
                response = connection.getresponse()
                text = response.read()
                if response.status != 503:
                    return response.status, json.loads(text)
            except (OSError, http.client.HTTPException, ValueError):
                pass
            finally:
                connection.close()
            time.sleep(0.02)
        raise RuntimeError(f'{path}: no answer')

    def vote(self, key):
        path = f'/polls/{self.poll.number}'
        options = random.sample([option[0] for option in polls.OPTIONS], PRESSES)
        for press, option in enumerate(options):
            status, answer = self.ask(key, 'POST', path + '/choices',
                                      {'act': 'choose', 'option': option})
            if status != 200:
                raise RuntimeError(f'press: {status} {answer}')
            if press == 0:
                self.receipts[key] = self.ask(key, 'GET', path + '/receipt')[1]['code']
        self.chosen[key] = sorted(options)
        self.done.append(key)

    def run(self):
        try:
            for key in self.keys:
                self.vote(key)
        except Exception as trouble:  # shown by the main thread
            self.trouble = trouble


def vote_under_fire(service, poll, keys, kills):
    done = []
    groups = [Voters(service, poll, keys[n::THREADS], done) for n in range(THREADS)]
    for group in groups:
        group.start()
    for kill in range(kills):  # spread over the vote
        while len(done) < len(keys) * (kill + 0.5) / kills and \
                any(group.is_alive() for group in groups):
            time.sleep(0.005)
        service.kill()
        service.start()
    for group in groups:
        group.join()
    return groups


def judge_ballots(poll, groups, expect):
    wrong = other = 0
    for group in groups:
        for key, options in group.chosen.items():
            status, ballot = group.ask(key, 'GET', f'/polls/{poll.number}')
            held = sorted(line['option'] for group in ballot['groups']
                          for line in group['options'] if line['chosen'])
            wrong += status != 200 or held != options
            receipt = group.ask(key, 'GET', f'/polls/{poll.number}/receipt')[1]
            other += receipt['code'] != group.receipts[key]
    voted = sum(len(group.chosen) for group in groups)
    rows = poll.rows('ballot')
    expect(f'{voted} voters, {rows} ballots', voted == rows)
    expect('every ballot holds what was pressed', wrong == 0, f'{wrong} do not')
    expect('every receipt is the one first shown', other == 0, f'{other} are not')


def seal_under_fire(service, poll):
    """Closes the vote and has it sealed, with a kill in the middle of the job."""
    service.kill()
    poll.close()
    now = int(time.time() * 1_000_000)
    poll.connection.execute('UPDATE poll SET sealing_at = ? WHERE id = ?', (now, poll.number))
    poll.connection.execute(
        "INSERT INTO job (tenant, kind, key, due_at) VALUES (?, 'ballots.seal', ?, ?)",
        (poll.tenant, str(poll.number), now))
    poll.connection.commit()
    service.start()
    for _ in range(400):
        if poll.rows('receipt') > 0:
            break
        time.sleep(0.005)
    service.kill()
    # The lease of the killed program would end by itself after ten minutes.
    poll.connection.execute("UPDATE job SET due_at = ?, leased_until = NULL "
                            "WHERE kind = 'ballots.seal'", (now,))
    poll.connection.commit()
    service.start()
    for _ in range(2000):
        left = poll.connection.execute(
            "SELECT count(*) FROM job WHERE kind = 'ballots.seal' AND key = ?",
            (str(poll.number),)).fetchone()[0]
        if left == 0:
            return
        time.sleep(0.01)


def judge_count(poll, groups, expect):
    state, = poll.connection.execute('SELECT state FROM poll WHERE id = ?',
                                     (poll.number,)).fetchone()
    expect('the poll is sealed', state == 'sealed', state)
    expect('the secret is gone', not poll.key_file.exists())
    expect('no ballot is left', poll.rows('ballot') == 0)
    pressed = collections.Counter(
        ','.join(map(str, options)) for group in groups for options in group.chosen.values())
    counted = dict(poll.connection.execute(
        'SELECT choices, ballots FROM counted_ballot WHERE poll = ?', (poll.number,)))
    expect('what is counted is what was pressed', counted == dict(pressed))
    receipts = {row[0] for row in poll.connection.execute(
        'SELECT receipt_hash FROM receipt WHERE poll = ?', (poll.number,))}
    shown = {hashlib.sha256(code.replace('-', '').encode()).hexdigest()
             for group in groups for code in group.receipts.values()}
    expect(f'{len(shown)} receipts, each counted once', receipts == shown)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--voters', type=int, default=1000)
    arguments.add_argument('--kills', type=int, default=10)
    given = arguments.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix='radslag-votes-'))
    service = harness.Service(folder, None, ['--workers', '4', '--no-rates'])
    results = []

    def expect(name, holds, detail=''):
        results.append(bool(holds))
        print(f'{"ok" if holds else "not ok"} {name}{"" if holds else ": " + detail}', flush=True)

    try:
        service.start()
        service.stop()
        poll = polls.Poll(folder, folder / 'radslag.db')
        keys = poll.voters(given.voters)
        service.start()
        groups = vote_under_fire(service, poll, keys, given.kills)
        troubles = [str(group.trouble) for group in groups if group.trouble]
        expect(f'{given.voters} voters, {given.kills} kills', not troubles,
               '; '.join(troubles)[:2000])
        judge_ballots(poll, groups, expect)
        seal_under_fire(service, poll)
        judge_count(poll, groups, expect)
        expect('Ctrl-C ends it with 0', service.stop() == 0)
    finally:
        if service.process and service.process.poll() is None:
            service.kill()
    if all(results):
        shutil.rmtree(folder)
    else:
        print(f'left for a look: {folder}')
    print(f'{sum(results)} passed, {len(results) - sum(results)} failed')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
