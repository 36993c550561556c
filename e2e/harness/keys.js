// A person without a mouse: everything is reached with Tab, arrows, Space and Enter, and every key is counted.

import { expect } from '@playwright/test';

/** How far Tab may have to go from where somebody is to what they want. */
const FAR = 150;

export class Keys {
  constructor(page) {
    this.page = page;
    this.moves = 0;
    this.letters = 0;
    this.pages = 0;
    this.farthest = 0;
  }

  /** Whoever comes to a new page takes the skip link first. */
  async #skip() {
    const atTop = await this.page.evaluate(() => document.activeElement === document.body || !document.activeElement);
    if (!atTop) return;
    await this.#press('Tab');
    if (await this.page.evaluate(() => document.activeElement?.classList.contains('govuk-skip-link'))) await this.#press('Enter');
  }

  async #press(key) {
    await this.page.keyboard.press(key);
    this.moves += 1;
  }

  /** Moves on until the element has the focus. */
  async to(wanted) {
    await expect(wanted).toBeAttached();
    await this.#skip();
    for (let step = 0; step < FAR; step += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        this.farthest = Math.max(this.farthest, step);
        return;
      }
      await this.#press('Tab');
    }
    throw new Error(`${FAR} times Tab do not lead to ${wanted}`);
  }

  /** Follows a link or presses a button, and waits for the page that comes. */
  async go(wanted) {
    await this.to(wanted);
    const before = this.page.url();
    const loaded = this.page.waitForEvent('load');
    await this.#press('Enter');
    await loaded;
    this.pages += 1;
    return before;
  }

  /** Types into a field that is empty. */
  async type(wanted, words) {
    await this.to(wanted);
    await this.page.keyboard.type(words);
    this.letters += words.length;
    await expect(wanted).toHaveValue(words);
  }

  /** Chooses one of a group of radio buttons: Tab comes to the first, arrows go on. */
  async choose(group, wanted) {
    const all = await group.all();
    await this.to(group.first());
    for (let turn = 0; turn <= all.length; turn += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) break;
      await this.#press('ArrowDown');
    }
    if (!(await wanted.isChecked())) await this.#press(' ');
    await expect(wanted).toBeChecked();
  }

  /** Ticks a box. */
  async tick(wanted) {
    await this.to(wanted);
    await this.#press(' ');
    await expect(wanted).toBeChecked();
  }

  /** Chooses in a list by typing the beginning of a line. */
  async pick(wanted, words, value) {
    await this.to(wanted);
    await this.page.keyboard.type(words);
    this.letters += words.length;
    await expect(wanted).toHaveValue(value);
  }

  /** What it took, in one line. */
  toString() {
    return `${this.pages} pages, ${this.moves} moves by key (the farthest ${this.farthest} times Tab), ${this.letters} letters typed`;
  }
}
