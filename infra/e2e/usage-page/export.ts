/// <reference lib="dom" />
import { parseUsd } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { csvLines, decoded, savedBy } from '../browser/files.js';
import { chart, ledger, open } from './page.js';
import { ALL, DAYS, midnight, PROVIDERS, world } from './world.js';

/** The day of a bucket `index` from the left, as SQL. */
const dayOf = (index: number) =>
  `toDate(started_at) = '${midnight(index - 50)
    .toISOString()
    .slice(0, 10)}'`;

describe('taken along', () => {
  const take = (kind: 'Spend' | 'Requests', label: string) =>
    savedBy(world().admin.page, async () => {
      await chart(kind)
        .getByRole('button', { name: /^Export/ })
        .click();
      await world().admin.page.getByRole('menuitem', { name: label }).click();
    });

  it('as CSV it is the ledger, bucket by bucket and provider by provider', async () => {
    await open(ALL);
    const saved = await take('Spend', 'CSV, every digit');
    expect(saved.name).toMatch(/\.csv$/);
    const all = csvLines(saved);
    const lines = all.filter(({ kind }) => kind === 'actual');
    expect(lines).toHaveLength(DAYS * PROVIDERS.length);
    // What the rest of the month may bring is told apart.
    expect(new Set(all.map(({ kind }) => kind).filter((kind) => !/^(actual|forecast)/.test(kind ?? '')))).toEqual(
      new Set(),
    );
    const sum = (some: typeof lines) =>
      some.reduce((total, { spend_usd: amount = '' }) => total + (amount === 'unpriced' ? 0n : parseUsd(amount)), 0n);
    expect(sum(lines)).toBe((await ledger()).spend);
    for (const name of PROVIDERS) {
      expect(sum(lines.filter(({ key }) => key === name)), name).toBe((await ledger(`provider = '${name}'`)).spend);
    }
    const day = lines.filter(({ day_start_utc: start }) => start === midnight(-5).toISOString());
    expect(sum(day)).toBe((await ledger(dayOf(45))).spend);
    const requests = csvLines(await take('Requests', 'CSV, every digit'));
    expect(requests.reduce((total, line) => total + Number(line.requests), 0)).toBe((await ledger()).calls);
  });

  it.each([
    ['PNG, light', 'rgb(255, 255, 255)'],
    ['PNG, dark', 'rgb(16, 20, 22)'],
  ])('as %s it is a picture of twice the size', async (label, ground) => {
    const page = await open(ALL);
    const saved = await take('Spend', label);
    expect(saved.name).toMatch(/\.png$/);
    const picture = await decoded(page, saved);
    expect(picture.width).toBe(2400);
    expect(picture.height).toBeGreaterThan(1000);
    expect(picture.ground).toBe(ground);
    expect(picture.colors).toBeGreaterThan(PROVIDERS.length);
  });

  it('as SVG it stands alone: no script, no style sheet, nothing from elsewhere', async () => {
    const page = await open(ALL);
    const saved = await take('Spend', 'SVG, light');
    const text = saved.bytes.toString('utf8');
    const found = await page.evaluate((source) => {
      const document = new DOMParser().parseFromString(source, 'image/svg+xml');
      const all = [...document.querySelectorAll('*')];
      return {
        isWhole: document.querySelector('parsererror') === null,
        names: [...new Set(all.map(({ localName }) => localName))],
        attributes: all.flatMap(({ attributes }) => [...attributes].map(({ name, value }) => `${name}=${value}`)),
        texts: [...document.querySelectorAll('text')].map(({ textContent }) => textContent),
      };
    }, text);
    expect(found.isWhole).toBe(true);
    for (const name of ['script', 'style', 'image', 'foreignObject', 'use', 'a'])
      expect(found.names).not.toContain(name);
    for (const attribute of found.attributes) {
      expect(attribute).not.toMatch(/^on|href=|var\(|light-dark\(|^class=|url\((?!#)/);
    }
    expect(found.texts.some((one) => one?.startsWith('Spend over time by provider'))).toBe(true);
    for (const name of PROVIDERS)
      expect(
        found.texts.some((one) => one?.includes(`The ${name}`)),
        name,
      ).toBe(true);
  });
});
