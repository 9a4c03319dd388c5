"""An open poll in the demonstration's data file, with voters who have access keys.

Written by SQL and a file in the key folder while the program is not running: the way through pages
is proved elsewhere.
"""
import hashlib
import hmac
import json
import os
import sqlite3
import time

DAY = 86_400_000_000
OPTIONS = [
    (1, 1, 'Sittplatser i skugga på Stortorget', 'Åtta bänkar med ryggstöd och armstöd under nya '
     'lindar, så att fler orkar stanna.', 'Centrum', 14_500_000),
    (2, 1, 'Lekplats där alla kan gunga', 'Gungor, karusell och underlag som fungerar med '
     'rullstol, i Ekparken.', 'Centrum', 52_000_000),
    (3, 1, 'Pumpbana för cykel och sparkcykel', 'En asfalterad bana vid Hedskolan, med en lättare '
     'slinga för de minsta.', 'Västerhed', 29_000_000),
    (4, 1, 'Odlingslådor bakom biblioteket', 'Tjugo lådor att dela, med vatten, verktyg och en '
     'kompost.', 'Centrum', 6_400_000),
    (5, 1, 'Vindskydd på Kråkberget', 'Ett vindskydd med eldplats och en spång sista biten.',
     'Norrbyn', 8_500_000),
    (6, 1, 'Utegym vid Ekparken', 'Sex redskap för alla åldrar, två av dem för den som sitter.',
     'Centrum', 24_000_000),
    (7, 1, 'Bokbytarskåp i tre byar', 'Väderskyddade skåp vid hållplatserna.', 'Flera platser',
     1_800_000),
]


def derived(key, purpose):
    return hmac.new(key, purpose, hashlib.sha256).digest()


class Round:
    """The open round of the demonstration, as it was filled."""

    def __init__(self, folder, data_file):
        self.folder = folder
        self.connection = sqlite3.connect(data_file)
        self.tenant, self.number, self.page, self.slug = self.connection.execute(
            "SELECT p.tenant, p.id, g.id, g.slug FROM poll p JOIN page g ON g.id = p.page "
            "WHERE p.state = 'locked' AND p.opens_at <= :now AND p.closes_at > :now",
            {'now': int(time.time() * 1_000_000)}).fetchone()
        self.options = [row[0] for row in self.connection.execute(
            'SELECT option FROM poll_option WHERE poll = ? ORDER BY option', (self.number,))]

    def rows(self, table):
        """How many rows of this poll."""
        return self.connection.execute(f'SELECT count(*) FROM {table} WHERE poll = ?',
                                       (self.number,)).fetchone()[0]

    def voters(self, count):
        """Accounts that have said what binds them to the place; their access keys."""
        now = int(time.time() * 1_000_000)
        codes = derived((self.folder / 'keys' / 'people.key').read_bytes(), b'codes')
        keys = []
        for number in range(count):
            email = f'rost{number}@example.org'
            account = self.connection.execute(
                "INSERT INTO account (tenant, email, email_key, name, language, created_at, "
                "last_seen_at) VALUES (?, ?, ?, ?, 'sv', ?, ?) RETURNING id",
                (self.tenant, email, email, f'Väljare {number}', now, now)).fetchone()[0]
            key = f'{number:08x}' + os.urandom(16).hex()
            self.connection.execute(
                "INSERT INTO token (tenant, account, name, secret, scope, proved, made_at, "
                "ends_at) VALUES (?, ?, 'prov', ?, 'write', 0, ?, ?)",
                (self.tenant, account, hashlib.sha256(key.encode()).digest(), now,
                 now + 30 * DAY))
            digest = derived(codes, f'person\0{self.tenant} {email}\0'.encode()).hex()
            self.connection.execute(
                "INSERT INTO poll_voter (tenant, poll, voter, account, tie) "
                "VALUES (?, ?, ?, ?, 'resident')", (self.tenant, self.number, digest, account))
            keys.append(key)
        self.connection.commit()
        return keys

class Poll(Round):
    """Of the first published page of the first organisation; open for ten days."""

    def __init__(self, folder, data_file, most=3, opened_days=1, open_days=10):
        self.folder, self.data_file = folder, data_file
        self.connection = sqlite3.connect(data_file)
        self.tenant, self.page = self.connection.execute(
            "SELECT tenant, id FROM page WHERE state = 'published' ORDER BY id LIMIT 1").fetchone()
        now = int(time.time() * 1_000_000)
        self.number = self.connection.execute(
            "INSERT INTO poll (tenant, page, state, ballot_kind, most_choices, eligible, opens_at, "
            "closes_at) VALUES (?, ?, 'draft', 'up_to', ?, 'verified', ?, ?) RETURNING id",
            (self.tenant, self.page, most, now - opened_days * DAY,
             now + open_days * DAY)).fetchone()[0]
        self.connection.execute('INSERT INTO poll_pot VALUES (?, ?, 1, ?, 100000000)',
                                (self.tenant, self.number, 'Hela kommunen'))
        self.connection.executemany(
            'INSERT INTO poll_option (tenant, poll, option, pot, title, lead, place, cost) '
            'VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
            [(self.tenant, self.number, *option) for option in OPTIONS])
        self.secret = os.urandom(32)
        self.key_file = folder / 'keys' / f'poll-{self.number}.key'
        with open(os.open(self.key_file, os.O_WRONLY | os.O_CREAT, 0o600), 'wb') as file:
            file.write(self.secret)
        rules = json.dumps({'ballot': 'up_to'})
        lot = derived(self.secret, b'lot\0').hex()
        self.connection.execute(
            "UPDATE poll SET state = 'locked', rules = ?, rules_hash = ?, secret_hash = ?, "
            "lot_hash = ?, locked_at = ? WHERE id = ?",
            (rules, hashlib.sha256(rules.encode()).hexdigest(),
             hashlib.sha256(self.secret).hexdigest(), hashlib.sha256(lot.encode()).hexdigest(),
             now, self.number))
        self.connection.commit()

    def close(self):
        """Moves the whole vote into the past, as days that went by would."""
        self.connection.execute('DROP TRIGGER poll_locked')
        self.connection.execute(
            'UPDATE poll SET opens_at = opens_at - ?, closes_at = closes_at - ? WHERE id = ?',
            (12 * DAY, 12 * DAY, self.number))
        self.connection.commit()
