// Starts the program on a free port with a demonstration of its own, and stops it.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_SECONDS = 60;
const STOP_SECONDS = 20;

// What `radslag serve` prints when it answers, for example "http://127.0.0.1:41233".
const ADDRESS = /https?:\/\/[\w.-]+:\d+/;

export class Service {
    // Resolves when the service answers. `program` is the path of radslag.
    static async start(program) {
        const service = new Service();
        service.folder = await mkdtemp(join(tmpdir(), 'radslag-browser-'));
        service.said = '';
        service.child = spawn(program, [
            'serve', '--demo', '--no-rates', '--listen', '127.0.0.1:0',
            '--database', `sqlite:${join(service.folder, 'radslag.db')}`,
            '--keys', join(service.folder, 'keys'), '--mail', join(service.folder, 'mail'),
        ], { stdio: ['ignore', 'pipe', 'pipe'] });
        const told = new Promise((resolve, reject) => {
            for (const stream of [service.child.stdout, service.child.stderr]) {
                stream.on('data', (bytes) => {
                    service.said += bytes;
                    if (stream === service.child.stdout && ADDRESS.test(service.said)) resolve();
                });
            }
            service.ended = new Promise((ended) => {
                service.child.on('exit', (code, signal) => {
                    ended(code ?? signal);
                    reject(new Error(`the program ended (${code ?? signal}):\n${service.said}`));
                });
            });
            setTimeout(() => reject(new Error(`no address:\n${service.said}`)),
                START_SECONDS * 1000).unref();
        });
        await told;
        service.address = ADDRESS.exec(service.said)[0];
        return service;
    }

    // An address on the demonstration; `host` names another organisation than the first one. Its
    // port is the service's; Chromium takes every *.localhost for this machine.
    url(path, host) {
        const url = new URL(path, this.address);
        if (host) url.hostname = host;
        return url.href;
    }

    // The bytes of an address, without a browser: { status, headers, body }.
    fetch(path, headers = {}, host = undefined) {
        const url = new URL(path, this.address);
        const all = { ...headers, host: new URL(this.url(path, host)).host };
        return new Promise((resolve, reject) => {
            get(url, { headers: all }, (reply) => {
                const parts = [];
                reply.on('data', (part) => parts.push(part));
                reply.on('end', () => resolve({
                    status: reply.statusCode, headers: reply.headers,
                    body: Buffer.concat(parts).toString('utf8'),
                }));
            }).on('error', reject);
        });
    }

    // Ends it as Ctrl-C does; the exit status, 0 when it ended cleanly.
    async stop() {
        this.child.kill('SIGINT');
        const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_SECONDS * 1000);
        const status = await this.ended;
        clearTimeout(timer);
        await rm(this.folder, { recursive: true, force: true });
        return status;
    }
}
