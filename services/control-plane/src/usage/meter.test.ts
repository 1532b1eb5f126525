import { describe, expect, test } from 'vitest';
import { readMeter } from './meter.js';

const at = (appended: number, confirmed: number) => ({ appended, confirmed });
const counted = (stored: number, quarantined = 0) => ({ stored, quarantined });

describe('at rest the comparison is exact', () => {
  const rest = at(100, 100);
  test('all there', () => {
    expect(readMeter(rest, counted(97, 3), rest)).toEqual({
      served: 100,
      stored: 97,
      quarantined: 3,
      onTheirWay: 0,
      agree: true,
    });
  });
  test('one lost', () => expect(readMeter(rest, counted(99), rest).agree).toBe(false));
  test('one twice', () => expect(readMeter(rest, counted(101), rest).agree).toBe(false));
  test('one quarantined and stored too', () => expect(readMeter(rest, counted(100, 1), rest).agree).toBe(false));
  test('nothing ever served', () => expect(readMeter(at(0, 0), counted(0), at(0, 0)).agree).toBe(true));
});

describe('while calls are served', () => {
  test('stored a moment before its journal knows: agrees, and is no longer on its way', () => {
    expect(readMeter(at(110, 90), counted(100), at(110, 90))).toMatchObject({ agree: true, onTheirWay: 10 });
  });
  test('served and stored between the two readings of the journals', () => {
    expect(readMeter(at(100, 100), counted(105), at(107, 103))).toMatchObject({ agree: true, onTheirWay: 2 });
  });
  test('queue away: all that is unconfirmed is on its way', () => {
    expect(readMeter(at(500, 100), counted(100), at(520, 100))).toMatchObject({ agree: true, onTheirWay: 420 });
  });
  test('less there than was confirmed before anybody counted: something is lost', () => {
    expect(readMeter(at(500, 100), counted(99), at(520, 100)).agree).toBe(false);
  });
  test('more there than was ever served: something is there twice', () => {
    expect(readMeter(at(500, 480), counted(521), at(520, 500)).agree).toBe(false);
  });
});

test('the figures shown add up whenever they agree', () => {
  for (let arrived = 90; arrived <= 120; arrived++) {
    const meter = readMeter(at(110, 90), counted(arrived), at(120, 100));
    expect(meter.agree).toBe(true);
    expect(meter.stored + meter.quarantined + meter.onTheirWay).toBe(meter.served);
  }
});
