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
