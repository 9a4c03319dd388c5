#!/usr/bin/python3
"""A mail server for tests: does what it is told on standard input, one line each.

    smtp_server.py [--log-in NAME:PASSWORD] [--tls starttls|smtps --name HOST --folder DIR]

With --tls it makes a certificate for HOST in DIR/server.pem. First it prints "port N". Each
command is answered by one line:
    accept              take everything (as it begins): "ok"
    refuse CODE         answer CODE to RCPT: 550 for ever, 451 for now: "ok"
    refuse-sender CODE  answer CODE to MAIL FROM: "ok"
    refuse-message CODE answer CODE to the message: "ok"
    drop                close the connection in the midst of the message: "ok"
    silent              take the message, keep it, and never answer: "ok"
    state               {"messages": N, "connections": N}
    message N           the N-th message taken (0 = the first), read by Python's email package
"""
import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl
import subprocess
import sys
import threading

from aiosmtpd.smtp import SMTP, AuthResult, Envelope


class Behaviour:
    """What the server does now, and what it took."""

    def __init__(self):
        self.mode, self.code = 'accept', ''
        self.messages, self.connections = [], 0

    def reply(self, mode):
        return f'{self.code} as told' if self.mode == mode else None


class Server(SMTP):
    """The protocol, with what a good server never does."""

    def __init__(self, behaviour, *arguments, **options):
        super().__init__(*arguments, **options)
        self.behaviour = behaviour

    def connection_made(self, transport):
        self.behaviour.connections += 1
        super().connection_made(transport)

    async def smtp_DATA(self, arg):
        if self.behaviour.mode != 'drop':
            return await super().smtp_DATA(arg)
        await self.push('354 go on')
        await self._reader.read(10)
        self.transport.abort()


class Handler:
    """Answers to the steps of one mail."""

    def __init__(self, behaviour):
        self.behaviour = behaviour

    async def handle_MAIL(self, server, session, envelope, address, options):
        refusal = self.behaviour.reply('refuse-sender')
        if refusal is None:
            envelope.mail_from = address
        return refusal or '250 OK'

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = self.behaviour.reply('refuse')
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or '250 OK'

    async def handle_DATA(self, server, session, envelope: Envelope):
        refusal = self.behaviour.reply('refuse-message')
        if refusal:
            return refusal
        self.behaviour.messages.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if self.behaviour.mode == 'silent':
            await asyncio.sleep(60)
        return '250 taken'


def certificate(folder, name):
    """A key and a certificate that signs itself, for an address or a host name."""
    kind = 'IP' if name[0].isdigit() else 'DNS'
    subprocess.run(
        ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
         '-nodes', '-days', '2', '-subj', f'/CN={name}', '-addext', f'subjectAltName={kind}:{name}',
         '-keyout', f'{folder}/server.key', '-out', f'{folder}/server.pem'],
        check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(f'{folder}/server.pem', f'{folder}/server.key')
    return context


def protocol(behaviour, log_in, context):
    """One connection's server; `context` when it offers STARTTLS."""

    def check(server, session, envelope, mechanism, data):
        return AuthResult(success=f'{data.login.decode()}:{data.password.decode()}' == log_in)

    options = {}
    if log_in:
        options = {'authenticator': check, 'auth_required': True, 'auth_require_tls': False}
    if context:
        options.update(tls_context=context, require_starttls=True)
    return Server(behaviour, Handler(behaviour), enable_SMTPUTF8=True, hostname='localhost',
                  **options)


def read_message(taken):
    """A message as a mail program sees it."""
    sender, recipients, content = taken
    message = email.message_from_bytes(content, policy=email.policy.default)
    return {
        'sender': sender, 'recipients': recipients,
        'headers': {name.lower(): str(value) for name, value in message.items()},
        'names': [name for name, _ in message.items()],
        'type': message.get_content_type(),
        'defects': [str(part.defects) for part in message.walk() if part.defects],
        'parts': [{'type': part.get_content_type(),
                   'text': part.get_content().replace('\r\n', '\n')}
                  for part in message.iter_parts()],
        'longest': max(len(line) for line in content.split(b'\r\n')),
        'bare': b'\n' in content.replace(b'\r\n', b''),
    }


def answer(behaviour, words):
    if words[0] == 'state':
        return json.dumps({'messages': len(behaviour.messages),
                           'connections': behaviour.connections})
    if words[0] == 'message':
        return json.dumps(read_message(behaviour.messages[int(words[1])]))
    behaviour.mode, behaviour.code = words[0], words[-1]
    return 'ok'


def obey(behaviour):
    """Commands, until standard input ends; then the process does, with what hangs in it."""
    for line in sys.stdin:
        print(answer(behaviour, line.split()), flush=True)
    os._exit(0)


async def serve(behaviour, options):
    loop = asyncio.get_running_loop()
    context = certificate(options.folder, options.name) if options.tls else None
    later = context if options.tls == 'starttls' else None
    at_once = context if options.tls == 'smtps' else None
    server = await loop.create_server(lambda: protocol(behaviour, options.log_in, later),
                                      '127.0.0.1', 0, ssl=at_once)
    print('port', server.sockets[0].getsockname()[1], flush=True)
    threading.Thread(target=obey, args=[behaviour], daemon=True).start()
    await server.serve_forever()


if __name__ == '__main__':
    reader = argparse.ArgumentParser()
    for word in ('--log-in', '--tls', '--name', '--folder'):
        reader.add_argument(word)
    asyncio.run(serve(Behaviour(), reader.parse_args()))
