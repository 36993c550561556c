// Every page that somebody can reach by links, looked at as each role sees it: axe, narrow screens, Tab, titles.

import { demo, expect, signIn, test } from '../harness/index.js';
import { crawl } from '../harness/crawl.js';

// Two screens are enough: the widest with scripts, and the narrowest without.
test.beforeEach(({}, { project }) => {
  test.skip(!['js-1280', 'nojs-320'].includes(project.name), 'looked at on another screen');
});
test.setTimeout(400_000);

/** Where each begins, and pages that the walk must have come by: a walk that is cut short fails. */
const walks = {
  'data-protection-lead': {
    from: ['/today', '/people', '/requests', '/board', '/account'],
    by: ['/requests/{reference}', '/requests/{reference}/review/{number}', '/requests/{reference}/search', '/requests/new', '/requests/{reference}/letters/{id}', '/disposals', '/disposals/{id}'],
  },
  'family-worker': {
    known: 'Maya Brackenwell',
    from: ['/today', '/people', '/board', '/account'],
    by: ['/people/{id}', '/people/{id}/timeline', '/people/{id}/papers', '/people/{id}/family', '/people/{id}/notes/new', '/people/{id}/enrol', '/people/{id}/keeping', '/people/new'],
  },
  trustee: { from: ['/today', '/requests', '/board', '/account'], by: ['/requests/{reference}/check', '/board/{clause}'] },
};

/** The address of somebody's file, found by their name. */
async function fileOf(page, name) {
  await page.goto('/people');
  await page.getByRole('searchbox', { name: 'Search people and requests' }).fill(name);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  return page.locator('main').getByRole('link', { name, exact: true }).first().getAttribute('href');
}

for (const [role, { known, from, by }] of Object.entries(walks)) {
  test(`every page that a ${role} reaches is sound`, async ({ page }) => {
    await signIn(page, role);
    // Of each kind one page is looked at: the file of somebody whom this role works with, and not of whoever was added last.
    const file = known ? [await fileOf(page, known)] : [];
    const { kinds, faults } = await crawl(page, [...file, ...from], { personal: ['Brackenwell', ...demo().people.map((one) => one.name)] });
    expect(faults).toEqual([]);
    expect(kinds).toEqual(expect.arrayContaining(by));
  });
}

test('every page for people without an account is sound', async ({ page }) => {
  const { kinds, faults } = await crawl(page, ['/', '/?easy=1', '/sign-in', '/policy', '/sign-in/recover']);
  expect(faults).toEqual([]);
  expect(kinds).toEqual(expect.arrayContaining(['/policy/easy-read', '/help', '/accessibility', '/licences', '/ask', '/ask?easy', '/complain', '/track', '/ask/paper']));
});
