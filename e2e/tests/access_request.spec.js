// The main job from end to end, as a stranger does it in the demo: find a child, read the file, take in a letter, work
// through it, have a second person say yes, release the answer, open it, and verify the ledger. Once with scripts on a
// wide screen, once without on a narrow one; every page that it stops at is looked at.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPage, confirmItIsMe, demo, expect, signInByHand, test } from '../harness/index.js';

test.beforeEach(({}, { project }) => {
  test.skip(!['js-1280', 'nojs-320'].includes(project.name), 'walked on another screen');
});
test.setTimeout(400_000);

/** A one-page PDF, small enough to stand here: the scan of the letter. */
const SCAN = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n',
);

const main = (page) => page.locator('main');
const press = (page, name) => main(page).getByRole('button', { name, exact: true }).first().click();
// A link that looks like a button says that it is one.
const follow = (page, name) =>
  main(page).getByRole('link', { name, exact: true }).or(main(page).getByRole('button', { name, exact: true })).first().click();

/** Everything on one page that a tool can find wrong; nobody's name in its title. */
const look = (page) => checkPage(page, { personal: ['Theo', 'Maya', 'Brackenwell', 'Harrowmere'] });

/**
 * Has somebody else sit down at this browser. Their session is this walk's own, and comes back when they do: proving once
 * more who one is gives a session a new name, and other tests share theirs.
 */
async function sitDown(page, role, sessions) {
  if (sessions.now) sessions[sessions.now] = await page.context().cookies();
  await page.context().clearCookies();
  if (sessions[role]) await page.context().addCookies(sessions[role]);
  else await signInByHand(page, role);
  sessions.now = role;
  await page.goto('/today');
  await look(page);
}

test('a letter that asks for a child’s file is answered from end to end', async ({ page }) => {
  const before = verified();
  const sessions = {};

  // The family worker finds the child and reads the file.
  await sitDown(page, 'family-worker', sessions);
  await page.getByRole('searchbox', { name: 'Search people and requests' }).fill('brackenwel theo');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await look(page);
  await follow(page, 'Theo Brackenwell');
  await look(page);
  await expect(main(page)).toContainText('Safe address');
  await follow(page, 'Timeline');
  await look(page);

  // The data protection lead takes in the mother's letter.
  await sitDown(page, 'data-protection-lead', sessions);
  await page.goto('/requests');
  await follow(page, 'Record a request');
  await page.getByLabel('Whose information is asked for?').fill('Theo Brackenwell');
  await press(page, 'Look for the person');
  await look(page);
  await main(page).getByRole('link', { name: /Theo Brackenwell/ }).first().click();
  await press(page, 'Record the request');
  await expect(page.getByRole('alert')).toContainText('Choose how it came');
  await look(page);
  await page.getByLabel('By letter').check();
  const [year, month, day] = new Date().toISOString().slice(0, 10).split('-');
  const received = page.getByRole('group', { name: 'When did it come?' });
  await received.getByLabel('Day').fill(day);
  await received.getByLabel('Month').fill(month);
  await received.getByLabel('Year').fill(year);
  await page.getByLabel('Somebody else asks for them').check();
  await page.getByLabel('Are they one of these people?').selectOption({ label: 'Joanna Brackenwell, mother' });
  await page.getByLabel('Name of whoever asks').fill('Joanna Brackenwell');
  await page.getByLabel('Postal address').fill('Flat 3, 18 Weir Gardens\nSampleton\nZZ4 7QT');
  await page.getByLabel('Telephone number').fill('07700 900118');
  await page.getByLabel('E-mail address').fill('jo.b@example.org');
  await page.getByLabel('What would they like to see?').fill('Everything that you hold about my son.');
  await page.getByLabel('The original: scan or file').setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: SCAN });
  await page.getByLabel('Where does the paper original lie?').fill('Cabinet 2, folder R');
  await press(page, 'Record the request');
  await look(page);
  const reference = await main(page).locator('.gb-reference').innerText();
  expect(reference).toMatch(/^REQ-\d{4}-\d{4}$/);
  await follow(page, 'Open the request');
  await look(page);
  await expect(main(page)).toContainText('How we counted');
  const request = `/requests/${reference}`;

  // She acknowledges it and sends the letter, and settles who asks and by what right.
  await follow(page, 'Acknowledge');
  await look(page);
  await press(page, 'Write the acknowledgement');
  await look(page);
  await main(page).getByRole('link', { name: 'Acknowledgement' }).first().click();
  await look(page);
  await press(page, 'Mark as sent');
  await page.goto(`${request}/identity`);
  await page.getByLabel('Who knows them, and how?').fill('Ffion Lampwright has worked with the family for two years.');
  await press(page, 'They are known');
  await page.goto(`${request}/identity`);
  await look(page);
  const right = main(page).locator('form', { has: page.getByLabel('What did you see for it?') });
  await right.getByLabel('What did you see for it?').fill('His full birth certificate, seen and handed back.');
  await right.getByRole('button', { name: 'Save what was found' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose on what they rely');
  await look(page);
  await right.getByLabel('Birth mother').check();
  await right.getByLabel('Nobody has asked them').check();
  await right.getByLabel('Why is it in the child’s interest that they read it?').fill('He is nine, and his mother decides with us about his help.');
  await right.getByLabel('Nothing: I looked').check();
  await right.getByRole('button', { name: 'Save what was found' }).click();
  await look(page);

  // Every place is searched, and everything is gathered.
  await page.goto(`${request}/search`);
  await look(page);
  for (let place = 0; place < 9 && (await main(page).getByRole('button', { name: 'Save what was found' }).count()) > 0; place += 1) {
    const form = main(page).locator('form', { has: page.getByRole('button', { name: 'Save what was found' }) }).first();
    await form.getByLabel('What did you look for?').fill('Theo, Brackenwell, Harrowmere');
    await form.getByLabel('What did you find?').fill('Nothing beyond what is in this book.');
    await form.getByRole('button', { name: 'Save what was found' }).click();
    await page.goto(`${request}/search`);
  }
  await page.goto(`${request}/gather`);
  await look(page);
  await press(page, 'Gather everything');
  await look(page);

  // She reads every record; what is about his sister is covered, in every record.
  await page.goto(`${request}/review`);
  await look(page);
  const total = Number((await main(page).locator('.gb-reference').innerText()).match(/of (\d+)/)[1]);
  let covered = false;
  for (let position = 1; position <= total; position += 1) {
    await page.goto(`${request}/review/${position}`);
    if (!covered && (await main(page).locator('.gb-review').innerText()).includes('Maya')) {
      await page.getByLabel('Words to cover').fill('Maya');
      await press(page, 'Cover them in every record');
      await expect(main(page).locator('.gb-review__marked').first()).toBeVisible();
      await look(page);
      await page.goto(`${request}/review/${position}?view=requester`);
      await look(page);
      await expect(main(page).locator('.gb-review')).not.toContainText('Maya');
      await page.goto(`${request}/review/${position}`);
      covered = true;
    }
    await press(page, 'Done with this record');
  }
  expect(covered).toBe(true);
  await page.goto(`${request}/review/1`);
  await press(page, 'Send to the second person');
  await look(page);
  await expect(main(page)).toContainText('somebody else says yes');

  // A trustee, who did not work on it, looks at each danger and approves.
  await sitDown(page, 'trustee', sessions);
  await page.goto(`${request}/check`);
  await look(page);
  await press(page, 'Approve this answer');
  await look(page);
  for (const danger of await page.locator('input[name="danger"]').all()) await danger.check();
  await press(page, 'Approve this answer');
  await expect(main(page)).toContainText('Approved');

  // The pack is built, searched and released by a link and a passphrase.
  await sitDown(page, 'data-protection-lead', sessions);
  await page.goto(`${request}/pack`);
  await press(page, 'Build the pack');
  await look(page);
  await follow(page, 'Confirm that it is you');
  await look(page);
  await confirmItIsMe(page, 'data-protection-lead');
  await page.getByLabel(/jo\.b@example\.org/).check();
  await page.getByLabel(/By a secret link/).check();
  await page.getByLabel('I compared the name and the address with the file').check();
  await press(page, 'Release the answer');
  await look(page);
  const link = await main(page).locator('a.gb-secret').getAttribute('href');
  const passphrase = await main(page).locator('strong.gb-secret').innerText();

  // A link or passphrase that is lost is no end: the files can still be opened and printed.
  await page.goto(`${request}/pack`);
  await look(page);
  const printing = page.waitForEvent('download');
  await main(page).getByRole('link', { name: 'access-pack.pdf' }).click();
  expect(readFileSync(await (await printing).path()).subarray(0, 4).toString()).toBe('%PDF');

  // The mother opens it: on the page, and as a file.
  sessions[sessions.now] = await page.context().cookies();
  sessions.now = undefined;
  await page.context().clearCookies();
  await page.goto(link);
  await look(page);
  await page.getByLabel('Passphrase').fill('wrong');
  await press(page, 'Read it');
  await expect(page.getByRole('alert')).toContainText('Enter the passphrase');
  await look(page);
  const saving = page.waitForEvent('download');
  await follow(page, 'Save the file');
  const archive = await (await saving).path();
  await page.getByLabel('Passphrase').fill(passphrase.toUpperCase());
  await press(page, 'Read it');
  await expect(page.locator('body')).toContainText('Theo Brackenwell');
  await expect(page.locator('body')).not.toContainText('Maya');
  openedAgain(archive, passphrase);

  // And the whole story is in the ledger, and in what the child can be shown: who looked, and that it was given out.
  expect(verified()).toBeGreaterThan(before + total);
  await sitDown(page, 'data-protection-lead', sessions);
  await page.goto(request);
  for (const step of ['Acknowledged', 'Released']) await expect(main(page)).toContainText(step);
});

/** Unlocks the archive with another program, and reads the PDF in it with another one still. */
function openedAgain(archive, passphrase) {
  const folder = mkdtempSync(join(tmpdir(), 'guardbook-pack-'));
  try {
    expect(() => execFileSync('7z', ['x', '-y', '-pwrong', `-o${folder}`, archive], { stdio: 'pipe' })).toThrow();
    execFileSync('7z', ['x', '-y', `-p${passphrase}`, `-o${folder}`, archive], { stdio: 'pipe' });
    const pdf = join(folder, 'access-pack.pdf');
    execFileSync('qpdf', ['--check', pdf], { stdio: 'pipe' });
    expect(execFileSync('pdfinfo', [pdf], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).toMatch(/Tagged: +yes/);
    const words = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' });
    expect(words).toContain('Theo Brackenwell');
    expect(words).not.toContain('Maya');
    expect(JSON.parse(readFileSync(join(folder, 'access-pack.json'), 'utf8'))).toBeTruthy();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `guardbook verify` says of the demo's book while it is served; it fails on any problem. */
function verified() {
  const program = process.env.GUARDBOOK_BIN ?? join(import.meta.dirname, '../../target/debug/guardbook');
  const { ok, problems, size } = JSON.parse(execFileSync(program, ['verify', '--book', demo().book, '--json'], { encoding: 'utf8' }));
  expect(problems).toEqual([]);
  expect(ok).toBe(true);
  return size;
}
