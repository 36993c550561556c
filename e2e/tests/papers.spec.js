// Papers as somebody keeps and reads them in the demo: several chosen at once, checked before anything is kept, read as text
// and as pages, searched, with what hides in them shown; and refused where they are there already. Once with scripts on a wide
// screen, once without on a narrow one.

import { checkPage, expect, signIn, signInByHand, test } from '../harness/index.js';

test.beforeEach(({}, { project }) => {
  test.skip(!['js-1280', 'nojs-320'].includes(project.name), 'walked on another screen');
});
test.setTimeout(240_000);

const main = (page) => page.locator('main');
const press = (page, name) => main(page).getByRole('button', { name, exact: true }).first().click();
const follow = (page, name) =>
  main(page).getByRole('link', { name, exact: true }).or(main(page).getByRole('button', { name, exact: true })).first().click();

/** Everything on one page that a tool can find wrong; nobody's name in its title. */
const look = (page) => checkPage(page, { personal: ['Maya', 'Brackenwell', 'Harrowmere'] });

/** A PDF of two pages with a remark on the first; `mark` makes its bytes its own. */
function report(mark) {
  const pages = [`The heron stood at the weir, ${mark}.`, 'She counted seven herons.'].map((words) => {
    const content = `BT /F1 18 Tf 72 700 Td (${words}) Tj ET`;
    return `<</Length ${content.length}>>stream\n${content}\nendstream`;
  });
  const page = (content, more) =>
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${content} 0 R/Resources<</Font<</F1 7 0 R>>>>${more}>>`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>',
    page(5, '/Annots[8 0 R]'),
    page(6, ''),
    ...pages,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    '<</Type/Annot/Subtype/Text/Rect[500 700 520 720]/Contents(the otter must not be named)>>',
  ];
  const body = objects.map((object, at) => `${at + 1} 0 obj${object}endobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 9>>\n%%EOF\n`);
}

const letter = (mark) =>
  Buffer.from(
    [
      'From: School Office <office@school.example.org>', 'To: desk@lantern.example.org',
      'Bcc: kingfisher@example.org', `Subject: Taxi times ${mark}`, 'Date: Mon, 2 Mar 2026 08:00:00 +0000',
      'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=edge', '', '--edge', 'Content-Type: text/plain', '',
      'The taxi comes at eight from Monday.', '--edge', 'Content-Type: text/plain; name="list.txt"',
      'Content-Disposition: attachment; filename="list.txt"', '', `Monday eight, Tuesday nine (${mark})`, '--edge--', '',
    ].join('\r\n'),
  );

/** Waits until everything is read; the page comes anew by itself. */
async function read(page) {
  await expect(page.locator('h1')).toHaveText('Check what we read', { timeout: 60_000 });
}

/** What is said of one file on the page that shows what was read. */
const card = (page, fileName) =>
  main(page).locator('section').filter({ has: page.getByRole('heading', { name: fileName, exact: true }) });

test('several papers are kept at once, read, searched, and not kept twice', async ({ page }, { project }) => {
  const mark = project.name;
  // With a session of its own: what was chosen waits for whoever chose it, and the two screens are walked at the same time.
  await signInByHand(page, 'family-worker');
  await page.goto('/today');
  await page.getByRole('searchbox', { name: 'Search people and requests' }).fill('brackenwell maya');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await follow(page, 'Maya Brackenwell');
  await follow(page, 'Papers');
  const papers = page.url().split('?')[0];
  await look(page);

  // Without a purpose nothing is kept; the files are not chosen twice.
  await follow(page, 'Keep papers');
  await look(page);
  await press(page, 'Read them');
  await expect(page.getByRole('alert')).toContainText('Say what we keep this for');
  await look(page);
  const chosen = [
    { name: 'visit.pdf', mimeType: 'application/pdf', buffer: report(mark) },
    { name: 'taxi.eml', mimeType: 'message/rfc822', buffer: letter(mark) },
    { name: 'times.csv', mimeType: 'text/csv', buffer: Buffer.from(`Day,Time\nMonday,eight ${mark}\n`) },
    { name: 'game.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\x90\0\x03\0\0\0 a program') },
  ];
  await page.getByLabel('Scans or files').setInputFiles(chosen);
  await page.getByLabel('What do we keep it for?').fill('to plan her way to school');
  await press(page, 'Read them');
  await expect(page.getByRole('alert')).toContainText('game.exe: We cannot keep this kind of file');
  await expect(page.getByLabel('What do we keep it for?')).toHaveValue('to plan her way to school');
  await expect(main(page)).toContainText('Here already');
  await look(page);
  await press(page, 'Read them');

  // What was read, and what hides, stands there before anything is kept.
  await read(page);
  await expect(card(page, 'visit.pdf')).toContainText('PDF, 2 pages');
  await expect(card(page, 'visit.pdf')).toContainText('comment');
  await expect(card(page, 'taxi.eml')).toContainText('list.txt');
  await look(page);
  await card(page, 'visit.pdf').getByLabel('What is it?').fill(`Report of a visit ${mark}`);
  await card(page, 'taxi.eml').getByLabel('What is it?').fill('');
  await card(page, 'times.csv').getByLabel('Do not keep it').check();
  await press(page, 'Keep them');
  await expect(page.getByRole('alert')).toContainText('Say what the paper is');
  await expect(card(page, 'visit.pdf').getByLabel('What is it?')).toHaveValue(`Report of a visit ${mark}`);
  await look(page);
  await card(page, 'taxi.eml').getByLabel('What is it?').fill(`Taxi times ${mark}`);
  await press(page, 'Keep them');
  await expect(main(page)).toContainText(`Report of a visit ${mark}`);
  await expect(main(page)).toContainText(`Taxi times ${mark}`);
  await expect(main(page)).not.toContainText('times.csv');
  await look(page);

  await asText(page, mark);
  await asPages(page);
  await inside(page, papers, mark);
  await twice(page, papers, mark);
});

async function asText(page, mark) {
  await follow(page, `Report of a visit ${mark}`);
  await expect(main(page)).toContainText('She counted seven herons.');
  await look(page);
  // What hides is told, and opens where somebody wants to know it.
  await expect(main(page).getByText('the otter must not be named')).toBeHidden();
  await main(page).locator('summary', { hasText: 'What hides in it' }).press('Enter');
  await expect(main(page).getByText('the otter must not be named')).toBeVisible();
  await look(page);
  await page.getByLabel('Find words in this paper').fill('HERON');
  await press(page, 'Find');
  await expect(page.getByRole('status')).toContainText('Found 2 times');
  await expect(main(page).locator('mark')).toHaveCount(2);
  expect(page.url(), 'the words stand in no address').not.toContain('HERON');
  await look(page);
  await page.getByLabel('Find words in this paper').fill('badger');
  await press(page, 'Find');
  await expect(page.getByRole('status')).toContainText('do not stand in it');
  await follow(page, 'Show all of it');
}

async function asPages(page) {
  const shown = page.waitForResponse((response) => response.url().includes('/pages/1.png'));
  await main(page).getByRole('link', { name: 'Pages', exact: true }).click();
  const answer = await shown;
  expect(answer.headers()['cache-control'], 'nothing of a page stays on the device').toContain('no-store');
  const picture = main(page).getByRole('img');
  await expect(picture).toHaveAttribute('alt', /It says: The heron stood/);
  await expect.poll(() => picture.evaluate((one) => one.naturalWidth)).toBeGreaterThan(500);
  await look(page);
  await main(page).getByRole('link', { name: /Next/ }).first().click();
  await expect(main(page).getByRole('heading', { name: 'Page 2 of 2' })).toBeVisible();
  await page.getByLabel('How large').selectOption('large');
  await press(page, 'Show');
  await expect.poll(() => main(page).getByRole('img').evaluate((one) => one.naturalWidth)).toBeGreaterThan(1_200);
  await look(page);
}

async function inside(page, papers, mark) {
  await page.goto(papers);
  await follow(page, `Taxi times ${mark}`);
  await expect(main(page)).toContainText('a mail header that readers do not see');
  await look(page);
  await main(page).getByRole('link', { name: 'List', exact: true }).click();
  await expect(main(page)).toContainText('Tuesday nine');
  await expect(main(page)).toContainText('Came in');
  await look(page);
}

async function twice(page, papers, mark) {
  await page.goto(`${papers}/new`);
  await page.getByLabel('Scans or files').setInputFiles({
    name: 'again.pdf', mimeType: 'application/pdf', buffer: report(mark),
  });
  await page.getByLabel('What do we keep it for?').fill('to plan her way to school');
  await press(page, 'Read them');
  await read(page);
  await expect(card(page, 'again.pdf')).toContainText(`This is the same paper as "Report of a visit ${mark}"`);
  await press(page, 'Keep them');
  await expect(page.getByRole('alert')).toContainText('Say whether we keep it');
  await look(page);
  await press(page, 'Throw these files away');
  await expect(page).toHaveURL(/\/papers\?done=no-papers/);
  await expect(main(page).getByRole('link', { name: `Report of a visit ${mark}` })).toHaveCount(1);
}

test('the scan and the workbook of the demo show what they say', async ({ page }) => {
  await signIn(page, 'family-worker');
  await page.goto('/today');
  await page.getByRole('searchbox', { name: 'Search people and requests' }).fill('brackenwell maya');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await follow(page, 'Maya Brackenwell');
  await follow(page, 'Papers');
  const papers = page.url().split('?')[0];
  await follow(page, 'Letter from a neighbour');
  // Without the program that recognises words the page says what is missing, and shows the letter itself.
  await expect(main(page)).toContainText(/recognised in a picture|does not recognise words/);
  await look(page);
  await page.goto(`${page.url()}?view=pages`);
  await expect.poll(() => main(page).getByRole('img').evaluate((one) => one.naturalWidth)).toBeGreaterThan(500);
  await look(page);

  // A sheet stands in its cells, without the column that is hidden.
  await page.goto(papers);
  await follow(page, 'Gate list Tuesday');
  await expect(main(page).getByRole('cell', { name: 'Petra Otterburrow' }).first()).toBeVisible();
  await expect(main(page).getByRole('cell', { name: 'father not to be told' })).toHaveCount(0);
  await look(page);
  await page.getByLabel('Find words in this paper').fill('Leila Otterburrow Petra');
  await press(page, 'Find');
  await expect(main(page).locator('mark')).toHaveText(['Leila Otterburrow', 'Petra']);
  await look(page);
});
