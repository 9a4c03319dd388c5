#!/usr/bin/python3
"""Tries to find out who voted for what, and must do no better than chance (QUA-9, PB-12).

    tests/faults/attacker.py [--voters 60] [--plant none|plain|joined]

The attacker is told who pressed when, takes a copy of the data file with its log after every press,
and has everything that is left after sealing: the totals, the roll, the receipts, mails, the
program's log. What PostgreSQL remembers (xmin, ctid) is tried in src/ballots/tests/sealing_test.c.

It looks at every cell that changed with a press and reads it in each way that a careless program
might have written a choice: as a number, in a text, as a bit, by its length; and it lays the
counted ballots beside the voters in every order that the database remembers. With --plant a
careless program is played: `plain` writes choices unenciphered, `joined` keeps a list in the order
of voting. Then it must succeed, else it proves nothing. Without --plant all three are tried.
"""
import argparse
import math
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import polls  # noqa: E402
import service as harness  # noqa: E402
import votes  # noqa: E402

NUMBERS = [option[0] for option in polls.OPTIONS]
NOT_OF_A_PRESS = {'sqlite_sequence', 'job', 'migration'}


# ---- what the attacker sees ----

def copy_of(folder, number):
    """The data file and its log, as somebody who copies files gets them."""
    target = folder / f'copy{number}'
    target.mkdir()
    for name in ('radslag.db', 'radslag.db-wal'):
        if (folder / name).exists():
            shutil.copy(folder / name, target / name)
    connection = sqlite3.connect(target / 'radslag.db')
    tables = [row[0] for row in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {}
    for table in tables:
        if table not in NOT_OF_A_PRESS:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows[table] = (names, set(cursor.fetchall()))
    connection.close()
    shutil.rmtree(target)
    return rows


def cells_changed(before, after):
    """table.column → value, of what came with a press."""
    cells = {}
    for table, (names, rows) in after.items():
        for row in rows - before.get(table, (names, set()))[1]:
            for name, value in zip(names, row):
                cells[f'{table}.{name}'] = value
    return cells


# ---- ways to read a cell ----

def as_number(value):
    return value if isinstance(value, int) else None


def as_text(value):
    digits = ''.join(c if c.isdigit() else ' ' for c in value).split() \
        if isinstance(value, str) else []
    return int(digits[0]) if digits else None


def bit_at(offset):
    def read(value):
        if not isinstance(value, bytes) or len(value) <= offset:
            return None
        bits = [bit for bit in range(8) if value[offset] >> bit & 1]
        return NUMBERS[bits[0]] if len(bits) == 1 and bits[0] < len(NUMBERS) else None
    return read


def byte_at(offset):
    return lambda value: value[offset] if isinstance(value, bytes) and len(value) > offset else None


def by_length(value):
    return len(value) if isinstance(value, (bytes, str)) else None


READINGS = {'number': as_number, 'text': as_text, 'length': by_length,
            **{f'bit {n}': bit_at(n) for n in range(80)},
            **{f'byte {n}': byte_at(n) for n in range(80)}}


def guesses_of_cells(changes):
    """Each column and reading that gives an option for at least one press."""
    columns = set().union(*changes)
    for column in sorted(columns):
        for name, read in READINGS.items():
            guess = [read(change.get(column)) for change in changes]
            if any(number in NUMBERS for number in guess):
                yield f'{column} as {name}', guess


def expanded(counted):
    return [int(choices) for choices, ballots in counted for _ in range(ballots)]


def guesses_of_orders(orders, counted):
    """Counted ballots in the order they lie in, beside the voters in each known order."""
    ballots = expanded(counted)
    for name, order in orders.items():
        guess = [None] * len(order)
        for place, voter in enumerate(order):
            guess[voter] = ballots[place]
        yield f'counted ballots by {name}', guess
        yield f'counted ballots by {name}, backwards', list(reversed(guess))


def best_guess(candidates, truth):
    """The share of right guesses of the best way, and how many ways there were."""
    best, ways = (0.0, 'none'), 0
    for name, guess in candidates:
        ways += 1
        share = sum(a == b for a, b in zip(guess, truth)) / len(truth)
        best = max(best, (share, name))
    return best, ways


def chance(truth, ways):
    """What the best of so many blind ways reaches: always the winner, or a guess by the totals,
    and as many standard errors above as the number of ways calls for."""
    count = len(truth)
    share = max(truth.count(number) for number in NUMBERS) / count
    return share + math.sqrt(2 * math.log(max(ways, 2))) * math.sqrt(share * (1 - share) / count) \
        + 1.5 / count


# ---- a vote ----

def play(voters, plant):
    """Votes, attacks; (best share, its way, what chance reaches, traces in log or mail)."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix='radslag-attacker-'))
    service = harness.Service(folder, None, ['--workers', '2', '--no-rates'])
    try:
        service.start()
        service.stop()
        poll = polls.Poll(folder, folder / 'radslag.db', most=1)
        if plant == 'joined':
            poll.connection.execute('CREATE TABLE planted (number INTEGER PRIMARY KEY, voted int)')
            poll.connection.commit()
        keys = poll.voters(voters)
        service.start()
        truth, changes = vote(service, poll, folder, keys, plant)
        votes.seal_under_fire(service, poll)
        service.stop()
        orders = orders_known(poll, keys)
        counted = poll.connection.execute(
            'SELECT choices, ballots FROM counted_ballot WHERE poll = ?', (poll.number,)).fetchall()
        candidates = [*guesses_of_cells(changes), *guesses_of_orders(orders, counted)]
        best, ways = best_guess(candidates, truth)
        return best, chance(truth, ways), traces(folder)
    finally:
        if service.process and service.process.poll() is None:
            service.kill()
        shutil.rmtree(folder)


def vote(service, poll, folder, keys, plant):
    """One press after another, each followed by a copy."""
    voter = votes.Voters(service, poll, keys, [])
    truth, changes, before = [], [], copy_of(folder, 0)
    for number, key in enumerate(keys):
        option = random.choice(NUMBERS)
        status, answer = voter.ask(key, 'POST', f'/polls/{poll.number}/choices',
                                   {'act': 'choose', 'option': option})
        if status != 200:
            raise RuntimeError(f'press: {status} {answer}')
        if plant == 'joined':
            poll.connection.execute('INSERT INTO planted (voted) VALUES (?)', (option,))
            poll.connection.commit()
        after = copy_of(folder, number + 1)
        change = cells_changed(before, after)
        if plant == 'plain':
            change['ballot.choices'] = bytes([0, 1 << NUMBERS.index(option)])
        truth.append(option)
        changes.append(change)
        before = after
    return truth, changes


def orders_known(poll, keys):
    """Voters (by their number in the order of pressing) in every order that is left."""
    lines = poll.connection.execute(
        'SELECT account, rowid, voter FROM poll_voter WHERE poll = ?', (poll.number,)).fetchall()
    first = min(line[0] for line in lines)
    return {
        'pressing': list(range(len(keys))),
        'roll row': [line[0] - first for line in sorted(lines, key=lambda line: line[1])],
        'digest': [line[0] - first for line in sorted(lines, key=lambda line: line[2])],
    }


def traces(folder):
    """Choices in the program's log or in mails."""
    found = []
    texts = [folder / 'log', *(folder / 'mail').rglob('*')]
    for path in texts:
        if path.is_file():
            text = path.read_bytes().decode('utf-8', 'replace')
            found += [f'{path.name}: {title}' for _, _, title, *_ in polls.OPTIONS if title in text]
            found += [f'{path.name}: option='] if 'option=' in text else []
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--voters', type=int, default=60)
    arguments.add_argument('--plant', choices=['none', 'plain', 'joined'])
    given = arguments.parse_args()
    passed = failed = 0
    for plant in [given.plant] if given.plant else ['none', 'plain', 'joined']:
        (share, way), blind, found = play(given.voters, plant)
        if plant == 'none':
            holds, name = share <= blind and not found, 'no better than chance'
        else:
            holds, name = share == 1.0, f'the planted leak ({plant}) is found'
        passed, failed = passed + holds, failed + (not holds)
        print(f'{"ok" if holds else "not ok"} {name}: {share:.2f} right by {way}, '
              f'blind {blind:.2f} {" ".join(found)}', flush=True)
    print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
