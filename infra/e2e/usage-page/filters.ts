import { describe, expect, it } from 'vitest';
import { axeFaults } from '../browser/accessibility.js';
import { dialog, section } from '../browser/console-pages.js';
import { settle } from '../browser/screen.js';
import { chips, filterButton, ledger, open, shown, tick } from './page.js';
import { ALL, DELETED, MODELS, PATIENCE, world } from './world.js';

describe('the filters', () => {
  it('narrow the page to what the raw rows say, each of them, and can be taken out', async () => {
    const page = await open(ALL);
    for (const [label, value, where] of [
      ['Provider', 'The openai-3', "provider = 'openai-3'"],
      ['Provider type', /openai/i, "provider_type = 'openai'"],
      ['Model', 'gpt-4.1', "ifNull(served_model, requested_model) = 'gpt-4.1'"],
      ['App', 'checkout', "app = 'checkout'"],
      ['User', 'person-3@example.com', "user = 'person-3@example.com'"],
      ['User', 'no user', 'user IS NULL'],
      ['Agent', 'planner', "agent = 'planner'"],
      ['Environment', 'staging', "environment = 'staging'"],
    ] as const) {
      await tick(page, label, value);
      expect(await shown(page), `${label} ${value}`).toEqual(await ledger(where));
      await chips(page)
        .getByRole('button', { name: new RegExp(`^${label} .*remove filter$`) })
        .click();
      await chips(page).waitFor({ state: 'detached' });
      await settle(page);
    }
    expect(await shown(page)).toEqual(await ledger());
  });

  it('of cost and token types narrow spend to their part', async () => {
    const page = await open(ALL);
    await tick(page, 'Cost type', 'Output');
    expect((await shown(page)).spend).toBe((await ledger('1', 'amount_output')).spend);
    await open(ALL);
    await tick(page, 'Token type', 'Cached input');
    expect((await shown(page)).spend).toBe((await ledger('1', 'amount_cached_input')).spend);
  });

  it('of tags: values of a key are alternatives, keys must all fit, and one may be missing', async () => {
    const page = await open(ALL);
    await filterButton(page, 'Tag').click();
    const popup = dialog(page, 'Filter by tag');
    await popup.getByRole('button', { name: 'team' }).click();
    await popup.getByRole('checkbox', { name: 'search', exact: true }).click();
    await popup.getByRole('checkbox', { name: 'support', exact: true }).click();
    await popup.getByRole('button', { name: /All tags/ }).click();
    await popup.getByRole('button', { name: /^note/ }).click();
    await popup.getByRole('checkbox', { name: 'x,y=z' }).click();
    await page.keyboard.press('Escape');
    await settle(page);
    const both = "tags['team'] IN ('search', 'support') AND tags['note'] = 'x,y=z'";
    await expect.poll(() => shown(page), PATIENCE).toEqual(await ledger(both));
    await page.reload();
    await settle(page);
    expect(await shown(page)).toEqual(await ledger(both));
    await open(`${ALL}&tags=team=`);
    expect(await shown(page)).toEqual(await ledger("NOT mapContains(tags, 'team')"));
  });

  it('narrow each other: a user leaves only the models of that user', async () => {
    const page = await open(`${ALL}&users=person-25@example.com`);
    const rows = await world().system.books.ask<{ model: string }>(
      "SELECT DISTINCT ifNull(served_model, requested_model) AS model FROM usage_events_v1 WHERE user = 'person-25@example.com'",
    );
    await filterButton(page, 'Model').click();
    const values = dialog(page, 'Filter by model').getByRole('list', { name: 'Values of model' });
    await values.getByRole('checkbox').first().waitFor();
    const offered = await values.getByRole('checkbox').count();
    expect(offered).toBe(rows.length);
    expect(offered).toBeLessThan(MODELS.length);
    await page.keyboard.press('Escape');
    await open(ALL);
    await filterButton(page, 'Model').click();
    await expect.poll(() => values.getByRole('checkbox').count(), PATIENCE).toBe(MODELS.length);
    await dialog(page, 'Filter by model').getByRole('searchbox').fill('house-4');
    await expect
      .poll(() => values.getByRole('checkbox').count(), PATIENCE)
      .toBe(MODELS.filter((model) => model.includes('house-4')).length);
    expect(await axeFaults(page, 'values of a filter')).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('combine, and are cleared at once; going back brings them again', async () => {
    const page = await open(`${ALL}&providers=openai-2,openai-3&environments=production&agents=~`);
    expect(
      await chips(page)
        .getByRole('button', { name: /remove filter$/ })
        .count(),
    ).toBe(4);
    const where = "provider IN ('openai-2', 'openai-3') AND environment = 'production' AND agent IS NULL";
    expect(await shown(page)).toEqual(await ledger(where));
    await chips(page).getByRole('button', { name: 'Clear all' }).click();
    await chips(page).waitFor({ state: 'detached' });
    await page.goBack();
    await chips(page).waitFor();
    await settle(page);
    await expect.poll(() => shown(page), PATIENCE).toEqual(await ledger(where));
  });

  it('leave deleted providers in unless told otherwise, and say when only those fit', async () => {
    const page = await open(ALL);
    await filterButton(page, 'Provider').click();
    await dialog(page, 'Filter by provider').getByRole('switch', { name: 'Show deleted providers' }).click();
    await page.keyboard.press('Escape');
    await settle(page);
    await expect.poll(() => shown(page), PATIENCE).toEqual(await ledger(`provider != '${DELETED}'`));
    await open(`${ALL}&providers=${DELETED}&deleted=false`);
    await page.getByRole('heading', { name: 'Only deleted providers have usage here' }).waitFor();
    expect(await axeFaults(page, 'only deleted')).toEqual([]);
    await page.getByRole('button', { name: 'Show deleted providers' }).click();
    await section(page, 'Spend').waitFor();
    await settle(page);
    expect(await shown(page)).toEqual(await ledger(`provider = '${DELETED}'`));
    await section(page, 'Spend')
      .getByText(/\(deleted\)/)
      .first()
      .waitFor();
  });
});
