import { describe, expect, it } from 'vitest';
import { axeFaults } from '../browser/accessibility.js';
import { dialog, section } from '../browser/console-pages.js';
import { settle } from '../browser/screen.js';
import { ledger, open, shown } from './page.js';
import { ALL, MODELS, PATIENCE } from './world.js';

describe('grouping', () => {
  it('splits the charts by every dimension, tags in a menu of their own', async () => {
    const page = await open(ALL);
    for (const [name, key] of [
      ['Provider type', 'provider_type'],
      ['Model', 'model'],
      ['App', 'app'],
      ['User', 'user'],
      ['Agent', 'agent'],
      ['Environment', 'environment'],
      ['Token type', 'token_type'],
      ['Cost type', 'cost_type'],
      ['Provider', 'provider'],
    ] as const) {
      await page.getByRole('button', { name: /^Group by/ }).click();
      await page.getByRole('menuitemradio', { name, exact: true }).click();
      await page.getByRole('figure', { name: `Spend over time by ${name.toLowerCase()}` }).waitFor();
      // Each left once it has been read: what one chart asks then, another has asked before.
      await settle(page);
      expect(new URL(page.url()).searchParams.get('groupBy') ?? 'provider').toBe(key);
    }
    await page.getByRole('button', { name: /^Group by/ }).click();
    await page.getByRole('menuitem', { name: 'Tag' }).click();
    await page.getByRole('menuitemradio', { name: 'team' }).click();
    await page.getByRole('figure', { name: 'Spend over time by tag: team' }).waitFor();
    await settle(page);
    await section(page, 'Spend').getByText('without this tag').first().waitFor();
    expect((await shown(page)).spend).toBe((await ledger()).spend);
  });

  it('adds up what is beyond the twelve biggest in an “other” that opens to every group', async () => {
    const page = await open(`${ALL}&groupBy=model&groups=true`);
    const list = dialog(page, 'All groups by model');
    const table = list.getByRole('table', { name: 'All groups' });
    await table.getByRole('row').nth(50).waitFor();
    await list.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => table.locator('tbody tr').count(), PATIENCE).toBe(MODELS.length - 50);
    expect(await axeFaults(page, 'all groups')).toEqual([]);
    await list.getByRole('button', { name: 'Previous' }).click();
    await list.getByRole('button', { name: /gpt-4o-mini$/ }).click();
    await list.waitFor({ state: 'detached' });
    await settle(page);
    await expect
      .poll(() => shown(page), PATIENCE)
      .toEqual(await ledger("ifNull(served_model, requested_model) = 'gpt-4o-mini'"));
  });
});
