// Administration: every page that opens for an administrator, and the adoption of a policy by the data protection lead.

import { checkPage, signIn, test } from '../harness/index.js';
import { expect } from '@playwright/test';

const PAGES = [
  '/admin', '/admin/set-up', '/admin/people', '/admin/roles', '/admin/charity', '/admin/services',
  '/admin/services/new', '/admin/places', '/admin/places/new', '/admin/holidays', '/admin/holidays/new', '/admin/policy',
  '/admin/ledger', '/admin/letters', '/admin/letters/acknowledgement', '/admin/email', '/account', '/admin/people?set-up=yes',
];

test('an administrator looks after the book', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, 'administrator');
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.locator('h1')).toBeVisible();
    await checkPage(page);
  }
  await page.goto('/admin/people');
  await page.locator('main table a').first().click();
  await expect(page.getByRole('heading', { name: 'What else is open to them' })).toBeVisible();
  await checkPage(page);
  await page.goto('/admin/places/new');
  await page.getByRole('button', { name: 'Add the place' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await checkPage(page);
});

test('a family worker finds no administration', async ({ page }) => {
  await signIn(page, 'family-worker');
  const answer = await page.goto('/admin');
  expect(answer.status()).toBe(404);
});
