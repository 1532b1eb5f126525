import { describe, expect, it } from 'vitest';
import { DOUBT_AFTER_MS, Reach } from './reach';

const OPENED_MS = 1_000;
const LATE_MS = OPENED_MS + DOUBT_AFTER_MS + 1;

describe('whether the control plane answers', () => {
  it('is not doubted while nothing is asked, however long that is', () => {
    expect(new Reach(OPENED_MS).isInDoubt(LATE_MS * 1_000)).toBe(false);
  });

  it('is doubted when a question stays open and no other was answered since', () => {
    const reach = new Reach(OPENED_MS);
    reach.asked(OPENED_MS);
    expect(reach.isInDoubt(LATE_MS - 1)).toBe(false);
    expect(reach.isInDoubt(LATE_MS)).toBe(true);
    reach.asked(OPENED_MS).told(true, LATE_MS);
    expect(reach.isInDoubt(LATE_MS + 1)).toBe(false);
  });

  it('is not doubted for a question that nobody waits for', () => {
    const reach = new Reach(OPENED_MS);
    reach.asked(OPENED_MS).left();
    expect(reach.isInDoubt(LATE_MS)).toBe(false);
  });

  it('is said since the last answer once an easy question was not answered either, and only then', () => {
    const reach = new Reach(OPENED_MS);
    let told = 0;
    reach.subscribe(() => told++);
    reach.asked(OPENED_MS).told(true, 2_000);
    reach.asked(5_000).told(false, 6_000);
    expect([reach.isInDoubt(6_000), reach.silentSince(), told]).toEqual([true, null, 0]);
    reach.tried(false, 7_000);
    reach.tried(false, 8_000);
    expect([reach.silentSince(), told]).toEqual([2_000, 1]);
  });

  it('is over with the first answer, whatever it answers', () => {
    const reach = new Reach(OPENED_MS);
    const hung = reach.asked(2_000);
    reach.tried(false, 7_000);
    hung.told(true, 9_000);
    expect([reach.silentSince(), reach.isInDoubt(9_000)]).toEqual([null, false]);
    reach.asked(9_000).told(false, 9_500);
    reach.tried(true, 10_000);
    expect([reach.silentSince(), reach.isInDoubt(10_000)]).toEqual([null, false]);
  });
});
