// The harness's own check: pages with one planted fault each, which it must find. It needs no server page.

import { expect, test } from '@playwright/test';
import { problemsOf } from '../harness/check_page.js';
import { watch } from '../harness/index.js';
import { Keys } from '../harness/keys.js';
import { codeOfStep } from '../harness/totp.js';

const HOST = 'guardbook.invalid';

const pageWith = ({ title = 'Sign in', head = '', main = '' } = {}) => `<!doctype html>
<html lang="en-GB"><head><title>${title}</title><meta name="viewport" content="width=device-width">
<style>a, button { display: inline-block; min-height: 44px; min-width: 44px } :focus { outline: 3px solid #000 }</style>${head}</head>
<body><main><h1>Sign in</h1><a href="/one">One thing</a> <a href="/two">Two things</a>${main}</main></body></html>`;

/** Shows made-up HTML as if it came from the host; nothing is fetched. */
async function show(page, html, status = 200) {
  await page.route('**/*', (route) => route.fulfill({ status, contentType: 'text/html', body: html }));
  await page.goto(`http://${HOST}/`);
}

test('a sound page has no problems', async ({ page }) => {
  await show(page, pageWith());
  expect(await problemsOf(page, { personal: ['Maya Example'] })).toEqual([]);
});

const planted = [
  ['a picture without words', { main: '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">' }, /axe image-alt/],
  ['a field without a label', { main: '<input name="email">' }, /axe label/],
  ['pale words', { main: '<p style="color: #bbb; background: #fff">Hard to read</p>' }, /axe color-contrast/],
  ['targets too small', { main: '<style>.s { min-width: 0; min-height: 0; width: 9px; height: 9px; overflow: hidden }</style><div style="line-height: 9px; font-size: 8px"><button class="s">a</button><button class="s">b</button></div>' }, /axe target-size/],
  ['two main landmarks', { main: '</main><main><p>Again</p>' }, /axe landmark/],
  ['something too wide', { main: '<p style="width: 2000px">Wide</p>' }, /scrolls sideways/],
  ['an order of its own', { main: '<a href="/first" tabindex="2">First</a>' }, /Tab should reach|axe tabindex/],
  ['a trap', { main: '<button onkeydown="event.preventDefault()">Stay</button> <a href="/three">Three things</a>' }, /Tab should reach/],
  ['focus that nobody sees', { head: '<style>:focus { outline: none !important }</style>' }, /focus cannot be seen/],
  ['a bar over the controls', { main: '<div style="position: fixed; inset: 0; background: #fff">Cookies?</div>' }, /covered while focused/],
  ['a name in the title', { title: 'File of Maya' }, /the title holds the name/],
  ['an address in the title', { title: 'm@example.org' }, /the title holds an address/],
  ['a birthday in the title', { title: 'Born 3 May 2014' }, /the title holds a date/],
];

for (const [fault, html, words] of planted) {
  test(`the harness finds ${fault}`, async ({ page }) => {
    await show(page, pageWith(html));
    expect((await problemsOf(page, { personal: ['Maya Example'] })).join('\n')).toMatch(words);
  });
}

test('the harness finds faults on a page without JavaScript, also inside noscript', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await show(page, pageWith());
  expect(await problemsOf(page)).toEqual([]);
  await page.unrouteAll();
  await show(page, pageWith({ main: '<noscript><input name="email"></noscript>' }));
  expect((await problemsOf(page)).join('\n')).toMatch(/axe label/);
  await context.close();
});

test('the harness finds a request that leaves the host', async ({ page }) => {
  const faults = watch(page, HOST);
  await show(page, pageWith({ main: '<img alt="" src="http://elsewhere.invalid/pixel.gif">' }));
  expect(faults.join('\n')).toMatch(/left the host: http:\/\/elsewhere\.invalid/);
});

test('the harness finds a script error, a console error and a broken page', async ({ page }) => {
  const faults = watch(page, HOST);
  await show(page, pageWith({ head: '<script>console.error("odd"); throw new Error("broken")</script>' }), 500);
  expect(faults.join('\n')).toMatch(/500 from \/[^]*console: odd[^]*script error: broken|500[^]*broken[^]*odd/);
});

test('a page that is rightly refused is no fault', async ({ page }) => {
  const faults = watch(page, HOST);
  await show(page, pageWith(), 404);
  expect(faults).toEqual([]);
});

test('somebody without a mouse gets where Tab leads, and nowhere else', async ({ page }) => {
  await show(page, pageWith({ main: '<button>Reached</button><button tabindex="-1">Never</button>' }));
  const keys = new Keys(page);
  await keys.to(page.getByRole('button', { name: 'Reached' }));
  expect(keys.farthest).toBe(2);
  await expect(keys.to(page.getByRole('button', { name: 'Never' }))).rejects.toThrow(/do not lead/);
});

test('one-time codes agree with the vectors of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const codes = [59, 1111111109, 1234567890, 20000000000].map((time) => codeOfStep(secret, Math.floor(time / 30)));
  expect(codes).toEqual(['287082', '081804', '005924', '353130']);
});
