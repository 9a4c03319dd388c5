#!/usr/bin/python3
"""Follows every link of the demonstration as each of its people and as a visitor.

    tests/crawl.py             RADSLAG names the program

In both languages. A page must answer (no dead link, no link to what its reader may not see, no
fault), have a title, and speak its own language; links within a page must have their target. Then
each kind of form is sent once as it stands: it is taken or refused with a page, never lost. Prints
"ok NAME" and "not ok NAME".
"""
import html.parser
import pathlib
import re
import sys
import tempfile
import urllib.parse

import service

ROOT = pathlib.Path(__file__).resolve().parent.parent
PER_ROUTE = 4       # addresses looked at of one kind: /pages/1, /pages/2 …
VOID = {'area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'}
LEAVING = ('/logout', '/account/delete', '/account/sessions/', '/demo/login', '/login',
           '/second-factor', '/setup/pause')  # whoever sends these is somebody else afterwards
GONE = re.compile(r'/pages/[a-z]')  # staff's list holds what was taken away: it answers 410


def words(code):
    """Key → text of a language; plural and filled texts are left out."""
    text = (ROOT / f'src/frame/words/{code}.po').read_text(encoding='utf-8')
    found = re.findall(r'^msgid "([^"]+)"\nmsgstr "((?:[^"\\]|\\.)+)"$', text, re.M)
    return {key: value.replace('\\"', '"') for key, value in found if '{' not in value}


def sentences(code, other):
    """Texts of this language alone, long enough to stand nowhere by chance.

    A language's own name is no word of it.
    """
    others = {*words(other).values(), 'svenska', 'English'}
    return {text for text in words(code).values() if text not in others and len(text) > 3}


FOREIGN = {'sv': sentences('en', 'sv'), 'en': sentences('sv', 'en')}
KEYS = set(words('sv'))


class Page(html.parser.HTMLParser):
    """Links, forms, ids, title and texts of a page."""

    def __init__(self, body):
        super().__init__()
        self.links, self.forms, self.ids, self.faults = [], [], set(), []
        self.title, self.texts, self.open = '', [], []
        self.feed(body)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids.add(attributes.get('id'))
        if tag == 'a':
            if not attributes.get('href'):
                self.faults.append('a link without an address')
            self.links.append(attributes.get('href') or '#')
        if tag == 'form':
            self.forms.append((attributes.get('method', 'get').lower(),
                               attributes.get('action'), {'': False}))
        if tag == 'input' and self.forms and attributes.get('name') and (
                attributes.get('type') in ('hidden', 'text', 'email')):
            self.forms[-1][2][attributes['name']] = attributes.get('value') or ''
        if tag == 'button' and attributes.get('type', 'submit') == 'submit' and self.forms:
            if attributes.get('name') and not self.forms[-1][2]['']:  # as a browser, the first
                self.forms[-1][2][attributes['name']] = attributes.get('value') or ''
            self.forms[-1][2][''] = True
        if tag == 'button' and attributes.get('type', 'submit') == 'submit' \
                and 'form' not in [name for name, _ in self.open]:
            self.faults.append('a button that sends nothing')
        if tag not in VOID:
            self.open.append((tag, attributes.get('lang')))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text = ' '.join(data.split())
        names = [name for name, _ in self.open]
        if 'title' in names:
            self.title += data
        elif text and not {'textarea', 'code', 'style', 'script'} & set(names):
            self.texts.append((text, len([lang for _, lang in self.open if lang]) > 1))


def kind(path):
    """The route behind an address, as far as one can tell: numbers and codes are one."""
    path = urllib.parse.urlsplit(path).path
    return re.sub(r'/(\d+|(?=[^/]*[-0-9])[\w-]{8,})(?=/|$)', '/:', path)


class Crawl:
    """One person, one language."""

    def __init__(self, browser, language):
        self.browser, self.language = browser, language
        self.seen, self.kinds, self.found, self.forms = {}, {}, [], {}

    def complain(self, path, why):
        self.found.append(f'{path}: {why}')

    def look(self, path, came_from):
        """Asks for an address once; its page, or None."""
        if path in self.seen:
            return self.seen[path]
        self.seen[path] = None
        reply = self.browser.get(path)
        if reply.status in (302, 303):
            if reply.location.startswith('/login') or reply.location.startswith('/second-factor'):
                self.complain(path, f'asks to log in; linked from {came_from}')
            else:
                self.seen[path] = self.look(reply.location, path)
            return self.seen[path]
        if reply.status != 200 and not (reply.status == 410 and GONE.match(path)):
            self.complain(path, f'answers {reply.status}; linked from {came_from}')
            return None
        if not reply.headers.get('Content-Type', '').startswith('text/html'):
            return None
        page = self.seen[path] = Page(reply.body)
        self.judge(path, page)
        return page

    def judge(self, path, page):
        for fault in page.faults:
            self.complain(path, fault)
        if not re.match(r'\s*\S.*? – \S', page.title):
            self.complain(path, f'has the title "{page.title.strip()}"')
        for text, is_quoted in page.texts:
            if text in FOREIGN[self.language] and not is_quoted:
                self.complain(path, f'says "{text}"')
            if text in KEYS:
                self.complain(path, f'shows the key {text}')

    def links_of(self, path, page):
        for link in page.links:
            target = urllib.parse.urlsplit(urllib.parse.urljoin(path, link))
            if target.scheme or target.netloc:
                continue
            if target.path.startswith('/language/'):
                continue
            yield urllib.parse.urlunsplit(('', '', target.path, target.query, '')), target.fragment

    def run(self, start='/'):
        self.browser.get(f'/language/{self.language}?back=/health')
        waiting = [(start, '')]
        while waiting:
            path, came_from = waiting.pop(0)
            page = self.look(path, came_from)
            if page is None:
                continue
            for method, action, fields in page.forms:
                if method == 'post':
                    target = urllib.parse.urljoin(path, action or path)
                    self.forms.setdefault(kind(target), (path, target, fields))
            for link, fragment in self.links_of(path, page):
                name = kind(link)
                known = self.kinds.setdefault(name, set())
                if link not in known and len(known) < PER_ROUTE:
                    known.add(link)
                    waiting.append((link, path))
                elif fragment and link == path and fragment not in page.ids:
                    self.complain(path, f'has no #{fragment}')

    def send_forms(self):
        for path, target, _ in self.forms.values():
            if target.startswith(LEAVING):
                continue
            page = Page(self.browser.get(path).body)
            fields = next((fields for method, action, fields in page.forms if method == 'post' and
                           urllib.parse.urljoin(path, action or path) == target), None)
            if fields is None or not fields.pop('', False):  # done by an earlier one; not to press
                continue
            reply = self.browser.send(target, fields)
            if reply.status not in (200, 201, 303, 409, 422):
                self.complain(target, f'sent from {path} answers {reply.status}')
            if reply.status == 422 and 'ds-error-summary' not in reply.body:
                self.complain(target, f'sent from {path} is refused without a word')


def report(name, found):
    print(f'not ok {name}' if found else f'ok {name}', flush=True)
    for complaint in found[:12]:
        print(f'    {complaint}')
    return bool(found)


def logged_in(running, email):
    browser = service.Browser(running)
    if email is not None:
        browser.get('/demo')
        fields = {**browser.form('/demo/login'), 'email': email}
        if browser.send('/demo/login', fields).status != 303:
            raise RuntimeError(f'{email} was not let in')
    return browser


def main():
    failed, crawls = False, []
    with tempfile.TemporaryDirectory() as folder:
        running = service.Service(folder, options=['--no-rates']).start()
        page = logged_in(running, None).get('/demo').body
        emails = re.findall(r'name="email" value="([^"]+)"', page)
        for email in [None, *dict.fromkeys(emails)]:
            for language in ('sv', 'en'):
                crawl = Crawl(logged_in(running, email), language)
                crawl.run()
                who = f'{email or "visitor"} {language}'
                failed |= report(f'links {who}, {len(crawl.seen)} addresses', crawl.found)
                crawls.append((who, crawl))
        for who, crawl in crawls[::2]:
            crawl.found = []
            crawl.send_forms()
            failed |= report(f'forms {who}, {len(crawl.forms)}', crawl.found)
        if running.stop() != 0:
            failed |= report('the service ends cleanly', ['it did not'])
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
