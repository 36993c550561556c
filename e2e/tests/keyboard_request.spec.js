// A whole request by keyboard alone, counted in steps: taken in by telephone, acknowledged, settled, searched, gathered,
// read, checked by a second person, packed and released. Nothing is clicked, and no address is typed.

import { confirmItIsMe, expect, signInByHand, test } from '../harness/index.js';
import { Keys } from '../harness/keys.js';

test.setTimeout(600_000);

const main = (page) => page.locator('main');
const button = (page, name) => main(page).getByRole('button', { name, exact: true }).first();
const link = (page, name) => main(page).getByRole('link', { name }).or(main(page).getByRole('button', { name })).first();
const radios = (page, name) => main(page).locator(`input[type="radio"][name="${name}"]`);
const field = (page, name) => main(page).locator(`[name="${name}"]`).first();

async function sitDown(page, role) {
  await page.context().clearCookies();
  await signInByHand(page, role);
  await page.goto('/today');
}

/** By telephone, from somebody who is not in the book. */
async function takeIn(page, keys) {
  await keys.go(page.getByRole('link', { name: 'Requests', exact: true }).first());
  await keys.go(link(page, 'Record a request'));
  await keys.go(link(page, /not in our book/));
  await keys.type(field(page, 'subject-name'), 'Orla Penwhistle');
  await keys.pick(field(page, 'subject-class'), 'Supporter', 'supporter');
  await keys.choose(radios(page, 'intake'), main(page).getByLabel('By telephone'));
  const [year, month, day] = new Date().toISOString().slice(0, 10).split('-');
  await keys.type(field(page, 'received-day'), String(Number(day)));
  await keys.type(field(page, 'received-month'), String(Number(month)));
  await keys.type(field(page, 'received-year'), year);
  await keys.choose(radios(page, 'requester'), main(page).getByLabel('They ask for themselves'));
  await keys.type(field(page, 'name'), 'Orla Penwhistle');
  await keys.type(field(page, 'address'), '5 Invented Mews, Sampleton ZZ1 4QQ');
  await keys.type(field(page, 'phone'), '07700 900145');
  await keys.type(field(page, 'email'), 'orla@example.org');
  await keys.type(field(page, 'wanted'), 'Everything.');
  await keys.go(button(page, 'Record the request'));
  const reference = await main(page).locator('.gb-reference').innerText();
  await keys.go(link(page, 'Open the request'));
  return reference;
}

const next = (page) => main(page).getByRole('button', { name: /^Next: / }).or(main(page).getByRole('link', { name: /^Next: / })).first();

/** From the acknowledgement to the second person, always by the button that says what comes next. */
async function workThrough(page, keys) {
  await keys.go(next(page));
  await keys.go(button(page, 'Write the acknowledgement'));
  await keys.go(main(page).getByRole('link', { name: 'Acknowledgement' }).first());
  await keys.go(button(page, 'Mark as sent'));
  if (!(await next(page).count())) await keys.go(page.getByRole('link', { name: /^REQ-/ }).first());
  await keys.go(next(page));
  await keys.type(field(page, 'known'), 'She has given every Christmas since 2019; our office knows her voice.');
  await keys.go(button(page, 'They are known'));
  while (/search/i.test(await next(page).innerText())) {
    await keys.go(next(page));
    const form = main(page).locator('form', { has: page.getByRole('button', { name: 'Save what was found' }) }).first();
    await keys.type(form.getByLabel('What did you find?'), 'Nothing.');
    await keys.go(form.getByRole('button', { name: 'Save what was found' }));
    if (!(await next(page).count())) await keys.go(page.getByRole('link', { name: /^REQ-/ }).first());
  }
  await keys.go(next(page));
  await keys.go(button(page, 'Gather everything'));
  if (!(await button(page, 'Done with this record').count())) await keys.go(next(page));
  for (let turn = 0; turn < 12 && (await button(page, 'Send to the second person').count()) === 0; turn += 1) {
    await keys.go(button(page, 'Done with this record'));
  }
  await keys.go(button(page, 'Send to the second person'));
}

async function secondPerson(page, keys, reference) {
  await keys.go(main(page).getByRole('link', { name: new RegExp(`${reference}: check`) }));
  for (const danger of await main(page).locator('input[name="danger"]').all()) await keys.tick(danger);
  await keys.go(button(page, 'Approve this answer'));
  await expect(main(page)).toContainText('Approved');
}

async function release(page, keys, reference) {
  await keys.go(main(page).getByRole('link', { name: new RegExp(`^${reference}: access request`) }));
  await keys.go(next(page));
  await keys.go(button(page, 'Build the pack'));
  await keys.go(link(page, 'Confirm that it is you'));
  await confirmItIsMe(page, 'data-protection-lead');
  // She is new: a way to reach her is put into her file first, with the reason for opening it.
  await keys.go(link(page, 'Add a way to reach them'));
  if (await radios(page, 'purpose').count()) {
    await keys.choose(radios(page, 'purpose'), main(page).locator('input[name="purpose"][value="request"]'));
    await keys.type(field(page, 'reason'), 'Her request: where the answer goes.');
    await keys.go(main(page).locator('form button').first());
  }
  await keys.choose(radios(page, 'channel'), main(page).getByLabel('E-mail', { exact: true }));
  await keys.type(main(page).getByLabel('E-mail address'), 'orla@example.org');
  await keys.choose(radios(page, 'safe'), main(page).getByLabel('Yes, they told us so'));
  await keys.go(button(page, 'Save'));
  await keys.go(page.getByRole('link', { name: 'Today', exact: true }).first());
  await keys.go(main(page).getByRole('link', { name: new RegExp(`^${reference}: access request`) }));
  await keys.go(next(page));
  await keys.choose(radios(page, 'to'), main(page).getByLabel(/orla@example\.org/));
  await keys.choose(radios(page, 'how'), main(page).getByLabel(/By a secret link/));
  await keys.tick(main(page).getByLabel('I compared the name and the address with the file'));
  await keys.go(button(page, 'Release the answer'));
  await expect(main(page).locator('a.gb-secret')).toBeVisible();
}

test('a whole request by keyboard alone', async ({ page }, { project, annotations }) => {
  test.skip(project.name !== 'js-1280', 'walked once');
  const keys = new Keys(page);
  await sitDown(page, 'data-protection-lead');
  const reference = await takeIn(page, keys);
  await workThrough(page, keys);
  await sitDown(page, 'trustee');
  await secondPerson(page, keys, reference);
  await sitDown(page, 'data-protection-lead');
  await release(page, keys, reference);
  annotations.push({ type: 'steps', description: `${keys}` });
  console.log(`A whole request by keyboard: ${keys}`);
  // Twice the way of the day on which this was written would be a worse page, not a worse test.
  expect(keys.farthest).toBeLessThan(60);
});
