// What every page must be: free of axe findings, no wider than the screen, walkable by Tab, without anybody's name in its title.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AXE = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Off by default in axe; WCAG 2.2 AA asks for it (2.5.8).
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

/** The narrowest screen that must do: 1280 px at 400 % (WCAG 1.4.10). */
const NARROWEST = 320;
const PHONE = 480;

/**
 * All that is wrong with the page as it stands, in words; empty when nothing is.
 *
 * `personal` are names that must not be in the title, besides what always must not: addresses and dates.
 */
export async function problemsOf(page, { personal = [] } = {}) {
  return [
    ...(await axeFindings(page)),
    ...(await sidewaysScroll(page)),
    ...(await tabFaults(page)),
    ...(await titleFaults(page, personal)),
  ];
}

async function axeFindings(page) {
  // axe needs timers, which a page without JavaScript lacks; there it looks at a twin that does not run the page's scripts.
  if (await page.evaluate(() => matchMedia('(scripting: none)').matches)) return onTwin(page, runAxe);
  return runAxe(page);
}

async function runAxe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), AXE);
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** Shows `look` the same document, styles and pictures in a context that has JavaScript, with every script left out. */
async function onTwin(page, look) {
  const body = (await page.content()).replaceAll(/<(\/?)noscript\b/g, '<$1div');
  const context = await page.context().browser().newContext({
    javaScriptEnabled: true,
    viewport: page.viewportSize(),
    locale: 'en-GB',
    storageState: await page.context().storageState(),
  });
  try {
    const twin = await context.newPage();
    await twin.route('**/*', (route) => {
      if (route.request().isNavigationRequest()) return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
      return route.request().resourceType() === 'script' ? route.abort() : route.continue();
    });
    await twin.goto(page.url());
    return await look(twin);
  } finally {
    await context.close();
  }
}

async function sidewaysScroll(page) {
  const { width, height } = page.viewportSize();
  const faults = [];
  for (const tried of width <= PHONE ? new Set([width, NARROWEST]) : [width]) {
    await page.setViewportSize({ width: tried, height });
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
    if (wide > tried) faults.push(`scrolls sideways: ${wide} px wide on a screen of ${tried} px`);
  }
  await page.setViewportSize({ width, height });
  return faults;
}

/** Tab visits every control in the order of the document; each shows that it is focused, and nothing covers it. */
async function tabFaults(page) {
  const controls = await page.evaluate(`(${listControls})().map(${describe})`);
  if (controls.length === 0) return [];
  const faults = [];
  // Whoever clicked last is not shown the focus; whoever pressed a key is.
  await page.keyboard.press('Tab');
  await page.evaluate(`(${listControls})()[0].focus()`);
  for (let at = 0; at < controls.length; at += 1) {
    const seen = await page.evaluate(`(${lookAtFocus})(${listControls})`);
    if (seen.at !== at) {
      const where = seen.at < 0 ? 'somewhere else' : controls[seen.at];
      faults.push(`Tab should reach ${controls[at]}, but went to ${where}`);
      break;
    }
    if (!seen.outlined) faults.push(`focus cannot be seen on ${controls[at]}`);
    if (seen.covered) faults.push(`covered while focused: ${controls[at]}, by ${seen.covered}`);
    await page.keyboard.press('Tab');
  }
  return faults;
}

// The next three run in the page; they are sent as text because one uses another.

function listControls() {
  const all = 'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex], [contenteditable="true"]';
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.closest('[inert]');
  // Of a group of radio buttons Tab visits the chosen one, or the first when none is.
  const firstOfGroup = (one) => {
    if (one.type !== 'radio') return true;
    const group = [...document.getElementsByName(one.name)].filter((other) => other.form === one.form && shown(other));
    return one === (group.find((other) => other.checked) ?? group[0]);
  };
  return [...document.querySelectorAll(all)].filter((one) => one.tabIndex >= 0 && shown(one) && firstOfGroup(one));
}

function describe(control) {
  return control.outerHTML.slice(0, 120);
}

function lookAtFocus(list) {
  const control = document.activeElement;
  const marked = (element, part) => {
    if (!element) return false;
    const style = getComputedStyle(element, part);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  };
  // Radio buttons and tick boxes are drawn by the label that follows them.
  const outlined = marked(control) || marked(control.nextElementSibling, '::before') || marked(control.closest('label'));
  const box = control.getClientRects()[0] ?? control.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const own = !top || control.contains(top) || top.contains(control) || [...(control.labels ?? [])].some((label) => label.contains(top));
  return { at: list().indexOf(control), outlined, covered: own ? '' : top.outerHTML.slice(0, 120) };
}

async function titleFaults(page, personal) {
  const title = await page.title();
  const faults = [];
  if (!title.trim()) faults.push('the page has no title');
  if (title.includes('@')) faults.push(`the title holds an address: ${title}`);
  if (/\b\d{1,2}[\s/.-](\d{1,2}|[A-Z][a-z]+)[\s/.-]\d{4}\b|\b\d{4}-\d\d-\d\d\b/.test(title)) faults.push(`the title holds a date: ${title}`);
  for (const name of personal.flatMap((one) => one.split(/\s+/)).filter((word) => word.length > 2)) {
    if (title.toLowerCase().includes(name.toLowerCase())) faults.push(`the title holds the name ${name}: ${title}`);
  }
  return faults;
}
