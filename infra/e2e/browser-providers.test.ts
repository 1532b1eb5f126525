import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import { choose, dialog, field, openAdmin, section } from './browser/console-pages.js';
import { focused } from './browser/focus.js';
import { settle } from './browser/screen.js';
import { leavePicture, type Visitor } from './browser/visitor.js';
import { type System, startSystem } from './system.js';

const PATIENCE = { timeout: 30_000, interval: 50 };

let system: System;
let browser: Browser;
let admin: Visitor;

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  for (const name of ['alpha', 'beta', 'gamma']) {
    await system.console.createProvider({
      name,
      displayName: `OpenAI ${name}`,
      type: 'openai',
      baseUrl: `${system.simulator.url}/v1`,
      secretId: 'OPENAI_API_KEY',
      secretValue: system.upstreamKey,
    });
  }
  admin = await openAdmin(browser, system.consoleUrl);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

const needed = (page: Page, text: string) => page.getByText(`Still needed: ${text}`, { exact: true }).waitFor();
const slot = (page: Page, label: string) => page.getByRole('group', { name: label });
const names = (page: Page) =>
  page
    .getByRole('table', { name: 'Providers' })
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((row) => row.querySelectorAll('td')[2]?.textContent ?? ''));

describe('a provider of AWS Bedrock', () => {
  it('is set up by keyboard, each thing it wants named and each slot with a secret of its own', async () => {
    const { page } = admin;
    await page.goto('/providers/new');
    await settle(page);
    await page.getByRole('combobox', { name: 'Provider type' }).focus();
    await page.keyboard.type('aws');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await focused(page)).text, PATIENCE).toBe('Change');
    await page.getByRole('radio', { name: /^Static keys/ }).click();
    await needed(page, 'the region, the access key ID, the secret access key');

    await choose(field(page, 'Region'), 'eu-central-1');
    expect(await field(page, 'Base URL').inputValue()).toBe('https://bedrock-runtime.eu-central-1.amazonaws.com');
    await choose(field(page, 'Region'), 'Frankfurt');
    await field(page, 'Region').blur();
    await page.getByText('This is no region; one looks like us-east-1.').waitFor();
    expect(await field(page, 'Base URL').inputValue()).toBe('');
    await needed(page, 'a valid region, the access key ID, the secret access key');
    await choose(field(page, 'Region'), 'eu-central-1');

    await page.getByRole('button', { name: 'the secret access key', exact: true }).click();
    await page.keyboard.type('wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY');
    await slot(page, 'Access key ID').getByLabel('Value').fill('AKIAIOSFODNN7EXAMPLE');
    expect(await slot(page, 'Secret access key').getByLabel('Secret id').inputValue()).toBe('AWS_SECRET_ACCESS_KEY');
    expect(await axeFaults(page, 'a filled form')).toEqual([]);
    await expect.poll(() => page.getByRole('button', { name: 'Create provider' }).isEnabled(), PATIENCE).toBe(true);
  });

  it('says at the address that calls may not go there, and keeps what was typed', async () => {
    const { page } = admin;
    await field(page, 'Base URL').fill('https://10.1.2.3');
    await page.getByRole('button', { name: 'Create provider' }).click();
    const url = page.locator('[data-field="baseUrl"]');
    await expect.poll(() => field(page, 'Base URL').getAttribute('aria-invalid'), PATIENCE).toBe('true');
    await url.getByText(/10\.1\.2\.3|private/).waitFor();
    expect(await slot(page, 'Access key ID').getByLabel('Value').inputValue()).toBe('AKIAIOSFODNN7EXAMPLE');
    await page.getByRole('button', { name: 'Use standard' }).click();
    expect(await field(page, 'Base URL').inputValue()).toBe('https://bedrock-runtime.eu-central-1.amazonaws.com');
  });

  it('is created, and its overview shows region, credential and both secrets', async () => {
    const { page } = admin;
    await field(page, 'Base URL').fill(system.simulator.url);
    await page.getByRole('button', { name: 'Create provider' }).click();
    await page.waitForURL('**/providers/aws-bedrock?created=1');
    await settle(page);
    const main = page.getByRole('main');
    for (const text of ['eu-central-1', 'Static keys']) await main.getByText(text, { exact: true }).waitFor();
    await main.getByRole('link', { name: 'AWS_SECRET_ACCESS_KEY' }).click();
    const drawer = dialog(page, 'AWS_SECRET_ACCESS_KEY');
    await drawer.getByText('as secret access key').waitFor();
    expect(await axeFaults(page, 'an open secret')).toEqual([]);
  });
});

describe('transcripts of a provider', () => {
  const needs = (page: Page) => page.getByText(/^Still needed: /).textContent();

  it('are off, and the form says what would be kept once they are switched on', async () => {
    const { page } = admin;
    await page.goto('/providers/alpha?tab=settings');
    await settle(page);
    const part = section(page, 'Transcripts');
    await part.getByText(/^No prompt and no answer is stored\./).waitFor();
    expect(await part.getByRole('switch', { checked: true }).count()).toBe(0);
    expect(await part.getByLabel('Keep for, days').count()).toBe(0);
    await part.getByRole('switch', { name: 'Record requests' }).click();
    await field(part, 'Keep for, days').fill('7');
    await part.getByText(/^The requests of every call are kept in ClickHouse for 7 days/).waitFor();
    await field(part, 'Share of calls, %').fill('101');
    await expect.poll(() => needs(page), PATIENCE).toBe('Still needed: a valid share of calls');
    await field(part, 'Share of calls, %').fill('12.5');
    await part.getByRole('checkbox', { name: 'E-mail addresses' }).click();
  });

  it('take patterns of RE2 only, said by the control plane while one is typed', async () => {
    const { page } = admin;
    const part = section(page, 'Transcripts');
    await part.getByRole('button', { name: 'Add a pattern' }).click();
    await expect.poll(() => needs(page), PATIENCE).toBe('Still needed: a name of pattern 1, pattern 1');
    await field(part, 'Name of pattern 1').fill('customer');
    await field(part, 'Pattern 1').fill('C-(?=[0-9])');
    await field(part, 'Pattern 1').blur();
    await part.getByText(/^This is no pattern of RE2: /).waitFor();
    await expect.poll(() => needs(page), PATIENCE).toBe('Still needed: a valid pattern 1');
    expect(await axeFaults(page, 'the settings of transcripts')).toEqual([]);
    await field(part, 'Pattern 1').fill('C-[0-9]{6}');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Settings saved').waitFor();
    await page.getByText('Nothing was changed yet.').waitFor();
  });

  it('are told on the overview as they were saved, and in the audit trail', async () => {
    const { page } = admin;
    await page.goto('/providers/alpha');
    const part = section(page, 'Transcripts');
    await part.getByText(/^The requests of 12\.5 % of calls are kept in ClickHouse for 7 days/).waitFor();
    for (const text of ['recorded', 'not recorded', 'E-mail addresses', 'customer: C-[0-9]{6}']) {
      await part.getByText(text, { exact: true }).waitFor();
    }
    expect(await axeFaults(page, 'what is kept')).toEqual([]);
    await page.goto('/audit');
    await page.getByText('recording.update').first().waitFor();
  });
});

describe('the list', () => {
  it('narrows by type, status and name, with the state in the address', async () => {
    const { page } = admin;
    await page.goto('/providers');
    await settle(page);
    await page.getByRole('button', { name: 'Type', exact: true }).click();
    await page.getByRole('checkbox', { name: 'AWS Bedrock', exact: true }).click();
    await page.waitForURL('**/providers?type=bedrock');
    await expect.poll(() => names(page), PATIENCE).toEqual(['aws-bedrock']);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /AWS Bedrock , remove filter/ }).click();
    await expect.poll(() => names(page), PATIENCE).toEqual(['alpha', 'aws-bedrock', 'beta', 'gamma']);
    await page.getByRole('searchbox', { name: 'Search providers' }).fill('bet');
    await expect.poll(() => names(page), PATIENCE).toEqual(['beta']);
    await page.goto('/providers?sort=-provider&rows=25');
    await expect.poll(() => names(page), PATIENCE).toEqual(['gamma', 'beta', 'aws-bedrock', 'alpha']);
  });

  it('switches several off at once, after saying what that does, and on again', async () => {
    const { page } = admin;
    await page.goto('/providers?type=openai');
    await settle(page);
    for (const name of ['alpha', 'gamma']) await page.getByRole('checkbox', { name: `Select OpenAI ${name}` }).click();
    const bar = page.getByRole('toolbar', { name: 'Selected rows' });
    await bar.getByRole('button', { name: 'Disable' }).click();
    const confirm = dialog(page, 'Disable 2 providers?');
    await confirm.getByText('OpenAI alpha and OpenAI gamma').waitFor();
    await confirm.getByText('provider_disabled').waitFor();
    expect(await axeFaults(page, 'bulk disable')).toEqual([]);
    await confirm.getByRole('button', { name: 'Disable 2 providers' }).click();
    await confirm.waitFor({ state: 'detached' });
    await page.goto('/providers?status=disabled');
    await expect.poll(() => names(page), PATIENCE).toEqual(['alpha', 'gamma']);
    await settle(page);
    await page.getByRole('checkbox', { name: 'Select all rows' }).click();
    await bar.getByRole('button', { name: 'Enable' }).click();
    await dialog(page, 'Enable 2 providers?').getByRole('button', { name: 'Enable 2 providers' }).click();
    await page.getByText('No provider fits').waitFor();
  });
});

describe('a secret', () => {
  it('is not deleted while it is used, and says by whom', async () => {
    const { page } = admin;
    await page.goto('/secrets?secret=OPENAI_API_KEY');
    await dialog(page, 'OPENAI_API_KEY').getByRole('button', { name: 'Delete' }).click();
    const refused = dialog(page, 'OPENAI_API_KEY is in use');
    for (const name of ['alpha', 'beta', 'gamma']) await refused.getByRole('link', { name }).waitFor();
    await refused.getByRole('button', { name: 'Close', exact: true }).last().click();
  });

  it('is rotated from the provider that uses it, under the same id', async () => {
    const { page } = admin;
    await page.goto('/providers/alpha?tab=settings');
    await settle(page);
    await page.getByRole('button', { name: 'Rotate value' }).click();
    const rotate = dialog(page, 'Rotate OPENAI_API_KEY');
    await field(rotate, 'New value').fill('sk-rotated-0000000000000WXYZ');
    await rotate.getByRole('button', { name: 'Rotate secret' }).click();
    await rotate.waitFor({ state: 'detached' });
    await page.getByText(/Version 2, ends in/).waitFor();
    // The form around the dialog was not sent by it.
    await page.getByText('Nothing was changed yet.').waitFor();
  });

  it('that nothing uses is marked, found and deleted by its name', async () => {
    const { page } = admin;
    await page.goto('/secrets?create=true');
    const create = dialog(page, 'Create secret');
    await field(create, 'Id').fill('LEFT_OVER');
    await field(create, 'Value').fill('0123456789abcdef');
    await create.getByRole('button', { name: 'Create secret' }).click();
    await create.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Unused', exact: true }).click();
    const table = page.getByRole('table', { name: 'Secrets' });
    await expect.poll(() => table.getByRole('row').count(), PATIENCE).toBe(2);
    await table.getByRole('button', { name: 'Actions for LEFT_OVER' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const confirm = dialog(page, 'Delete LEFT_OVER?');
    expect(await confirm.getByRole('button', { name: 'Delete secret' }).isDisabled()).toBe(true);
    await confirm.getByRole('textbox').fill('LEFT_OVER');
    await confirm.getByRole('button', { name: 'Delete secret' }).click();
    await page.getByText('No unused secret').waitFor();
  });
});

describe('the browser', () => {
  it('had nothing to complain of', () => {
    expect(admin.complaints).toEqual([]);
  });
});
