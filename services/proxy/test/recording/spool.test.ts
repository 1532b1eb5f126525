import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TRANSCRIPT_BATCH_MAX_BYTES } from '@weir/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SpooledBatch, soundBytes } from '../../src/recording/spool/batches.js';
import { Spool, type SpoolOptions } from '../../src/recording/spool/spool.js';
import { frameOf } from './frame.js';
import { callsIn } from './spooled.js';

let home: string;
let spool: Spool | null = null;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'weir-spool-'));
});
afterEach(() => {
  spool?.close();
  spool = null;
  rmSync(home, { recursive: true, force: true });
});

function open(options: Partial<SpoolOptions> = {}): Spool {
  spool = new Spool({
    directory: join(home, 'slot-0'),
    adopted: [],
    quotaBytes: 10_000_000,
    diskFreeBytes: 0,
    ...options,
  });
  return spool;
}

function idsIn(each: Spool): string[] {
  const ids: string[] = [];
  for (let batch = each.take(); batch !== null; batch = each.take()) {
    ids.push(...callsIn(readFileSync(batch.path)).map(({ head }) => head.eventId));
  }
  return ids;
}

describe('the spool of recorded calls', () => {
  it('cuts batches that the queue takes, and a call that is larger is one of its own', () => {
    const third = Math.floor(TRANSCRIPT_BATCH_MAX_BYTES / 3);
    const frames = [third, third, third, TRANSCRIPT_BATCH_MAX_BYTES * 2, 10].map((size) => frameOf(size));
    const into = open();
    expect(into.append(frames.map(({ frame }) => frame))).toEqual([null, null, null, null, null]);
    into.endAfter(0);
    const sizes: number[] = [];
    for (let batch = into.take(); batch !== null; batch = into.take()) {
      sizes.push(callsIn(readFileSync(batch.path)).length);
      into.remove(batch);
    }
    expect(sizes).toEqual([2, 1, 1, 1]);
    expect([into.bytes, into.waitsSinceMs]).toEqual([0, null]);
  });

  it('has in memory what it wrote, also where another batch had that memory before', () => {
    const into = open();
    let under: SpooledBatch | null = null;
    for (const size of [2_000, 900, TRANSCRIPT_BATCH_MAX_BYTES + 5, 1_200]) {
      const { eventId, frame } = frameOf(size);
      into.append([frame]);
      into.endAfter(0);
      if (under !== null) {
        expect(under.frames?.equals(readFileSync(under.path))).toBe(true);
        into.letGo(under);
      }
      under = into.take() as SpooledBatch;
      expect(callsIn(under.frames as Buffer).map(({ head }) => head.eventId)).toEqual([eventId]);
    }
  });

  it('has the same batches for whoever opens it next, under the same ids', () => {
    const into = open();
    const frames = Array.from({ length: 3 }, () => frameOf(500_000));
    into.append(frames.map(({ frame }) => frame));
    into.close();
    const ids: string[][] = [];
    for (let n = 0; n < 2; n++) {
      const again = open();
      const batches: string[] = [];
      for (let batch = again.take(); batch !== null; batch = again.take()) batches.push(batch.id);
      ids.push(batches);
      again.close();
    }
    expect(ids[0]).toHaveLength(2);
    expect(ids[1]).toEqual(ids[0]);
    expect(idsIn(open())).toEqual(frames.map(({ eventId }) => eventId));
  });

  it('takes no more than its quota, what it took over among it, and has room again once batches go', () => {
    const left = join(home, 'slot-3');
    mkdirSync(left);
    const old = frameOf(3_000);
    writeFileSync(join(left, 'left-1.open'), old.frame);
    const into = open({ adopted: [left], quotaBytes: 2 * old.frame.length + 100 });
    expect(into.append([frameOf(3_000).frame, frameOf(3_000).frame])).toEqual([null, 'spool_full']);
    const batch = into.take();
    expect(batch?.id).toBe('left-1');
    if (batch !== null) into.remove(batch);
    expect(into.append([frameOf(3_000).frame])).toEqual([null]);
  });

  it('leaves the rest of a small disk to the journal', () => {
    const into = open({ diskFreeBytes: Number.MAX_SAFE_INTEGER });
    expect(into.append([frameOf(10).frame])).toEqual(['disk']);
    expect(into.bytes).toBe(0);
  });

  it('belongs to one process', () => {
    const directory = join(home, 'slot-0');
    mkdirSync(directory);
    // The parent process lives, and is another one.
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(join(directory, 'lock'), `${process.ppid} ${started}`);
    expect(() => open()).toThrow(/in use/);
    rmSync(join(directory, 'lock'));
  });

  it('ends a batch before the first byte that is not as it was written', () => {
    const [first, second] = [frameOf(2_000), frameOf(2_000)];
    const both = Buffer.concat([first.frame, second.frame]);
    expect(soundBytes(both)).toBe(both.length);
    for (const at of [first.frame.length, first.frame.length + 6, both.length - 1]) {
      const damaged = Buffer.from(both);
      damaged[at] = (damaged[at] as number) ^ 0x40;
      expect(soundBytes(damaged)).toBe(first.frame.length);
    }
    for (const length of [0, 3, 11, first.frame.length - 1]) expect(soundBytes(both.subarray(0, length))).toBe(0);
  });
});
