// Walks a part of the site by its links and looks at every page: one of each kind, since a file's page is the same for all.

import { problemsOf } from './check_page.js';

/** An address with what differs from case to case left out: `/people/{id}/timeline`, `/requests/{reference}`. */
export function kindOf(address) {
  const { pathname, searchParams } = new URL(address, 'http://host');
  const parts = pathname.split('/').map((part) => {
    if (/^[0-9a-f]{32}$|^[0-9a-f-]{36}$/i.test(part)) return '{id}';
    if (/^REQ-\d{4}-\d{4}$/.test(part)) return '{reference}';
    if (/^[KT]\d+$/.test(part)) return '{clause}';
    if (/^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(part)) return '{came}';
    if (/^\d+$/.test(part)) return '{number}';
    return part;
  });
  const asked = [...searchParams.keys()].sort().join('&');
  return parts.join('/') + (asked ? `?${asked}` : '');
}

/**
 * Follows links from `starts` and looks at one page of each kind. Comes back with the kinds that were pages, and with
 * what is wrong on which page. `personal` are names that no title may hold.
 */
export async function crawl(page, starts, { personal = [] } = {}) {
  const kinds = new Set();
  const faults = [];
  const waiting = [...starts];
  while (waiting.length > 0) {
    const address = waiting.shift();
    const kind = kindOf(address);
    // Leaving in a hurry leads away from the site.
    if (kinds.has(kind) || /\.pdf$|\/open$|^\/leave$/.test(kind)) continue;
    kinds.add(kind);
    const response = await page.goto(address).catch((fault) => {
      // A file to save is no page to look at.
      if (fault.message.includes('Download is starting')) return null;
      throw fault;
    });
    if (!response) continue;
    if (response.status() !== 200) faults.push(`${kind}: answered ${response.status()}`);
    for (const problem of await problemsOf(page, { personal })) faults.push(`${kind}: ${problem}`);
    waiting.push(...(await linksOf(page)));
  }
  return { kinds: [...kinds].sort(), faults };
}

function linksOf(page) {
  return page.evaluate(() =>
    [...document.links]
      .map(({ href, hash }) => ({ url: new URL(href), hash }))
      .filter(({ url, hash }) => url.origin === location.origin && (!hash || url.pathname !== location.pathname))
      .map(({ url }) => url.pathname + url.search),
  );
}
