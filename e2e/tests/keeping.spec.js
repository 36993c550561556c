// Keep or dispose in the demo: a file whose time is over is put forward with a reason and called off; another is agreed to
// by the second person, after proving once more who she is, and called off within its days. By keyboard on a wide screen,
// without scripts on a narrow one.

import { checkPage, confirmItIsMe, expect, signInByHand, test } from '../harness/index.js';

test.beforeEach(({}, { project }) => {
  test.skip(!['js-1280', 'nojs-320'].includes(project.name), 'walked on another screen');
});
test.setTimeout(400_000);

const look = (page) => checkPage(page, { personal: ['Pettibrook', 'Marrowfield'] });
const main = (page) => page.locator('main');

/** Moves on by Tab until the element that is wanted has the focus, as somebody without a mouse does. */
async function tabTo(page, wanted) {
  for (let step = 0; step < 80; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}

/** Proves once more who it is, where that was not done a moment ago. It changes the session: never one that tests share. */
async function confirmIfAsked(page, role) {
  const ask = main(page).getByRole('link', { name: 'Confirm that it is you' });
  if (await ask.count() === 0) return;
  await ask.click();
  await confirmItIsMe(page, role);
}

async function callOff(page) {
  await main(page).getByLabel('Why is it called off?').fill('Somebody asked about it.');
  await main(page).getByRole('button', { name: 'Call it off' }).click();
  await expect(page.getByText('Called off. The file stays.')).toBeVisible();
}

test('the lead puts a file forward by keyboard, and calls it off', async ({ page }, { project }) => {
  test.skip(project.name !== 'js-1280', 'by keyboard, on a wide screen');
  await signInByHand(page, 'data-protection-lead');
  await page.goto('/people');
  await tabTo(page, main(page).getByRole('link', { name: 'Keep or dispose' }));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/disposals');
  await look(page);
  await tabTo(page, main(page).getByRole('link', { name: /Jonah Pettibrook/ }));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/disposals/*');
  await look(page);
  await confirmIfAsked(page, 'data-protection-lead');
  const button = main(page).getByRole('button', { name: 'Put it forward' });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await look(page);
  await tabTo(page, main(page).getByLabel('Why is nothing in it needed any more?'));
  await page.keyboard.type('Six years and two months; nothing but one friendly note.');
  await tabTo(page, main(page).getByRole('button', { name: 'Put it forward' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Put forward. A second person agrees')).toBeVisible();
  await main(page).getByRole('link', { name: /Jonah Pettibrook/ }).click();
  await expect(main(page).getByRole('button', { name: 'Agree' })).toHaveCount(0);
  await look(page);
  await callOff(page);
});

test('the second person agrees, without scripts, and thinks again', async ({ page }, { project }) => {
  test.skip(project.name !== 'nojs-320', 'without scripts, on a narrow screen');
  await signInByHand(page, 'trustee');
  await page.goto('/today');
  await main(page).getByRole('link', { name: /agree that the file is destroyed/ }).click();
  await look(page);
  await confirmIfAsked(page, 'trustee');
  await main(page).getByRole('button', { name: 'Agree' }).click();
  await expect(page.getByText('Agreed. It can be called off')).toBeVisible();
  await look(page);
  await main(page).getByRole('link', { name: /Elsie Marrowfield/ }).click();
  await expect(main(page).getByText(/Destroyed on/)).toBeVisible();
  await callOff(page);
});
