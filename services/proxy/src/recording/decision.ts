import { hash } from 'node:crypto';
import type { SnapshotProvider } from '@weir/contracts';

const ALL = 10_000;

export const isRecorded = ({ recordInputs, recordOutputs }: SnapshotProvider): boolean => recordInputs || recordOutputs;

/** Which sides of a call are recorded; null = neither. All attempts of a call agree, on whichever machine they run. */
export function sidesToRecord(
  provider: SnapshotProvider,
  callId: string,
): { readonly inputs: boolean; readonly outputs: boolean } | null {
  if (!isRecorded(provider) || !isSampled(callId, provider.recording.samplePer10k)) return null;
  return { inputs: provider.recordInputs, outputs: provider.recordOutputs };
}

function isSampled(callId: string, samplePer10k: number): boolean {
  if (samplePer10k >= ALL) return true;
  if (samplePer10k <= 0) return false;
  // 48 of the bits, so that the remainder favours nobody.
  return Number.parseInt(hash('sha256', callId, 'hex').slice(0, 12), 16) % ALL < samplePer10k;
}
