import { describe, expect, it } from 'vitest';
import { axeFaults } from '../browser/accessibility.js';
import { dialog, section, textOf } from '../browser/console-pages.js';
import { settle } from '../browser/screen.js';
import { ledger, money, number, open } from './page.js';
import { ALL, DAY_MS, world } from './world.js';

describe('a figure', () => {
  it('of a table leads to its calls, and from there to a receipt', async () => {
    const page = await open(`${ALL}&groupBy=model&models=gpt-4o,gpt-4.1&view=table`);
    const table = section(page, 'Requests').getByRole('table');
    await table.waitFor();
    const cell = table.locator('tfoot').getByRole('button').first();
    const calls = number(/[\d,]+$/.exec(await textOf(cell))?.[0] ?? (await textOf(cell)));
    await cell.click();
    await page.waitForURL('**/usage/calls?*');
    await settle(page);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('models')).not.toBeNull();
    expect(searchParams.get('from')).not.toBeNull();
    expect(calls).toBeGreaterThan(0);
    const rows = page.getByRole('table', { name: 'Calls' }).getByRole('row');
    expect((await rows.count()) - 1).toBe(Math.min(calls, 50));
    await page
      .getByRole('link', { name: /^call of / })
      .or(rows.nth(1))
      .first()
      .click();
    await page.getByRole('dialog').getByRole('table', { name: 'Lines of the receipt' }).waitFor();
  });

  it('of a bar leads to the calls of its bucket by keyboard', async () => {
    const page = await open(`${ALL}&providers=openai-main`);
    const chart = page.getByRole('slider', { name: /^Requests/ });
    await chart.focus();
    await page.keyboard.press('End');
    // Where nothing was called there is nothing to lead to.
    while (!/: total [1-9]/.test((await chart.getAttribute('aria-valuetext')) ?? ''))
      await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/usage/calls?*');
    const { searchParams } = new URL(page.url());
    const [from, to] = [searchParams.get('from'), searchParams.get('to')].map((at) => Date.parse(at ?? ''));
    expect((to ?? 0) - (from ?? 0)).toBe(DAY_MS);
    expect(searchParams.get('providers')).toBe('openai-main');
  });

  it('of every cost bucket under the chart opens its receipt', async () => {
    const page = await open(ALL);
    for (const [label, amount] of [
      ['Input', 'amount_input'],
      ['Cached input', 'amount_cached_input'],
      ['Output', 'amount_output'],
      ['Reasoning', 'amount_reasoning'],
    ] as const) {
      const figure = section(page, 'Spend').getByRole('button', {
        name: new RegExp(`^Spend, ${label.toLowerCase()}: `),
      });
      const exact = await figure.locator('[title^="$"]').getAttribute('title');
      expect(money(exact), label).toBe((await ledger('1', amount)).spend);
      await figure.click();
      await page.getByRole('dialog').getByLabel('Agrees', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});

describe('why it changed', () => {
  const difference = (title: string) => money(/^[+-]?\$[\d,.]*\d/.exec(title)?.[0].replace('+', '') ?? '');

  it('says it in effects and drivers that add up, and narrows to a driver at a click', async () => {
    const page = await open('range=14d&groupBy=model');
    const why = section(page, 'Why did it change');
    await why.getByText('The effects add up to the difference, to the last digit.').waitFor();
    const drivers = why.getByRole('region', { name: 'Drivers by model' }).getByRole('table');
    const titles = await drivers
      .locator('tbody td:nth-child(4) > [title]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''));
    const sum = titles.filter((title) => title.includes('$')).reduce((all, title) => all + difference(title), 0n);
    const whole = await drivers.locator('tfoot td:nth-child(4) [title]').getAttribute('title');
    expect(sum).toBe(difference(whole ?? ''));
    // Without a price there is no amount, and between two such no difference.
    const cells = drivers.locator('tbody tr', { hasText: 'house-' }).first().locator('td');
    expect((await cells.allInnerTexts()).slice(1, 4).map((text) => text.trim().split(/\s/).at(-1))).toEqual([
      ...['unpriced', 'unpriced', '–'],
    ]);
    await why.getByRole('button', { name: 'How this is computed' }).click();
    await dialog(page, 'How the change was computed').waitFor();
    await page.keyboard.press('Escape');
    await drivers.getByRole('button', { name: 'Filter to gpt-4o', exact: true }).click();
    await page.waitForURL(/models=gpt-4o/);
  });
});

describe('what is expected', () => {
  it('of the month and of its days says how it was computed', async () => {
    const page = await open('range=mtd');
    await page.getByText('Forecast of the month').waitFor();
    const unusual = section(page, 'Unusual days');
    await unusual.getByRole('button', { name: 'How this is computed' }).click();
    await dialog(page, 'How what is unusual was computed').waitFor();
    expect(await axeFaults(page, 'how it is computed')).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

describe('quality', () => {
  it('stands beside the spend, with its rates worked out as the raw rows say', async () => {
    const page = await open(`${ALL}&view=table`);
    const quality = section(page, 'Quality');
    for (const title of [
      'Error rate',
      'Cache-hit rate',
      'Latency',
      'Time to first token',
      'Cost per call',
      'Cost per 1,000 output tokens',
    ]) {
      await quality.getByRole('heading', { name: title, exact: true }).waitFor();
    }
    const [row] = await world().system.books.ask<{ rate: number }>(
      "SELECT countIf(outcome = 'upstream_error') / count() AS rate FROM usage_events_v1",
    );
    const errors = quality.getByRole('figure', { name: 'Error rate over time' });
    await errors
      .getByText(`${((row?.rate ?? 0) * 100).toFixed(1)} %`)
      .first()
      .waitFor();
  });
});
