/// <reference lib="dom" />
import { describe, expect, it } from 'vitest';
import { axeFaults } from '../browser/accessibility.js';
import { dialog } from '../browser/console-pages.js';
import { focused, movements } from '../browser/focus.js';
import { settle } from '../browser/screen.js';
import { chart, legend, open } from './page.js';
import { ALL, PATIENCE, PROVIDERS } from './world.js';

describe('the legend', () => {
  const button = (name: string) => legend(chart('Spend')).getByRole('button', { name: new RegExp(`^The ${name} \\$`) });
  const drawn = () =>
    chart('Spend')
      .locator('path[data-series]')
      .evaluateAll((all) => all.map((path) => path.getAttribute('data-series')));

  it('hides one with a click, leaves one alone with Shift or its second button, and shows all again', async () => {
    const page = await open(ALL);
    await button('openai-3').click();
    await expect.poll(drawn, PATIENCE).toHaveLength(PROVIDERS.length - 1);
    expect(await button('openai-3').getAttribute('aria-pressed')).toBe('false');
    await button('openai-4').click({ modifiers: ['Shift'] });
    await expect.poll(drawn, PATIENCE).toEqual(['openai-4']);
    await page.reload();
    await settle(page);
    expect(await drawn()).toEqual(['openai-4']);
    await legend(chart('Spend')).getByRole('button', { name: 'Show all' }).click();
    await expect.poll(drawn, PATIENCE).toHaveLength(PROVIDERS.length);
    await legend(chart('Spend')).getByRole('button', { name: 'Only The openai-5' }).click();
    await expect.poll(drawn, PATIENCE).toEqual(['openai-5']);
  });

  it('does the same by keyboard', async () => {
    const page = await open(ALL);
    await button('openai-2').focus();
    await page.keyboard.press('Enter');
    await expect.poll(drawn, PATIENCE).toHaveLength(PROVIDERS.length - 1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Only The openai-2');
    await page.keyboard.press('Enter');
    await expect.poll(drawn, PATIENCE).toEqual(['openai-2']);
  });

  it('says how many groups the rest is of and opens them', async () => {
    const page = await open(`${ALL}&groupBy=model`);
    await legend(chart('Spend'))
      .getByRole('button', { name: /^Show what Other \(48 more\) is made of$/ })
      .click();
    await page.getByRole('dialog').waitFor();
  });
});

describe('on the whole screen', () => {
  it('a chart has the same controls, is accessible, and gives the focus back', async () => {
    const page = await open(ALL);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await chart('Spend')
      .getByRole('button', { name: /^Maximise/ })
      .focus();
    await page.keyboard.press('Enter');
    const big = dialog(page, /^Spend over time/);
    await big.getByRole('slider').waitFor();
    expect(await movements(page)).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const box = await big.boundingBox();
    expect([box?.x, box?.y, box?.width, box?.height]).toEqual([0, 0, 1280, 800]);
    expect(await axeFaults(page, 'maximised')).toEqual([]);
    await big.getByRole('slider').focus();
    await page.keyboard.press('Home');
    expect(await big.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/: total \$/);
    await big.getByRole('button', { name: 'Table' }).click();
    await big.getByRole('table').waitFor();
    await big.getByRole('button', { name: 'Chart' }).click();
    await page.keyboard.press('Escape');
    await big.waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^Maximise Spend over time/);
    expect((await focused(page)).inDialog).toBe(false);
  });
});
