import { openChromium } from '../../e2e/browser/chromium.js';
import { signIn } from '../../e2e/browser/console-pages.js';

/**
 * Milliseconds from asking for Cost & Usage until its first chart is drawn and its controls answer, each time in a
 * browser that has nothing of the page yet.
 */
export async function loadPage(
  consoleUrl: string,
  admin: { email: string; password: string },
  loads: number,
): Promise<number[]> {
  const browser = await openChromium();
  try {
    const first = await browser.newContext({ baseURL: consoleUrl });
    const page = await first.newPage();
    await page.goto('/signin');
    await signIn(page, admin.email, admin.password);
    await page.waitForURL((url) => url.pathname !== '/signin');
    const storageState = await first.storageState();
    await first.close();
    const samples: number[] = [];
    for (let load = 0; load < loads; load++) {
      const context = await browser.newContext({ baseURL: consoleUrl, storageState });
      const fresh = await context.newPage();
      await fresh.goto('/usage', { waitUntil: 'commit' });
      await fresh.locator('path[data-series]').first().waitFor({ state: 'attached' });
      // Runs once the main thread is free, as a click would be handled.
      samples.push(
        await fresh.evaluate(() => new Promise<number>((resolve) => setTimeout(() => resolve(performance.now())))),
      );
      await context.close();
    }
    return samples;
  } finally {
    await browser.close();
  }
}
