// Two files of one person in the demo: the second is added by mistake, both are compared side by side, merged, read as one,
// found by either name, and taken apart again. Once with scripts on a wide screen, once without on a narrow one.

import { checkPage, expect, signInByHand, test } from '../harness/index.js';

test.beforeEach(({}, { project }) => {
  test.skip(!['js-1280', 'nojs-320'].includes(project.name), 'walked on another screen');
});
test.setTimeout(240_000);

const main = (page) => page.locator('main');
const press = (page, name) => main(page).getByRole('button', { name, exact: true }).first().click();
const follow = (page, name) =>
  main(page).getByRole('link', { name, exact: true }).or(main(page).getByRole('button', { name, exact: true })).first().click();
const label = (page, name) => main(page).getByLabel(name, { exact: true });

/** Everything on one page that a tool can find wrong; nobody's name in its title. */
const look = (page) => checkPage(page, { personal: ['Saltmarsh'] });

async function born(page, day) {
  await label(page, 'Day').fill(day);
  await label(page, 'Month').fill('11');
  await label(page, 'Year').fill('2016');
}

async function add(page, name, day) {
  await page.goto('/people/new');
  await label(page, 'Full name').fill(name);
  await born(page, day);
  await press(page, 'Look for them, then add');
}

/** A way to reach the person: each file has one of its own. */
async function reach(page, email) {
  await follow(page, 'Add a way to reach them');
  await main(page).getByRole('radio', { name: 'E-mail', exact: true }).check();
  await label(page, 'E-mail address').fill(email);
  await main(page).getByRole('radio', { name: 'Yes, they told us so' }).check();
  await press(page, 'Save');
}

async function search(page, words) {
  await page.goto('/people');
  await page.getByRole('searchbox', { name: 'Search people and requests' }).fill(words);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

test('a second file is merged into the first, read with it, and taken apart again', async ({ page }, { project }) => {
  // Both screens share one demo: nobody of the one walk may look like somebody of the other.
  const [first, second, day] = project.name === 'js-1280'
    ? ['Corin Saltmarsh', 'Coryn Saltmarsh', '4']
    : ['Idwal Saltmarsh', 'Idwall Saltmarsh', '27'];
  await signInByHand(page, 'family-worker');

  await add(page, first, day);
  await expect(page.locator('h1')).toHaveText(first);
  await reach(page, 'harbour@example.org');

  // The book says that there is somebody like it, and the mistake is made nevertheless.
  await add(page, second, day);
  await expect(main(page)).toContainText('People who may be the same');
  await main(page).getByRole('checkbox').check();
  await press(page, 'Add as somebody else');
  await reach(page, 'lighthouse@example.org');

  await follow(page, 'Merge with another file of this person');
  await look(page);
  await follow(page, first);
  await look(page);
  await expect(main(page).getByRole('table')).toContainText(`${day} November 2016`);
  await press(page, 'Merge these two files');
  await expect(page.getByRole('alert')).toContainText('Choose which file leads');
  await look(page);
  await main(page).getByRole('radio', { name: 'The second' }).check();
  await label(page, 'How do you know that this is the same person?').fill('The school wrote both names.');
  await press(page, 'Merge these two files');

  // The file that leads has both addresses, both names, and who merged them.
  await expect(page.locator('h1')).toHaveText(first);
  await look(page);
  await expect(main(page)).toContainText('harbour@example.org');
  await expect(main(page)).toContainText('lighthouse@example.org');
  await expect(main(page)).toContainText('The school wrote both names.');
  const leading = page.url().split('?')[0];
  await search(page, second);
  await follow(page, `${first}: the name on another file of theirs`);
  expect(page.url()).toBe(leading);
  await follow(page, 'Timeline');
  await look(page);

  // Two people after all.
  await follow(page, 'Summary');
  await main(page).getByRole('link', { name: 'Undo the merge with this file' }).click();
  await look(page);
  await press(page, 'Take them apart');
  await expect(page.getByRole('alert')).toContainText('Say why these are two people after all');
  await label(page, 'Why are these two people after all?').fill('They are cousins, the mother says.');
  await press(page, 'Take them apart');
  await expect(main(page)).toContainText('apart again');
  await expect(main(page)).not.toContainText('lighthouse@example.org');
  await search(page, second);
  await follow(page, second);
  await expect(main(page)).toContainText('lighthouse@example.org');
  await expect(main(page)).not.toContainText('harbour@example.org');
});
