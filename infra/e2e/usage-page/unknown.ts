import { describe, expect, it } from 'vitest';
import { axeFaults } from '../browser/accessibility.js';
import { section, textOf } from '../browser/console-pages.js';
import { UNPRICED } from '../usage-world.js';
import { ledger, open } from './page.js';
import { ALL } from './world.js';

describe('what is not known', () => {
  it('is never shown as zero: of calls without a price alone there is no spend', async () => {
    const page = await open(`${ALL}&models=${UNPRICED}`);
    const { calls } = await ledger(`requested_model = '${UNPRICED}'`);
    await section(page, 'Spend')
      .getByRole('link', { name: new RegExp(`^${calls} calls`) })
      .first()
      .waitFor();
    // Before there were no calls at all: what was spent then is known.
    const before = /Before\$0\.00|(?:new|deleted)\$0\.00|Total\$0\.00/g;
    expect((await textOf(page.getByRole('main'))).replace(before, '')).not.toMatch(/\$0\.00(?!\d)/);
    expect(await axeFaults(page, 'only unpriced')).toEqual([]);
  });

  it('and what is not there says what to do', async () => {
    const page = await open(`${ALL}&providers=no-such-provider`);
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await section(page, 'Spend').waitFor();
  });
});
