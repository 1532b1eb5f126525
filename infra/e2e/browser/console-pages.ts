/// <reference lib="dom" />
import type { Browser, Locator, Page } from 'playwright-core';
import { openVisitor, type Visitor } from './visitor.js';

export const ADMIN = { name: 'Ada Admin', email: 'admin@example.com', password: 'correct horse battery' };

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await field(page, 'Email').fill(email);
  await field(page, 'Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A browser in which the admin has signed in and sees Home. */
export async function openAdmin(browser: Browser, origin: string): Promise<Visitor> {
  const admin = await openVisitor(browser, origin);
  await admin.page.goto('/signin');
  await signIn(admin.page, ADMIN.email, ADMIN.password);
  await admin.page.getByRole('heading', { name: 'Home' }).waitFor();
  return admin;
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('complementary').getByRole('button', { name: ADMIN.name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/signin');
}

/** @returns the link for the invited person, which the page shows once */
export async function invite(page: Page, person: { name: string; email: string }, role: string): Promise<string> {
  await page.goto('/settings?tab=members');
  await page.getByRole('button', { name: 'Invite member' }).click();
  const form = dialog(page, 'Invite member');
  await form.getByText('Still needed: name, email, role').waitFor();
  await field(form, 'Name').fill(person.name);
  await field(form, 'Email').fill(person.email);
  await field(form, 'Role').click();
  await page.getByRole('option', { name: role }).click();
  await form.getByRole('button', { name: 'Create invitation' }).click();
  const shown = dialog(page, 'Invitation link');
  const link = await textOf(shown.locator('code'));
  await shown.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** The control under a label; a required one carries an asterisk that is only for the eye. */
export function field(within: Page | Locator, label: string): Locator {
  // An open list has the name of its field too.
  return within.getByLabel(new RegExp(`^${label}\\*?$`)).and(within.locator(':not([role="listbox"])'));
}

/** The dialog or drawer with this title. */
export function dialog(page: Page, title: string | RegExp): Locator {
  return page.getByRole('dialog', { name: title });
}

/** The part of a page under this heading. */
export function section(page: Page, heading: string): Locator {
  return page.locator('section').filter({ has: page.locator('h2', { hasText: new RegExp(`^${heading}$`) }) });
}

/** Types a value into a field that offers choices, and takes what was typed. */
export async function choose(combobox: Locator, value: string): Promise<void> {
  // Some are a button until they are wanted.
  if ((await combobox.evaluate(({ tagName }) => tagName)) === 'BUTTON') await combobox.click();
  await combobox.and(combobox.page().locator('input')).fill(value);
  await combobox.page().getByRole('option', { name: value }).first().waitFor();
  await combobox.page().keyboard.press('Enter');
}

/** What a block of code shows, as a person copies it. */
export function codeOf(within: Locator | Page, label: string): Promise<string> {
  return textOf(within.getByRole('region', { name: label }).locator('code'));
}

/** The figure under a label of a description list or a KPI: what is shown, and every digit of it. */
export async function figureOf(within: Locator, label: string): Promise<{ shown: string; exact: string | null }> {
  const labelled = within.locator('dt, div').filter({ hasText: new RegExp(`^${label}$`) });
  const figure = labelled.locator('xpath=following-sibling::*[1]');
  const shown = await textOf(figure);
  const titled = figure.locator('[title]').first();
  return { shown, exact: (await titled.count()) > 0 ? await titled.getAttribute('title') : null };
}

/** The cells of one row by the table's headers, without their units. */
export async function rowOf(table: Locator, index: number): Promise<Record<string, string>> {
  const headers = await table.getByRole('columnheader').allTextContents();
  const cells = await table
    .getByRole('row')
    .nth(index + 1)
    .getByRole('cell')
    .allTextContents();
  return Object.fromEntries(
    headers.map((header, at) => [header.replace(/ (tokens|7 d)$/, ''), (cells[at] ?? '').trim()]),
  );
}

/** Everything a person could see or a script could read: the document, what fields hold, what the browser keeps. */
export function everythingOn(page: Page): Promise<string> {
  return page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...Array.from(document.querySelectorAll<HTMLInputElement>('input, textarea'), ({ value }) => value),
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      document.cookie,
      location.href,
    ].join('\n'),
  );
}

export async function textOf(element: Locator): Promise<string> {
  return ((await element.textContent()) ?? '').trim();
}
