import { describe, expect, it } from 'vitest';
import { SharedBlocks } from './shared-blocks.js';

const isShared = ({ buffer }: Uint8Array): boolean => buffer instanceof SharedArrayBuffer;

describe('memory that two threads see', () => {
  it('is nobody else’s until every call in it is settled, in order', () => {
    const blocks = new SharedBlocks();
    const four = [2, 1, 1, 1].map((calls) => blocks.place(1_000, calls));
    expect(four.every(isShared)).toBe(true);
    expect(new Set(four.map(({ buffer }) => buffer)).size).toBe(4);
    expect(isShared(blocks.place(1_000, 1))).toBe(false);
    blocks.settle(1);
    expect(isShared(blocks.place(1_000, 1))).toBe(false);
    blocks.settle(1);
    const again = blocks.place(500, 1);
    expect(again.buffer).toBe(four[0]?.buffer);
    expect(again.length).toBe(500);
    expect(isShared(blocks.place(1_000, 1))).toBe(false);
  });

  it('is of its own for what is larger than a block', () => {
    expect(isShared(new SharedBlocks().place(5 * 1024 * 1024, 1))).toBe(false);
  });
});
