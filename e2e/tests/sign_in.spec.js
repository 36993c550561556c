// Signing in: the first page that anybody sees.

import { checkPage, demo, expect, signIn, signInByHand, test } from '../harness/index.js';

/** Bytes that a first visit may cost, compressed (UX bar 2). */
const PAGE_WEIGHT = 80 * 1024;

test('the sign-in page is accessible', async ({ page }) => {
  await page.goto('/sign-in');
  await checkPage(page);
});

test('a first visit weighs little and is asked of one host only', async ({ page }) => {
  const responses = [];
  page.on('response', (response) => responses.push(response));
  await page.goto('/sign-in', { waitUntil: 'networkidle' });
  const sizes = await Promise.all(responses.map((response) => response.request().sizes()));
  const bytes = sizes.reduce((sum, size) => sum + size.responseBodySize, 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(PAGE_WEIGHT);
});

test('the sign-in page allows no inline script and no frame', async ({ page }) => {
  const response = await page.goto('/sign-in');
  const policy = response.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).toContain("frame-ancestors 'none'");
});

test('a wrong password is refused without saying whether the account exists', async ({ page }) => {
  const answers = [];
  for (const email of [demo().people[0].email, 'nobody.of.that.name@example.org']) {
    await page.goto('/sign-in');
    await page.locator('main input[name="email"]').fill(email);
    await page.locator('main input[name="password"]').fill('not the password of anybody');
    await page.locator('main form button[type="submit"], main form button:not([type])').first().click();
    await checkPage(page);
    answers.push((await page.locator('.govuk-error-summary').innerText()).replaceAll(email, 'ADDRESS'));
  }
  expect(answers[0]).toBe(answers[1]);
});

test('every role of the demo can sign in', async ({ page }) => {
  for (const { role } of demo().people) {
    await page.context().clearCookies();
    await signIn(page, role);
    await page.goto('/');
    expect(new URL(page.url()).pathname, role).not.toMatch(/^\/sign-in/);
  }
});

test('signing in by hand leads to a page that is accessible', async ({ page }, { project, config }) => {
  // Another person in each project: a code is taken once, and waiting for the next takes half a minute.
  const { people } = demo();
  const turn = config.projects.findIndex((one) => one.name === project.name);
  await signInByHand(page, people[turn % people.length].role);
  await checkPage(page);
});
