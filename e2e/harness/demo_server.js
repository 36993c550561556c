// Starts `guardbook demo` for the run on a free port, waits until it says that it is ready, and ends it afterwards.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.GUARDBOOK_BIN ?? join(here, '../../target/debug/guardbook'));
const out = join(here, '../out');
const READY_WITHIN_MS = 120_000;

const freePort = () =>
  new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

/** The file is written when the server answers; a server that ended instead is reported with its last words. */
async function ready(server, file, log) {
  const started = Date.now();
  while (!existsSync(file)) {
    const late = Date.now() - started > READY_WITHIN_MS;
    if (server.exitCode !== null || late) {
      const why = late ? `was not ready after ${READY_WITHIN_MS / 1000} s` : `ended with exit code ${server.exitCode}`;
      server.kill();
      throw new Error(`${program} ${why}. Its last words:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Playwright calls this once before all tests; what it returns is called once after them. */
export default async function startDemo() {
  if (!existsSync(program)) {
    throw new Error(`${program} is not there: run \`cargo build --bin guardbook\` first, or set GUARDBOOK_BIN.`);
  }
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'sessions'), { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'guardbook-e2e-'));
  const file = join(folder, 'ready.json');
  const log = join(out, 'server.log');
  const output = openSync(log, 'w');
  const server = spawn(program, ['demo', '--listen', `127.0.0.1:${await freePort()}`, '--json-ready', file], {
    stdio: ['ignore', output, output],
  });
  const ended = new Promise((done) => server.once('exit', done));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    process.env.GUARDBOOK_DEMO = JSON.stringify(await ready(server, file, log));
  } catch (fault) {
    await stop();
    throw fault;
  }
  return stop;
}
