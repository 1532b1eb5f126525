/// <reference lib="dom" />
import { formatUsd } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { settle } from '../browser/screen.js';
import { chart, ledger, money, open } from './page.js';
import { ALL, DAYS, PROVIDERS } from './world.js';

describe('the table', () => {
  it('adds up to the ledger, column by column and row by row', async () => {
    await open(`${ALL}&view=table`);
    const table = chart('Spend').getByRole('table');
    await table.waitFor();
    const rows = await table
      .locator('tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td [title]')].map((figure) => figure.getAttribute('title') ?? '')),
      );
    const figures = rows
      .filter((row) => row.length > 0)
      .map((row) => row.map((title) => (title.startsWith('$') ? money(title.split(':')[0] ?? '') : 0n)));
    const totals = figures.at(-1) ?? [];
    const body = figures.slice(0, -1);
    expect(body).toHaveLength(DAYS);
    for (const [column, total] of totals.entries()) {
      expect(formatUsd(body.reduce((sum, row) => sum + (row[column] ?? 0n), 0n))).toBe(formatUsd(total));
    }
    for (const row of figures) expect(row.slice(0, -1).reduce((sum, figure) => sum + figure, 0n)).toBe(row.at(-1));
    expect(totals.at(-1)).toBe((await ledger()).spend);
  });

  it('is sorted by every column, and says so', async () => {
    await open(`${ALL}&view=table`);
    const table = chart('Requests').getByRole('table');
    await table.waitFor();
    const headers = table.getByRole('columnheader');
    const count = await headers.count();
    expect(count).toBe(PROVIDERS.length + 2);
    for (let column = 0; column < count; column++) {
      await headers.nth(column).getByRole('button').click();
      const said = await headers.nth(column).getAttribute('aria-sort');
      expect(said).toMatch(/^(a|de)scending$/);
      if (column === 0) continue;
      const figures = (await table.locator(`tbody tr > :nth-child(${column + 1})`).allTextContents()).map((text) =>
        Number(text.replaceAll(',', '')),
      );
      expect(figures).toEqual(figures.toSorted((a, b) => (said === 'descending' ? b - a : a - b)));
      await headers.nth(column).getByRole('button').click();
      expect(await headers.nth(column).getAttribute('aria-sort')).toBe(
        said === 'descending' ? 'ascending' : 'descending',
      );
    }
  });

  it('keeps its first column in sight on a phone, and the page still', async () => {
    const page = await open(`${ALL}&view=table`);
    await page.setViewportSize({ width: 390, height: 800 });
    const region = chart('Tokens').getByRole('region');
    await region.waitFor();
    await settle(page);
    const places = await region.evaluate((element) => {
      element.scrollLeft = 10_000;
      element.scrollTop = 200;
      const place = (selector: string) => element.querySelector(selector)?.getBoundingClientRect();
      const around = element.getBoundingClientRect();
      return {
        scrolled: element.scrollLeft,
        first: (place('tbody th')?.left ?? 0) - around.left,
        head: (place('thead th')?.top ?? 0) - around.top,
        foot: around.bottom - (place('tfoot td')?.bottom ?? 0),
        page: document.scrollingElement?.scrollWidth,
      };
    });
    expect(places.scrolled).toBeGreaterThan(100);
    expect(Math.abs(places.first)).toBeLessThanOrEqual(1);
    expect(Math.abs(places.head)).toBeLessThanOrEqual(1);
    expect(places.foot).toBeLessThanOrEqual(16);
    expect(places.page).toBe(390);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('leads from a figure to its calls, by arrow keys too', async () => {
    const page = await open(`${ALL}&view=table`);
    const table = chart('Requests').getByRole('table');
    await table.waitFor();
    await table.locator('[data-figure]').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const place = await page.evaluate(() => {
      const cell = document.activeElement?.closest('td');
      return [cell?.cellIndex, (cell?.parentElement as HTMLTableRowElement | null)?.sectionRowIndex];
    });
    expect(place).toEqual([2, 1]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/usage\/calls\?/);
    expect(new URL(page.url()).searchParams.get('providers')).toBeTruthy();
  });
});
