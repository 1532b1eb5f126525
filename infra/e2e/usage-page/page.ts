import { parseUsd } from '@weir/contracts';
import type { Locator, Page } from 'playwright-core';
import { dialog, figureOf, section } from '../browser/console-pages.js';
import { openPage, settle } from '../browser/screen.js';
import { world } from './world.js';

/** Cost & Usage as the admin sees it at this address. */
export const open = (search: string): Promise<Page> => openPage(world().admin.page, `/usage?${search}`);

/** `$1,234.5` as titles have it, in 10^-12 USD. */
export const money = (text: string | null) => parseUsd((text ?? '').trim().replace('$', '').replaceAll(',', ''));
export const number = (text: string) => Number(text.replaceAll(',', ''));

export const chart = (kind: 'Spend' | 'Requests' | 'Tokens') =>
  world().admin.page.getByRole('figure', { name: new RegExp(`^${kind} over time`) });
export const slider = (within: Locator) => within.getByRole('slider');
export const legend = (within: Locator) => within.getByRole('list', { name: 'Series' });
export const spoken = (within: Locator) => slider(within).getAttribute('aria-valuetext');

export interface Sums {
  readonly spend: bigint;
  readonly calls: number;
  readonly tokens: number;
}

/** Worked out from the raw rows alone. */
export async function ledger(where = '1', amount = 'total'): Promise<Sums> {
  const [row] = await world().system.books.ask<{ spend: string; calls: string; tokens: string }>(
    `SELECT toString(sum(r.spend)) AS spend, toString(count()) AS calls,
       toString(sum(ifNull(input_tokens, 0) + ifNull(cached_input_tokens, 0) + ifNull(cache_write_5m_tokens, 0)
         + ifNull(cache_write_1h_tokens, 0) + ifNull(cache_write_unknown_tokens, 0) + ifNull(output_tokens, 0))) AS tokens
     FROM usage_events_v1 AS e
     LEFT JOIN (SELECT event_id, sum(ifNull(${amount}, 0)) AS spend FROM ratings_v1 GROUP BY event_id) AS r
       ON r.event_id = e.event_id
     WHERE ${where}`,
  );
  return { spend: parseUsd(row?.spend ?? ''), calls: Number(row?.calls), tokens: Number(row?.tokens) };
}

/** What the page says under its three charts. */
export async function shown(page: Page): Promise<Sums> {
  const spend = section(page, 'Spend').getByRole('button', { name: /^Spend, total: / });
  const exact = (await spend.count()) > 0 ? await spend.locator('[title^="$"]').getAttribute('title') : '$0';
  return {
    spend: money(/^\$[\d,.]*\d/.exec(exact ?? '')?.[0] ?? ''),
    calls: number((await figureOf(section(page, 'Requests'), 'Total')).shown),
    tokens: number((await figureOf(section(page, 'Tokens'), 'Total')).shown),
  };
}

export const chips = (page: Page) => page.getByRole('list', { name: 'Filters' });
export const filterButton = (page: Page, label: string) =>
  page
    .getByRole('region', { name: 'Filters and view' })
    .getByRole('button', { name: new RegExp(`^${label}( ?\\d+ chosen)?$`) });

/** Opens the values of a dimension and ticks one. */
export async function tick(page: Page, label: string, value: string | RegExp): Promise<void> {
  await filterButton(page, label).click();
  await dialog(page, `Filter by ${label.toLowerCase()}`)
    .getByRole('checkbox', { name: value, exact: true })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await chips(page).waitFor();
  await settle(page);
}
