// A parent asks on the website and looks how far it is; the lead takes it in, and answers a message.

import { checkPage, demo, expect, signIn, test } from '../harness/index.js';

test.setTimeout(240_000);

/** The button that goes on, not its twin for the Enter key. */
const button = (page, name) => page.locator('main').getByRole('button', { name, exact: true }).last();

async function answer(page, fill) {
  await fill();
  await checkPage(page);
  await button(page, 'Continue').click();
}

test('a parent asks, the lead takes it in, and both write to each other', async ({ page, browser, hasScript }) => {
  await page.goto('/');
  await checkPage(page);
  await page.getByRole('link', { name: 'Ask us something' }).click();
  // Nothing chosen: the words at the question say what to do.
  await button(page, 'Continue').click();
  await expect(page.getByText('Choose who you are').first()).toBeVisible();
  await answer(page, () => page.getByLabel('I am a parent or carer').check());
  await answer(page, () => page.getByLabel('See what you hold, or have a copy').check());
  await answer(page, async () => {
    await page.getByLabel('Full name').fill('Maya Brackenwell');
    await page.getByLabel('Your own name').fill('Joanna Brackenwell');
    await page.getByLabel('What are you to them?').fill('mother');
  });
  await page.getByLabel('In your own words').fill('What the Saturday club wrote since the summer.');
  // To Easy Read and back: what was typed stays.
  await button(page, 'Easy Read').click();
  await checkPage(page);
  await expect(page.getByLabel('In your own words')).toHaveValue(/Saturday club/);
  await button(page, 'More words').click();
  await button(page, 'Continue').click();
  await answer(page, () => page.getByLabel('Only here: I come back with my number').check());
  await answer(page, () => page.getByLabel(/Somebody who knows you/).fill('Whoever does the Saturday club'));
  await checkPage(page);
  await button(page, 'Send it').click();
  await checkPage(page);
  const [number, secret] = await page.locator('.gb-pass dd').allTextContents();

  // Another device.
  const family = await (await browser.newContext({ javaScriptEnabled: hasScript })).newPage();
  await family.goto(`${demo().address}/track`);
  await family.getByLabel('Your number').fill(number);
  await family.getByLabel('Your secret letters').fill(secret);
  await family.getByRole('button', { name: 'Show me' }).click();
  await checkPage(family);
  await expect(family.getByText('A person here reads it', { exact: true })).toBeVisible();
  await family.getByLabel('Write to us').fill('It is for school.');
  await family.getByRole('button', { name: 'Send the message' }).click();
  await expect(family.getByText('Sent. You find our answer here.')).toBeVisible();

  await page.context().clearCookies();
  await signIn(page, 'data-protection-lead');
  await page.goto('/today');
  await page.getByRole('link', { name: `${number}: read it, and take it in` }).click();
  await checkPage(page);
  await expect(page.getByText('It is for school.')).toBeVisible();
  await page.getByRole('button', { name: 'As a request' }).click();
  await page.getByRole('button', { name: 'Look for the person' }).click();
  await page.locator('main').getByRole('link', { name: 'Maya Brackenwell', exact: true }).first().click();
  await checkPage(page);
  await expect(page.getByLabel('Name of whoever asks')).toHaveValue('Joanna Brackenwell');
  await page.getByRole('button', { name: 'Record the request' }).click();
  await expect(page).toHaveURL(/\/requests\/recorded\//);
  const reference = page.url().split('/').pop();
  await page.goto(`/requests/${reference}/messages`);
  await expect(page.getByText('It is for school.')).toBeVisible();
  await page.getByLabel('Your answer').fill('Thank you. We ring you.');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await checkPage(page);

  await family.goto(`${demo().address}/track/here`);
  await expect(family.getByText('Thank you. We ring you.')).toBeVisible();
  await expect(family.getByText(/We answer at the latest by/)).toBeVisible();
  await checkPage(family);
  await family.getByRole('button', { name: 'I am done: close this' }).click();
  await expect(family.getByText('Nobody can see it on this device now.')).toBeVisible();
  await family.context().close();
});
