#!/usr/bin/python3
"""kill -9 under mixed writes: what was acknowledged is there, none twice (QUA-9, REG-1).

    tests/faults/kill.py [--rounds 50] [--database sqlite|postgresql]

Several people write at once: residents send messages, an official saves new versions of a page.
At random moments the program is killed and started again. Whoever got no answer sends the same
form again, as a browser's "resend" does. At the end every acknowledged message and version stands
in the database exactly once, those without an answer at most once, and the audit chain is whole.

Then: one form sent 50 times in parallel gives one row and one receipt; the same form with another
person's words gives a second one.
"""
import argparse
import collections
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import service as harness  # noqa: E402

WRITERS = 16
FORM_SECONDS = 3.3  # a form sent sooner is asked a plain question


def contact_fields(text):
    return {'subject': 'question', 'message': text, 'name': 'Prov Provsson', 'email': '',
            'about': '', 'website': '', 'human': ''}


class Writer(threading.Thread):
    """Sends one act after another until told to stop; notes what was acknowledged."""

    def __init__(self, service, number, stop):
        super().__init__(daemon=True)
        self.service, self.number, self.stop = service, number, stop
        self.sent, self.receipts = [], {}
        self.trouble = None

    def prepare(self):
        self.browser = harness.Browser(self.service, timeout=10)

    def fields(self, text):
        raise NotImplementedError

    def one(self, text):
        """Sends until an answer comes; the answer's address is the receipt."""
        page_fields = None
        while not self.stop.is_set():
            try:
                if page_fields is None:
                    page_fields = self.fields(text)
                    self.sent.append(text)
                reply = self.browser.send(self.action, page_fields)
            except (OSError, harness.http.client.HTTPException):
                time.sleep(0.02)
                continue
            if reply.status in (303, 302):
                self.receipts[text] = reply.location
                return
            if reply.status in (503, 429):
                time.sleep(0.05)
                continue
            raise RuntimeError(f'{self.action}: status {reply.status}: {reply.body[:600]}')

    def run(self):
        try:
            number = 0
            while not self.stop.is_set():
                number += 1
                try:
                    self.one(f'{self.kind} {self.number} nr {number} {random.getrandbits(64):x}')
                except (OSError, harness.http.client.HTTPException):
                    time.sleep(0.02)
        except Exception as trouble:  # shown by the main thread
            self.trouble = trouble


class Messages(Writer):
    kind, action = 'Meddelande', '/contact'

    def fields(self, text):
        if self.browser.get('/contact').status != 200:
            raise OSError('not up')
        fields = {**self.browser.form('/contact'), **contact_fields(text)}
        time.sleep(FORM_SECONDS)
        return fields


class Versions(Writer):
    """An official who saves one page again and again."""
    kind = 'Version'

    def prepare(self):
        super().prepare()
        log_in(self.browser, 'noa.stenberg@ljungsjo.example')
        self.page = self.number
        self.action = f'/pages/{self.page}/edit'

    def fields(self, text):
        if self.browser.get(self.action).status != 200:
            raise OSError('not up')
        return {**self.browser.form(self.action), 'title': 'Hur ska hamnområdet växa?',
                'lead': 'Prov.', 'body': text}


def log_in(browser, email):
    browser.get('/demo')
    reply = browser.send('/demo/login', {**browser.form('/demo/login'), 'email': email})
    if reply.status != 303:
        raise RuntimeError(f'log-in of {email}: status {reply.status}')


def rows(service, sql):
    """One column of the database as texts."""
    if service.database.startswith('sqlite:'):
        import sqlite3
        connection = sqlite3.connect(service.database[len('sqlite:'):])
        try:
            return [str(row[0]) for row in connection.execute(sql)]
        finally:
            connection.close()
    answer = subprocess.run(['psql', '-XAtq', '-c', sql, service.database], check=True,
                            capture_output=True, text=True)
    return answer.stdout.splitlines()


class Verdict:
    """Counts what holds; a line for what does not."""

    def __init__(self):
        self.passed = self.failed = 0

    def expect(self, name, holds, detail=''):
        self.passed += bool(holds)
        self.failed += not holds
        said = f': {detail}' if detail else ''
        print(f'{"ok" if holds else "not ok"} {name}{said}', flush=True)


def judge(verdict, name, writers, stored):
    counts = collections.Counter(stored)
    acknowledged = [text for writer in writers for text in writer.receipts]
    sent = [text for writer in writers for text in writer.sent]
    lost = [text for text in acknowledged if counts[text] != 1]
    double = [text for text in sent if counts[text] > 1]
    verdict.expect(f'{name}: {len(acknowledged)} acknowledged, each there once',
                   acknowledged and not lost, f'{len(lost)} lost' if lost else '')
    verdict.expect(f'{name}: {len(sent)} sent, none twice', not double,
                   f'{len(double)} twice' if double else '')


def kill_rounds(service, rounds, verdict):
    service.start()
    stop = threading.Event()
    pages = rows(service, "SELECT id FROM page WHERE kind = 'information' AND "
                          "state IN ('draft', 'review', 'published') ORDER BY id")
    messages = [Messages(service, n, stop) for n in range(WRITERS)]
    versions = [Versions(service, page, stop) for page in pages[:2]]
    for writer in messages + versions:
        writer.prepare()
        writer.start()
    slowest = 0
    for _ in range(rounds):
        time.sleep(random.uniform(0.05, 0.4))
        service.kill()
        began = time.monotonic()
        service.start()
        slowest = max(slowest, time.monotonic() - began)
    time.sleep(0.5)
    stop.set()
    for writer in messages + versions:
        writer.join(30)
    troubles = [writer.trouble for writer in messages + versions if writer.trouble]
    verdict.expect(f'{rounds} kills, slowest start {slowest:.2f} s', not troubles,
                   '; '.join(map(str, troubles))[:2000])
    judge(verdict, 'messages', messages, rows(service, 'SELECT message FROM contact'))
    judge(verdict, 'versions', versions,
          rows(service, "SELECT body FROM page_revision WHERE body LIKE 'Version %'"))
    receipts = [address for writer in messages for address in writer.receipts.values()]
    verdict.expect('every receipt is another', len(set(receipts)) == len(receipts))


def parallel(service, verdict):
    """One form 50 times at once; then the same form with another person's words."""
    browser = harness.Browser(service)
    browser.get('/contact')
    time.sleep(FORM_SECONDS)
    fields = {**browser.form('/contact'), **contact_fields('En gång till')}
    replies, lock = [], threading.Lock()

    def send():
        reply = browser.send('/contact', fields)
        with lock:
            replies.append((reply.status, reply.location))

    threads = [threading.Thread(target=send) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = rows(service, "SELECT count(*) FROM contact WHERE message = 'En gång till'")
    verdict.expect('one form 50 times in parallel: one row', there == ['1'], str(there))
    verdict.expect('one form 50 times in parallel: one receipt',
                   len(replies) == 50 and len(set(replies)) == 1 and replies[0][0] == 303,
                   str(set(replies)))
    second = browser.send('/contact', {**fields, 'message': 'Någon annans ord'})
    verdict.expect("the same form with another person's fields: a second act",
                   second.status == 303 and second.location != replies[0][1],
                   f'{second.status} {second.location}')


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--rounds', type=int, default=50)
    arguments.add_argument('--database', default=None)
    given = arguments.parse_args()
    folder = tempfile.mkdtemp(prefix='radslag-kill-')
    service = harness.Service(folder, given.database, ['--workers', '4', '--no-rates'])
    verdict = Verdict()
    try:
        kill_rounds(service, given.rounds, verdict)
        parallel(service, verdict)
        verdict.expect('Ctrl-C ends it with 0', service.stop() == 0)
        check = subprocess.run([harness.PROGRAM, 'check', '--database', service.database],
                               check=False, capture_output=True, text=True)
        verdict.expect('radslag check finds nothing', check.returncode == 0,
                       check.stdout + check.stderr if check.returncode else '')
    finally:
        if service.process and service.process.poll() is None:
            service.kill()
    if verdict.failed == 0:
        shutil.rmtree(folder)
    else:
        print(f'left for a look: {folder}')
    print(f'{verdict.passed} passed, {verdict.failed} failed')
    return 1 if verdict.failed else 0


if __name__ == '__main__':
    sys.exit(main())
