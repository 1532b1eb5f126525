/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { axeFaults } from './accessibility.js';
import { isAtRest } from './rest.js';

const HEIGHT_PX = 800;
const WIDTHS_PX = [390, 2560];
export const LAYOUT_SHIFT_MAX = 0.05;
const REFLOW_PATIENCE_MS = 3_000;

declare global {
  interface Window {
    weirLayoutShift?: number;
  }
}

/** Runs in the page before anything else: sums the shifts nobody caused by a click or a key. */
export function recordLayoutShifts(): void {
  window.weirLayoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) window.weirLayoutShift = (window.weirLayoutShift ?? 0) + entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Waits until a page shows what it has, not its skeleton. */
export async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(isAtRest);
}

/** Opens an address and waits until it shows what it has. */
export async function openPage(page: Page, path: string): Promise<Page> {
  await page.goto(path);
  await settle(page);
  return page;
}

/**
 * Opens an address and looks at it as strict readers do: accessible in both themes, still while it loads, and never
 * wider than a phone or than a wall.
 * @returns what is wrong, one line each
 */
export async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const shift = await shiftOf(page, path);
  const faults: string[] = [];
  if (!(shift < LAYOUT_SHIFT_MAX)) faults.push(`${path}: layout shifts by ${shift.toFixed(3)}`);
  faults.push(...(await axeFaults(page, path)));
  for (const width of WIDTHS_PX) {
    await page.setViewportSize({ width, height: HEIGHT_PX });
    await settle(page);
    faults.push(...(await overflowOf(page, path, width)));
  }
  await page.setViewportSize({ width: 1280, height: HEIGHT_PX });
  return faults;
}

/** Opens an address. @returns by how much what was in sight moved until all was there: the sum of its layout shifts */
export async function shiftOf(page: Page, path: string): Promise<number> {
  await openPage(page, path);
  return page.evaluate(() => window.weirLayoutShift ?? Number.NaN);
}

async function overflowOf(page: Page, path: string, width: number): Promise<string[]> {
  try {
    // A table takes to scrolling by itself a frame after the window has changed.
    await page.waitForFunction(
      (limit) => (document.scrollingElement?.scrollWidth ?? Number.POSITIVE_INFINITY) <= limit,
      width,
      { timeout: REFLOW_PATIENCE_MS },
    );
    return [];
  } catch {
    return [`${path} at ${width} px: the page scrolls sideways`];
  }
}
