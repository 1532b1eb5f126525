/// <reference lib="dom" />
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { isAtRest } from './rest.js';

const WCAG: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  // What is in order is not spelled out.
  resultTypes: ['violations'],
};
/** What the themes differ in: all else of a page is the same in both. */
const COLOURS: RunOptions = { ...WCAG, runOnly: ['color-contrast', 'link-in-text-block'] };

const REST_PATIENCE_MS = 3_000;

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** What axe finds on the page as it stands, in light and in dark. The console has no frames, so that its page is all there is. */
export async function axeFaults(page: Page, name: string): Promise<string[]> {
  if (page.frames().length > 1) throw new Error(`${name} has frames, which are not looked into`);
  await rest(page);
  const faults: string[] = [];
  for (const [colorScheme, options] of [
    ['light', WCAG],
    ['dark', COLOURS],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    for (const { id, nodes } of await violationsOf(page, options)) {
      faults.push(`${name} (${colorScheme}): ${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

/** What goes on loading is judged as it is. */
async function rest(page: Page): Promise<void> {
  await page.waitForFunction(isAtRest, null, { timeout: REST_PATIENCE_MS }).catch(() => undefined);
}

/** axe stays in a page until that is left. */
async function violationsOf(page: Page, options: RunOptions): Promise<AxeResults['violations']> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
  return page.evaluate(async (how) => {
    // What is on its way, from one theme to the other or into sight, is judged where it arrives.
    await new Promise(requestAnimationFrame);
    for (const each of document.getAnimations()) {
      if (each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) each.finish();
    }
    const { violations } = (await window.axe?.run(document, how)) ?? {};
    if (violations === undefined) throw new Error('axe is not in the page');
    return violations;
  }, options);
}
