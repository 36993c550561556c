// What the journeys import: `test` with a watched page, `signIn`, `signInByHand`, `checkPage`.

import { expect, test as base } from '@playwright/test';
import { problemsOf } from './check_page.js';
import { demo } from './sign_in.js';

export { expect };
export { confirmItIsMe, demo, personWith, signIn, signInByHand } from './sign_in.js';

/** `test` whose page is watched: no console error, no 5xx, no request that leaves the host. */
export const test = base.extend({
  baseURL: async ({}, use) => use(demo().address),
  page: async ({ page, baseURL }, use) => {
    const faults = watch(page, new URL(baseURL).host);
    await use(page);
    expect(faults, 'what the browser complained of').toEqual([]);
  },
  /** Whether this project runs with JavaScript. */
  hasScript: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),
});

/** Fails the test with everything that is wrong with the page as it stands. */
export async function checkPage(page, options) {
  expect(await problemsOf(page, options), `${page.url()}`).toEqual([]);
}

/** Collects, from now on, what goes wrong on the page behind a person's back. */
export function watch(page, host) {
  const faults = [];
  const opened = new Set();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== host) faults.push(`a request left the host: ${url.origin}`);
    if (request.isNavigationRequest()) opened.add(request.url());
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${new URL(response.url()).pathname}`);
  });
  page.on('pageerror', (error) => faults.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // A page that is rightly refused (404, 422) is told to the console too; its status is the test's own matter.
    const refused = message.text().startsWith('Failed to load resource') && opened.has(message.location().url);
    if (message.type() === 'error' && !refused) faults.push(`console: ${message.text()}`);
  });
  return faults;
}
