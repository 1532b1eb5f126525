/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { chart, ledger, legend, open, shown, slider, spoken } from './page.js';
import { call, DAY_MS, PATIENCE } from './world.js';

describe('live figures', () => {
  it('change in place when a call has finished: nothing loads anew, moves away or loses the focus', async () => {
    const page = await open('range=24h');
    const [before, booked] = [await shown(page), await ledger()];
    const chart = page.getByRole('slider', { name: /^Requests over time/ });
    await chart.focus();
    await page.keyboard.press('End');
    const read = await chart.getAttribute('aria-valuenow');
    await page.evaluate(() => {
      (document.querySelector('[role="slider"]') as HTMLElement).dataset.kept = 'yes';
    });
    await call('gpt-4o');
    await expect.poll(async () => (await shown(page)).calls, PATIENCE).toBe(before.calls + 1);
    const added = (await ledger()).spend - booked.spend;
    await expect.poll(async () => (await shown(page)).spend, PATIENCE).toBe(before.spend + added);
    expect(await page.locator('[data-kept="yes"]').count()).toBe(1);
    expect(await chart.getAttribute('aria-valuenow')).toBe(read);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('slider');
  });

  it('stop when they are told to, and go on again', async () => {
    const page = await open('range=24h');
    await page.getByRole('button', { name: 'Pause live figures' }).click();
    const before = await shown(page);
    await call('gpt-4o');
    expect(await shown(page)).toEqual(before);
    await page.getByRole('button', { name: 'Resume live figures' }).click();
    await expect.poll(async () => (await shown(page)).calls, PATIENCE).toBe(before.calls + 1);
  });

  it('are not asked for of a range that has ended', async () => {
    const page = await open(
      `range=custom&customStart=${new Date(Date.now() - 20 * DAY_MS).toISOString()}&customEnd=${new Date(Date.now() - 10 * DAY_MS).toISOString()}`,
    );
    expect(await page.getByRole('button', { name: 'Pause live figures' }).count()).toBe(0);
  });
});

describe('while calls come in', () => {
  it('a chart stays where it is read and as it looks, and tells the new figure', async () => {
    const page = await open('range=30d');
    const looks = () =>
      legend(chart('Requests'))
        .locator('li button[aria-pressed]')
        .evaluateAll((all) => all.map((one) => one.querySelector('pattern')?.innerHTML));
    const before = await looks();
    await slider(chart('Requests')).focus();
    await page.keyboard.press('End');
    const [, title, total] = /^(.*): total (\d+)\./.exec((await spoken(chart('Requests'))) ?? '') ?? [];
    await call();
    await expect
      .poll(() => spoken(chart('Requests')), PATIENCE)
      .toMatch(new RegExp(`^${title}: total ${Number(total) + 1}\\.`));
    expect(await looks()).toEqual(before);
    expect(await slider(chart('Requests')).evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
