import { expect, test } from 'vitest';
import { isRecordingKnown, type RecordingState, stateNotices } from './state-notices';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const before = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString();
const proxy = (over: Partial<RecordingState['proxies'][number]> = {}) => ({
  ...{ isReporting: true, tellsDrops: true, spoolBytes: 0, spoolMaxBytes: 1024 ** 3 },
  ...{ waitsSince: null, seenAt: before(1) },
  ...over,
});
const state = (over: Partial<RecordingState>): RecordingState => ({
  ...{ asOf: before(0), proxies: [proxy()], dropped: [] },
  ...over,
});

test('nothing is said where recording keeps up, and calls of the last minute are on their way', () => {
  expect(stateNotices(state({}))).toEqual([]);
  expect(stateNotices(state({ proxies: [proxy({ spoolBytes: 90_000, waitsSince: before(59) })] }))).toEqual([]);
  expect(isRecordingKnown(state({}))).toBe(true);
});

test('without a proxy that tells what it drops there is no all-clear', () => {
  expect(isRecordingKnown(state({ proxies: [] }))).toBe(false);
  expect(isRecordingKnown(state({ proxies: [proxy({ isReporting: false })] }))).toBe(false);
  expect(isRecordingKnown(state({ proxies: [proxy(), proxy({ tellsDrops: false })] }))).toBe(false);
});

test('dropped calls are named with why, when, and what keeps further ones from it', () => {
  const dropped = [
    { reason: 'spool_full', calls: 1_200, firstAt: before(7_200), lastAt: before(3_600) },
    { reason: 'of_the_future', calls: 1, firstAt: before(0), lastAt: before(0) },
  ];
  const [full, unknown] = stateNotices(state({ dropped }));
  expect(full?.text).toBe('1,200 calls of the last day were not recorded: the spool of a proxy was full');
  expect(full?.detail).toMatch(/^From 22 Nov 2026, 10:00 UTC to 22 Nov 2026, 11:00 UTC\..*WEIR_TRANSCRIPT_SPOOL_MB/);
  expect(unknown?.text).toBe('1 call of the last day was not recorded: the proxy says “of_the_future”');
});

test('a spool that nobody empties is told with its size, its age and its end', () => {
  const waits = { spoolBytes: 5 * 1024 ** 2, waitsSince: before(192) };
  const [behind] = stateNotices(
    state({ proxies: [proxy(waits), proxy(), proxy({ ...waits, waitsSince: before(70) })] }),
  );
  expect(behind?.text).toBe('Recording is 3 m 12 s behind: 10.0 MiB wait on the disks of 2 proxies');
  expect(behind?.detail).toContain('beyond 1.0 GiB on a proxy');
  const unbounded = stateNotices(state({ proxies: [proxy({ ...waits, spoolMaxBytes: null })] }));
  expect(unbounded[0]?.text).toContain('5.0 MiB waits on the disk of a proxy');
  expect(unbounded[0]?.detail).toMatch(/^Nothing is lost yet\. Check/);
});

test('what waits on a silent proxy is not forgotten', () => {
  const [silent] = stateNotices(state({ proxies: [proxy({ isReporting: false, spoolBytes: 2_048 })] }));
  expect(silent?.text).toBe('2.0 KiB of recorded calls wait on a proxy that is silent');
});
