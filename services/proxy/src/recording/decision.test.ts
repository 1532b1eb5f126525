import { randomUUID } from 'node:crypto';
import { recordingSettings, type SnapshotProvider } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { sidesToRecord } from './decision.js';

const settings = (recordInputs: boolean, recordOutputs: boolean, samplePer10k = 10_000) =>
  ({ recordInputs, recordOutputs, recording: recordingSettings.parse({ samplePer10k }) }) as SnapshotProvider;

describe('whether a call is recorded', () => {
  it('is what its provider says of each side', () => {
    expect(sidesToRecord(settings(false, false), 'a')).toBeNull();
    expect(sidesToRecord(settings(true, false), 'a')).toEqual({ inputs: true, outputs: false });
    expect(sidesToRecord(settings(false, true), 'a')).toEqual({ inputs: false, outputs: true });
  });

  it('is decided by the call alone, for about as many as are wanted', () => {
    const ids = Array.from({ length: 20_000 }, () => randomUUID());
    const sampled = ids.filter((id) => sidesToRecord(settings(true, true, 1_000), id) !== null);
    expect(sampled.length).toBeGreaterThan(1_750);
    expect(sampled.length).toBeLessThan(2_250);
    for (const id of sampled) expect(sidesToRecord(settings(true, true, 1_000), id)).not.toBeNull();
    // Whoever is in a small sample is in every larger one.
    for (const id of sampled) expect(sidesToRecord(settings(true, true, 1_001), id)).not.toBeNull();
  });

  it('is never at 0, and always at 10,000', () => {
    for (let n = 0; n < 100; n++) {
      expect(sidesToRecord(settings(true, true, 0), randomUUID())).toBeNull();
      expect(sidesToRecord(settings(true, true, 10_000), randomUUID())).not.toBeNull();
    }
  });
});
