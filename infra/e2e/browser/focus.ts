/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/**
 * Walks through the page with the Tab key.
 * @returns the stops where an eye could not tell what has the focus
 */
export async function invisibleStops(page: Page, stops: number): Promise<string[]> {
  const invisible: string[] = [];
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const isDrawn = (style: CSSStyleDeclaration) =>
        (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
      const holder = element.closest(':focus-within:not(:has(:focus-within))') ?? element;
      const drawn = [holder, element, element.parentElement ?? element].some(
        (one) => isDrawn(getComputedStyle(one)) || isDrawn(getComputedStyle(one, '::after')),
      );
      return drawn ? null : element.outerHTML.slice(0, 160);
    });
    if (fault) invisible.push(fault);
  }
  return invisible;
}

const FARTHEST_STOP = 80;

/** Goes on with the Tab key until what has the focus says this. @throws when it never comes by */
export async function tabTo(page: Page, text: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < FARTHEST_STOP; stop++) {
    await page.keyboard.press('Tab');
    const said = (await focused(page)).text.trim();
    if (typeof text === 'string' ? said === text : text.test(said)) return;
    passed.push(said.slice(0, 40));
  }
  throw new Error(`the Tab key never comes to ${text}; it passed ${passed.join(' | ')}`);
}

/** Where the focus is: inside an open dialog or not, and on what. */
export function focused(page: Page): Promise<{ inDialog: boolean; text: string }> {
  return page.evaluate(() => ({
    inDialog: document.activeElement?.closest('[role="dialog"]') != null,
    text: document.activeElement === document.body ? '' : (document.activeElement?.textContent ?? ''),
  }));
}

/** Things that move at this moment. */
export function movements(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => animation.playState === 'running')
      .map((animation) => (animation.effect as KeyframeEffect | null)?.target?.outerHTML.slice(0, 120) ?? 'unknown'),
  );
}
