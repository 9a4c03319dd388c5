"""The program as the tests use it: started on a free port, and a small browser for it.

    service = Service(folder)            # SQLite in the folder, or database='postgresql://…'
    browser = Browser(service)
    browser.get('/contact')
    reply = browser.post('/contact', {'message': '…'})

Standard library alone; everything stays on 127.0.0.1.
"""
import html.parser
import http.client
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.parse

PROGRAM = os.environ.get('RADSLAG', 'build/radslag')


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Service:
    """A running program; kill() is kill -9, start() starts it again on the same port and data."""

    def __init__(self, folder, database=None, options=()):
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        self.database = database or f'sqlite:{self.folder}/radslag.db'
        self.options = list(options)
        self.process = None
        self.log = open(self.folder / 'log', 'ab')

    def start(self, wait=30):
        self.process = subprocess.Popen(
            [PROGRAM, 'serve', '--demo', '--quiet', '--database', self.database,
             '--keys', f'{self.folder}/keys', '--mail', f'{self.folder}/mail',
             '--listen', f'127.0.0.1:{self.port}', *self.options],
            stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f'the program ended; see {self.folder}/log')
            try:
                connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=5)
                connection.request('GET', '/health')
                if connection.getresponse().status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.01)
        raise RuntimeError(f'the program did not answer; see {self.folder}/log')

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Ends it as Ctrl-C does; gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError('the program did not end within 30 seconds')


class Forms(html.parser.HTMLParser):
    """The forms of a page: action → {field: value} of its hidden and filled-in fields.

    `each` keeps forms of the same action apart."""

    def __init__(self, page):
        super().__init__()
        self.found, self.each, self.current = {}, [], None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == 'form':
            self.current = self.found.setdefault(attributes.get('action') or '', {})
            self.each.append((attributes.get('action') or '', {}))
        elif tag == 'input' and self.current is not None and attributes.get('type') == 'hidden':
            self.current[attributes.get('name')] = attributes.get('value') or ''
            self.each[-1][1][attributes.get('name')] = attributes.get('value') or ''

    def handle_endtag(self, tag):
        if tag == 'form':
            self.current = None


class Reply:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read().decode('utf-8', 'replace')
        self.location = response.headers.get('Location', '')


class Browser:
    """Cookies, forms with their hidden fields, no JavaScript."""

    def __init__(self, service, host=None, timeout=30):
        self.service, self.timeout = service, timeout
        self.host = host or f'127.0.0.1:{service.port}'
        self.cookies, self.page, self.path = {}, '', '/'

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.service.port,
                                                timeout=self.timeout)
        try:
            sent = {'Host': self.host, 'Accept': 'text/html', 'Accept-Language': 'sv',
                    'Sec-Fetch-Site': 'same-origin',
                    'Cookie': '; '.join(map('='.join, self.cookies.items()))}
            sent.update(headers or {})
            connection.request(method, path, body, sent)
            reply = Reply(connection.getresponse())
        finally:
            connection.close()
        for cookie in reply.headers.get_all('Set-Cookie') or []:
            name, _, rest = cookie.partition('=')
            if 'Max-Age=0' in rest:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = rest.split(';')[0]
        return reply

    def get(self, path, **headers):
        reply = self.request('GET', path, headers=headers)
        self.page, self.path = reply.body, path
        return reply

    def form(self, action):
        """Hidden fields of the form with this action on the page last seen."""
        forms = Forms(self.page).found
        for wanted in (action, action.split('?')[0], ''):
            if wanted in forms:
                return dict(forms[wanted])
        raise LookupError(f'no form for {action} on {self.path}')

    def send(self, action, fields):
        return self.request('POST', action, urllib.parse.urlencode(fields, doseq=True),
                            {'Content-Type': 'application/x-www-form-urlencoded'})

    def post(self, action, fields, page=None):
        """Fetches the page with the form (unless it was the one last seen) and sends it."""
        if page is not None or self.page == '':
            self.get(page or action)
        return self.send(action, {**self.form(action), **fields})
