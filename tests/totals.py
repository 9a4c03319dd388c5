#!/usr/bin/python3
"""Nobody can get votes before counting, staff included (PB-12).

    tests/totals.py [--voters 12]      RADSLAG names the program

Every JSON route that answers is asked as each role, and /metrics, before and after people vote in
the demonstration's open round; then the answers must be the same; /metrics counts requests, but
knows no poll and no option. Prints "ok NAME" and "not ok NAME".
"""
import argparse
import json
import pathlib
import re
import shutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'faults'))
import polls
import service as harness
import votes

ROLES = {
    'visitor': None,
    'resident': 'amina@hemma.example',
    'process_lead': 'ebba.lindvik@ljungsjo.example',
    'case_officer': 'tove.almbacke@ljungsjo.example',
    'communications': 'noa.stenberg@ljungsjo.example',
    'registrator': 'karin.aslund@ljungsjo.example',
    'administrator': 'rut.ljungdal@ljungsjo.example',
}
NOW = re.compile(r'"now":"[^"]*"')  # differs with every asking
METRIC = re.compile(r'^(radslag_\w+)(?:\{(.*)\})? ')
LABELS = {'route', 'method', 'status', 'le', 'language', 'pool', 'version'}


def logged_in(service, email):
    browser = harness.Browser(service)
    if email is None:
        return browser
    browser.get('/demo')
    form = next(form for action, form in harness.Forms(browser.page).each
                if form.get('email') == email)
    reply = browser.send('/demo/login', form)
    if reply.status != 303 or reply.location.startswith('/demo'):
        raise RuntimeError(f'{email} was not let in: {reply.status}')
    return browser


def addresses(service, poll):
    """Every GET of /openapi.json, with what stands in the open round for its parameters."""
    known = json.loads(harness.Browser(service).get('/openapi.json').body)
    found = []
    for path, methods in known['paths'].items():
        if 'get' not in methods or path.startswith(('/demo', '/login', '/account/extract')):
            continue
        for name in re.findall(r'\{(\w+)\}', path):
            value = poll.number if path.startswith('/polls/') else \
                poll.page if name == 'id' and path.startswith(('/budgets', '/pages')) else \
                poll.slug if name == 'slug' else 1
            path = path.replace('{' + name + '}', str(value))
        found.append(path + ('?shuffle=3' if path.endswith('/proposals') else ''))
    return sorted(found)


def answers(browser, paths):
    found = {}
    for path in paths:
        reply = browser.get(path, Accept='application/json')
        if reply.status == 200 and 'json' in reply.headers.get('Content-Type', ''):
            found[path] = NOW.sub('', reply.body)
    return found


def settled(browsers, paths):
    """What each role is told, once what the service had to do at its start has been done."""
    before = None
    for _ in range(20):
        now = {role: answers(browser, paths) for role, browser in browsers.items()}
        if now == before:
            return now
        before = now
        time.sleep(1)
    raise RuntimeError('answers change all the time')


def difference(before, after):
    at = next((n for n, (a, b) in enumerate(zip(before, after)) if a != b), 0)
    return f'…{before[max(at - 60, 0):at + 40]}… is …{after[max(at - 60, 0):at + 40]}…'


def judge_role(role, before, after, expect):
    other = [f'{path}: {difference(before[path], after.get(path, ""))}'
             for path in before if before[path] != after.get(path)]
    expect(f'{role}: {len(before)} answers are the same', before and not other,
           '; '.join(other)[:1500])


def judge_metrics(text, poll, expect):
    labels, named = set(), []
    for line in text.splitlines():
        found = METRIC.match(line)
        if found and found.group(2):
            labels |= set(re.findall(r'(\w+)="', found.group(2)))
        if f'/polls/{poll.number}' in line or poll.slug in line:
            named.append(line)
    expect('/metrics tells no poll and no option', labels <= LABELS and not named,
           f'{labels - LABELS} {named}')


def vote(service, poll, keys):
    voter = votes.Voters(service, poll, keys, [])
    for number, key in enumerate(keys):
        status, answer = voter.ask(key, 'POST', f'/polls/{poll.number}/choices', {
            'act': 'choose', 'option': poll.options[number * number % len(poll.options)]})
        if status != 200:
            raise RuntimeError(f'press: {status} {answer}')


def play(service, folder, voters, expect):
    service.start()
    service.stop()
    poll = polls.Round(folder, folder / 'radslag.db')
    keys = poll.voters(voters)
    service.start()
    browsers = {role: logged_in(service, email) for role, email in ROLES.items()}
    paths = addresses(service, poll)
    before = settled(browsers, paths)
    ballots = poll.rows('ballot')
    vote(service, poll, keys)
    expect(f'{voters} people voted', poll.rows('ballot') == ballots + voters)
    for role, browser in browsers.items():
        judge_role(role, before[role], answers(browser, paths), expect)
    judge_metrics(harness.Browser(service).get('/metrics').body, poll, expect)
    expect('the open round was looked at by its officer',
           {f'/polls/{poll.number}', f'/polls/{poll.number}/staff', f'/polls/{poll.number}/log'}
           <= set(before['case_officer']))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--voters', type=int, default=12)
    given = arguments.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix='radslag-totals-'))
    service = harness.Service(folder, None, ['--workers', '2', '--no-rates'])
    results = []

    def expect(name, holds, detail=''):
        results.append(bool(holds))
        print(f'{"ok" if holds else "not ok"} {name}{"" if holds else ": " + detail}', flush=True)

    try:
        play(service, folder, given.voters, expect)
        expect('Ctrl-C ends it with 0', service.stop() == 0)
    finally:
        if service.process and service.process.poll() is None:
            service.kill()
        shutil.rmtree(folder)
    print(f'{sum(results)} passed, {len(results) - sum(results)} failed')
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
