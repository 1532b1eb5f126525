/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFaults } from '../browser/accessibility.js';
import { dialog, invite, section, textOf } from '../browser/console-pages.js';
import { settle } from '../browser/screen.js';
import { openVisitor, type Visitor } from '../browser/visitor.js';
import { ledger, open, shown } from './page.js';
import { ALL, PATIENCE, world } from './world.js';

const VIEWER = { name: 'Vera Viewer', email: 'vera@example.com', password: 'another horse battery' };

describe('the range', () => {
  const rangeButton = (page: Page) => page.getByRole('button', { name: /^Range: / });

  it('has presets, each said with its size of a bucket, and going back undoes one', async () => {
    const page = await open('');
    for (const [name, bucket] of [
      ['Last 24 hours', 'hour'],
      ['Last 14 days', 'day'],
      ['Last 30 days', 'day'],
      ['Last 90 days', 'day'],
      ['Last month', 'day'],
      ['Month to date', /day|hour/],
      ['Quarter to date', /day|hour/],
      ['Year to date', /month|day|hour/],
    ] as const) {
      await rangeButton(page).click();
      await dialog(page, 'Range').getByRole('button', { name, exact: true }).click();
      await page.getByRole('button', { name: `Range: ${name}` }).waitFor();
      await settle(page);
      const said = await textOf(page.getByRole('figure', { name: /^Spend over time/ }).locator('figcaption'));
      expect(said).toMatch(new RegExp(`by ${typeof bucket === 'string' ? bucket : `(${bucket.source})`}, UTC$`));
    }
    await page.goBack();
    await page.getByRole('button', { name: 'Range: Quarter to date' }).waitFor();
  });

  it('of one’s own stands in the address in ISO 8601, in the chosen time zone', async () => {
    const page = await open('tz=Asia/Kolkata');
    await rangeButton(page).click();
    const panel = dialog(page, 'Range');
    await panel.getByLabel('From').fill('2026-01-10T00:00');
    await panel.getByLabel('To', { exact: true }).fill('2026-01-09T00:00');
    await panel.getByText('The end must come after the start.').waitFor();
    expect(await panel.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await panel.getByLabel('To', { exact: true }).fill('2026-01-12T00:00');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/customStart=/);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('customStart'), searchParams.get('customEnd')]).toEqual([
      '2026-01-09T18:30:00.000Z',
      '2026-01-11T18:30:00.000Z',
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'No calls in this range' }).waitFor();
    expect(await axeFaults(page, 'no calls')).toEqual([]);
  });

  it('can be in any time zone, which is remembered for a bare visit and never changes a shared address', async () => {
    const page = await open('range=30d');
    await rangeButton(page).click();
    const panel = dialog(page, 'Range');
    await panel.getByLabel('Time zone').click();
    await page.getByRole('combobox', { name: 'Time zone' }).and(page.locator('input')).fill('Europe/Berlin');
    await page.getByRole('option', { name: /Europe\/Berlin/ }).click();
    await page.waitForURL(/tz=Europe\/Berlin/);
    await page.keyboard.press('Escape');
    await open('');
    await page.waitForURL(/tz=Europe\/Berlin/);
    await open('range=30d');
    expect(new URL(page.url()).searchParams.get('tz')).toBeNull();
    await page.evaluate(() => localStorage.clear());
  });

  it('is compared with the period before, which is shown', async () => {
    const page = await open('range=14d');
    await rangeButton(page).click();
    await dialog(page, 'Range').getByRole('switch', { name: 'Compare to previous period' }).click();
    await page.waitForURL(/compare=true/);
    await page.keyboard.press('Escape');
    await settle(page);
    await page.locator('[data-overlay="previous"]').first().waitFor();
    await section(page, 'Spend')
      .getByText(/^Before: /)
      .waitFor();
  });
});

describe('an address', () => {
  it('that cannot be shown as it is says so, and shows what it can', async () => {
    const page = await open('range=forever&tz=Mars/Olympus&costTypes=input,gold&compare=perhaps');
    const note = page.getByText('This address cannot be shown as it is');
    await note.waitFor();
    await page.getByText('There is no range “forever”').waitFor();
    await page.getByText('There is no time zone “Mars/Olympus”').waitFor();
    await page.getByText(/Cost type: not every value/).waitFor();
    expect(await axeFaults(page, 'a wrong address')).toEqual([]);
    await page.getByRole('button', { name: 'Remove what is wrong' }).click();
    await note.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Range: Last 7 days' }).waitFor();
  });

  it('shows a viewer on another machine the same figures', async () => {
    const link = await invite(world().admin.page, VIEWER, 'Viewer');
    const viewer = await openVisitor(world().browser, world().system.consoleUrl);
    await viewer.page.goto(link);
    await viewer.page.getByLabel(/^Password/).fill(VIEWER.password);
    await viewer.page.getByRole('button', { name: 'Set password' }).click();
    await viewer.page.getByRole('heading', { name: 'Home' }).waitFor();
    const page = await open(
      `${ALL}&groupBy=user&providers=openai-1,openai-2&tags=team=search&view=table&tz=Asia/Tokyo&compare=true`,
    );
    await viewer.page.goto(page.url());
    await settle(viewer.page);
    const tables = async ({ page: of }: Visitor) => {
      await section(of, 'Tokens').getByRole('table').waitFor();
      return of.getByRole('main').getByRole('table').allTextContents();
    };
    await expect
      .poll(async () => (await tables(viewer)).join('\n'), PATIENCE)
      .toBe((await tables(world().admin)).join('\n'));
    expect(await shown(viewer.page)).toEqual(
      await ledger("provider IN ('openai-1', 'openai-2') AND tags['team'] = 'search'"),
    );
    expect(viewer.complaints).toEqual([]);
    await viewer.context.close();
  });
});
