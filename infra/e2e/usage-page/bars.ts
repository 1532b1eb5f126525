import { describe, expect, it } from 'vitest';
import { textOf } from '../browser/console-pages.js';
import { chart, ledger, legend, money, open, slider, spoken } from './page.js';
import { ALL, DAYS, DELETED, midnight, PATIENCE, PROVIDERS, world } from './world.js';

/** The day of a bucket `index` from the left, as SQL. */
const dayOf = (index: number) =>
  `toDate(started_at) = '${midnight(index - 50)
    .toISOString()
    .slice(0, 10)}'`;

/** Names of those providers that cost most on the day of a bucket, in the order of the alphabet; without the deleted one. */
async function biggestOn(index: number, most: number): Promise<string[]> {
  const shown = PROVIDERS.filter((name) => name !== DELETED);
  const spend = await Promise.all(
    shown.map(async (name) => ({
      name: `The ${name}`,
      spend: (await ledger(`${dayOf(index)} AND provider = '${name}'`)).spend,
    })),
  );
  const bySpend = spend.toSorted((a, b) => (a.spend < b.spend ? 1 : -1));
  return bySpend
    .slice(0, most)
    .map(({ name }) => name)
    .toSorted();
}

describe('bars', () => {
  it('stand for every day of the range, those without calls without height', async () => {
    await open(ALL);
    const [row] = await world().system.books.ask<{ days: string }>(
      'SELECT uniqExact(toDate(started_at)) AS days FROM usage_events_v1',
    );
    expect(await slider(chart('Requests')).getAttribute('aria-valuemax')).toBe(String(DAYS - 1));
    expect(await chart('Requests').locator('[data-nothing="zero"]').count()).toBe(DAYS - Number(row?.days));
  });

  it('of twelve providers of one type look different one by one, and the biggest are named beside them', async () => {
    await open(ALL);
    const looks = await legend(chart('Spend'))
      .locator('pattern')
      .evaluateAll((all) => all.map((one) => one.innerHTML));
    expect(looks).toHaveLength(PROVIDERS.length);
    expect(new Set(looks).size).toBe(PROVIDERS.length);
    // Without the forecast, which stands where the names would.
    await open(`${ALL}&hidden=${DELETED}`);
    const named = await chart('Spend').locator('[data-label] text').allTextContents();
    expect(named.length).toBeGreaterThan(2);
    // They stand beside the last day whose bar is high enough: which of the last three that is depends on the hour.
    const biggest = await Promise.all([50, 49, 48].map((index) => biggestOn(index, named.length)));
    expect(biggest).toContainEqual(named.toSorted());
  });

  it('are read exactly by pointer', async () => {
    await open(ALL);
    const box = await slider(chart('Requests')).boundingBox();
    if (!box) throw new Error('no chart');
    await slider(chart('Requests')).hover({ position: { x: box.width * 0.7, y: box.height - 40 } });
    await expect.poll(() => spoken(chart('Requests')), PATIENCE).toMatch(/: total \d+\./);
    const [, title = '', total = ''] = /^(.*) UTC: total (\d+)\./.exec((await spoken(chart('Requests'))) ?? '') ?? [];
    const day = new Date(`${title} UTC`).toISOString().slice(0, 10);
    expect(Number(total)).toBe((await ledger(`toDate(started_at) = '${day}'`)).calls);
    const shown = chart('Requests').locator('tfoot').filter({ hasText: 'Total' });
    expect(await textOf(shown)).toMatch(new RegExp(`Total${total}$`));
  });
});

describe('the keyboard', () => {
  it('reads every bucket and every series of it to the last digit', async () => {
    const page = await open(ALL);
    await slider(chart('Spend')).focus();
    for (const key of ['Home', ...Array(6).fill('PageUp'), ...Array(6).fill('ArrowRight')])
      await page.keyboard.press(key);
    const at = 6 * 7 + 6;
    const whole = (await spoken(chart('Spend'))) ?? '';
    const expected = await ledger(dayOf(at));
    expect(money(/: total (\$[\d,.]+\d)\./.exec(whole)?.[1] ?? null)).toBe(expected.spend);

    const status = chart('Spend').getByRole('status');
    const heard = new Map<string, bigint>();
    for (const _ of PROVIDERS) {
      await page.keyboard.press('ArrowDown');
      const [, name = '', figure = ''] = /^(.*): (.*)$/.exec(await textOf(status)) ?? [];
      heard.set(name.replace('The ', '').replace(' (deleted)', ''), figure === 'unpriced' ? 0n : money(figure));
    }
    expect([...heard.keys()].toSorted()).toEqual(PROVIDERS.toSorted());
    for (const name of ['openai-main', 'openai-3', 'openai-11']) {
      expect(heard.get(name), name).toBe((await ledger(`${dayOf(at)} AND provider = '${name}'`)).spend);
    }
    await page.keyboard.press('Home');
    expect(await spoken(chart('Spend'))).toContain(`${midnight(-50).getUTCDate()} `);
    await page.keyboard.press('Escape');
    await expect.poll(() => spoken(chart('Spend'))).toMatch(/^Left and right read/);
  });

  it('leads with Enter to the calls of the bucket', async () => {
    const page = await open(ALL);
    await slider(chart('Requests')).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/usage\/calls\?/);
    const { searchParams } = new URL(page.url());
    const stated = [...searchParams.values()]
      .filter((value) => /^\d{4}-/.test(value))
      .map((value) => new Date(value).getTime());
    expect(stated).toEqual([midnight(-1).getTime(), midnight(0).getTime()]);
  });
});
