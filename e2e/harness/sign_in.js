// Signing in as the demo's people: once per role, then by its cookies, so that a code is never used twice.

import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOfStep, STEP } from './totp.js';

const sessions = join(dirname(fileURLToPath(import.meta.url)), '../out/sessions');

/** What the demo said when it was ready: address, book, people. */
export const demo = () => JSON.parse(process.env.GUARDBOOK_DEMO);

/** The demo's person with that role. */
export function personWith(role) {
  const { people } = demo();
  const person = people.find((one) => one.role === role);
  if (!person) {
    throw new Error(`The demo has nobody with the role "${role}"; it has: ${people.map((one) => one.role).join(', ')}`);
  }
  return person;
}

/** Has the browser signed in with that role. The session is shared by all tests: do not sign out of it. */
export async function signIn(page, role) {
  const file = join(sessions, `${role.replaceAll(/\W+/g, '-')}.json`);
  await withLock(`${file}.lock`, async () => {
    if (existsSync(file)) return;
    const context = await page.context().browser().newContext({ baseURL: demo().address });
    await signInByHand(await context.newPage(), role);
    writeFileSync(file, JSON.stringify(await context.cookies()));
    await context.close();
  });
  await page.context().addCookies(JSON.parse(readFileSync(file, 'utf8')));
}

/** Types e-mail, password and code, as a person does; the session is this browser's own and may be signed out of. */
export async function signInByHand(page, role) {
  const person = personWith(role);
  await page.goto('/sign-in');
  for (let form = 0; form < 3 && new URL(page.url()).pathname.startsWith('/sign-in'); form += 1) {
    await fillIfThere(page, 'email', () => person.email);
    await fillIfThere(page, 'password', () => person.password);
    await fillIfThere(page, 'code', () => freshCode(person));
    await page.locator('main form button[type="submit"], main form button:not([type])').first().click();
    await page.waitForLoadState();
  }
  if (new URL(page.url()).pathname.startsWith('/sign-in')) {
    throw new Error(`Could not sign in as ${role}: ${await page.locator('main').innerText()}`);
  }
}

async function fillIfThere(page, name, value) {
  const field = page.locator(`main input[name="${name}"]`);
  if (await field.isVisible()) await field.fill(await value());
}

/** A code that no other sign-in of this run has used: Guardbook takes each only once. */
async function freshCode(person) {
  for (;;) {
    const now = Math.floor(Date.now() / 1000 / STEP);
    const taken = join(sessions, `${person.email.replaceAll(/\W+/g, '-')}-${now}`);
    if (claim(taken)) return codeOfStep(person.totp_secret, now);
    const next = (now + 1) * STEP * 1000 - Date.now();
    await new Promise((done) => setTimeout(done, next));
  }
}

/** Makes a folder of that name; false when another worker has made it. */
function claim(folder) {
  try {
    mkdirSync(folder);
    return true;
  } catch (fault) {
    if (fault.code === 'EEXIST') return false;
    throw fault;
  }
}

async function withLock(folder, work) {
  while (!claim(folder)) await new Promise((done) => setTimeout(done, 50));
  try {
    await work();
  } finally {
    rmdirSync(folder);
  }
}
