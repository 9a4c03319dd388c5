"""Servers to be measured, and wrk against them."""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CLOCK_TICKS = os.sysconf('SC_CLK_TCK')
NGINX = '''
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    default_type text/html;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    open_file_cache max=100;
    server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
'''


class Failed(Exception):
    """A measurement that cannot be made; its reason goes into the results."""


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


def fetch(url, headers=None):
    """(status, headers, bytes) of an address."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {})) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class Server:
    """A process with its workers, until stop()."""

    def __init__(self, command, url, log):
        self.url = url
        self.began = time.monotonic()
        with open(log, 'ab') as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out,
                                            stdin=subprocess.DEVNULL)

    def wait_for_answer(self, path, seconds=60):
        """Asks until it answers; seconds since it was started."""
        while time.monotonic() - self.began < seconds:
            if self.process.poll() is not None:
                raise Failed(f'{self.process.args[0]} ended with {self.process.returncode}')
            try:
                fetch(self.url + path)
                return time.monotonic() - self.began
            except OSError:
                time.sleep(0.001)
        raise Failed(f'{self.process.args[0]} does not answer')

    def processes(self):
        children = pathlib.Path(f'/proc/{self.process.pid}/task/{self.process.pid}/children')
        return [self.process.pid, *map(int, children.read_text().split())]

    def cpu_seconds(self):
        total = 0
        for pid in self.processes():
            fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / CLOCK_TICKS

    def memory_mib(self):
        """(resident now, most ever) of all its processes."""
        now = most = 0
        for pid in self.processes():
            status = pathlib.Path(f'/proc/{pid}/status').read_text()
            now += int(re.search(r'VmRSS:\s+(\d+)', status).group(1))
            most += int(re.search(r'VmHWM:\s+(\d+)', status).group(1))
        return now / 1024, most / 1024

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def radslag(program, folder, database=None):
    """Our service on the demonstration, in a data file in `folder` unless told otherwise.

    It believes X-Forwarded-For, so that the load comes from many addresses and meets no limit."""
    port = free_port()
    return Server([program, 'serve', '--demo', '--quiet', '--trust-proxy',
                   '--listen', f'127.0.0.1:{port}',
                   '--database', database or f'sqlite:{folder}/radslag.db',
                   '--keys', f'{folder}/keys', '--mail', f'{folder}/mail'],
                  f'http://127.0.0.1:{port}', f'{folder}/radslag.log')


def nginx(folder, body):
    """nginx that serves these bytes as /page.html."""
    if not shutil.which('nginx') and not os.path.exists('/usr/sbin/nginx'):
        raise Failed('nginx is not installed')
    port = free_port()
    pages = pathlib.Path(folder, 'pages')
    pages.mkdir(exist_ok=True)
    (pages / 'page.html').write_bytes(body)
    for path in (pathlib.Path(folder), pages):
        path.chmod(0o755)
    (pages / 'page.html').chmod(0o644)
    conf = pathlib.Path(folder, 'nginx.conf')
    conf.write_text(NGINX.format(folder=folder, port=port))
    return Server(['/usr/sbin/nginx', '-c', str(conf), '-e', f'{folder}/nginx.log'],
                  f'http://127.0.0.1:{port}', f'{folder}/nginx.log')


class Load:
    """What wrk saw: requests a second, 99th percentile, and the server's own time."""

    def __init__(self, requests, rate, p99_ms, cpu_us):
        self.requests, self.rate, self.p99_ms, self.cpu_us = requests, rate, p99_ms, cpu_us


def milliseconds(text):
    number, unit = re.fullmatch(r'([\d.]+)(us|ms|s|m)', text).groups()
    return float(number) * {'us': 0.001, 'ms': 1, 's': 1000, 'm': 60000}[unit]


def wrk(server, path, clients, seconds, headers=None, script='addresses.lua', extra=None):
    """Loads an address with keep-alive clients; Failed when an answer is not 2xx or 3xx."""
    words = ['wrk', '-t1', f'-c{clients}', f'-d{seconds}s', '--latency', '-s', HERE / script]
    for name, value in (headers or {}).items():
        words += ['-H', f'{name}: {value}']
    cpu = server.cpu_seconds()
    said = subprocess.run([*map(str, words), server.url + path], stdout=subprocess.PIPE, text=True,
                          check=True, env={**os.environ, **(extra or {})}).stdout
    cpu = server.cpu_seconds() - cpu
    wrong = re.search(r'Non-2xx or 3xx responses: (\d+)', said)
    if wrong or 'Socket errors' in said:
        raise Failed(f'{path}: {wrong.group(0) if wrong else "socket errors"}')
    requests = int(re.search(r'(\d+) requests in', said).group(1))
    return Load(requests, float(re.search(r'Requests/sec:\s+([\d.]+)', said).group(1)),
                milliseconds(re.search(r'99%\s+(\S+)', said).group(1)),
                cpu * 1e6 / max(requests, 1))
