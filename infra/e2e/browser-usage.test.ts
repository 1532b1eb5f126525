import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { leavePicture } from './browser/visitor.js';
// One world for every test of the page: to start one takes longer than most of them.
import './usage-page/bars.js';
import './usage-page/legend.js';
import './usage-page/table.js';
import './usage-page/export.js';
import './usage-page/filters.js';
import './usage-page/ledger.js';
import './usage-page/grouping.js';
import './usage-page/range.js';
import './usage-page/figures.js';
import './usage-page/live.js';
import './usage-page/unknown.js';
import './usage-page/screens.js';
import { closeWorld, openWorld, world } from './usage-page/world.js';

beforeAll(openWorld);
afterAll(closeWorld);
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(world().admin));
});

it('the browser had nothing to complain of', () => {
  expect(world().admin.complaints).toEqual([]);
});
