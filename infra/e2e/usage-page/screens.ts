import { formatUsd } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { dialog } from '../browser/console-pages.js';
import { focused, invisibleStops } from '../browser/focus.js';
import { faultsOf, settle } from '../browser/screen.js';
import { UNPRICED } from '../usage-world.js';
import { chart, filterButton, open, shown, slider, spoken } from './page.js';
import { ALL, PATIENCE, world } from './world.js';

const LEAST_TARGET_PX = 24;

describe('every chart', () => {
  it.each([ALL, `${ALL}&view=table`])('%s has nothing to hit that is smaller than 24 px', async (search) => {
    const page = await open(search);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await settle(page);
      const small = await chart('Spend')
        .locator('button, [role="slider"]')
        .evaluateAll(
          (all, least) =>
            all.flatMap((one) => {
              const { width: w, height: h } = one.getBoundingClientRect();
              return w < least || h < least
                ? [`${one.getAttribute('aria-label') ?? one.textContent}: ${w} x ${h}`]
                : [];
            }),
          LEAST_TARGET_PX,
        );
      expect(small).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('names its buckets in the zone of the page', async () => {
    const page = await open('range=7d&tz=Asia/Kolkata');
    await slider(chart('Requests')).focus();
    await page.keyboard.press('End');
    expect(await spoken(chart('Requests'))).toMatch(/^\d+ \w+ \d{4}, Asia\/Kolkata: /);
  });

  it('beside the period before says both and the difference', async () => {
    const page = await open('range=14d&compare=true');
    await chart('Requests').locator('[data-overlay="previous"]').waitFor();
    await slider(chart('Requests')).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const [, total, before, difference] =
      /: total (\d+)\..*Before, \d+ \w+: (\d+), now ([+-]?\d+)/.exec((await spoken(chart('Requests'))) ?? '') ?? [];
    expect(Number(total) - Number(before)).toBe(Number(difference));
  });

  it('of rates has gaps where there is nothing to compute them from', async () => {
    const page = await open(ALL);
    const errors = page.getByRole('figure', { name: /^Error rate/ });
    await errors.getByRole('slider').focus();
    await page.keyboard.press('Home');
    expect(await errors.getByRole('slider').getAttribute('aria-valuetext')).toContain('unknown');
    await page.keyboard.press('End');
    await page.keyboard.press('PageDown');
    expect(await errors.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/\d %/);
  });
});

describe('the page', () => {
  it.each([
    ALL,
    `${ALL}&groupBy=model&compare=true&tz=Asia/Kolkata`,
    `${ALL}&groupBy=user&view=table`,
    `${ALL}&models=${UNPRICED}`,
    'range=24h',
    'range=mtd&groupBy=cost_type',
    'providers=no-such-provider',
  ])('at ?%s is accessible in both themes, keeps still and fits from 390 to 2560 px', async (search) => {
    expect(await faultsOf(world().admin.page, `/usage?${search}`)).toEqual([]);
  });

  it('is worked by keyboard, and one always sees where one is', async () => {
    const page = await open('range=14d');
    expect(await invisibleStops(page, 40)).toEqual([]);
    await filterButton(page, 'Provider').focus();
    await page.keyboard.press('Enter');
    await dialog(page, 'Filter by provider').getByRole('checkbox').first().waitFor();
    await expect.poll(async () => (await focused(page)).inDialog, PATIENCE).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await focused(page)).text, PATIENCE).toMatch(/^Provider/);
    expect(formatUsd((await shown(page)).spend)).not.toBe('0');
  });
});
