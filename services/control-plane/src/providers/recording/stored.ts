import { type RecordingSettings, recordingSettings } from '@weir/contracts';
import type { Prisma } from '@weir/prisma';

const SETTINGS = ['retentionDays', 'maxBodyBytes', 'samplePer10k', 'redactDetectors', 'redactPatterns'] as const;
const RECORDING = ['recordInputs', 'recordOutputs', ...SETTINGS] as const;

type StoredRecording = Pick<Prisma.ProviderGetPayload<object>, (typeof RECORDING)[number]>;

export function storedRecording(row: Pick<StoredRecording, (typeof SETTINGS)[number]>): RecordingSettings {
  const { retentionDays, maxBodyBytes, samplePer10k, redactDetectors, redactPatterns } = row;
  return { retentionDays, maxBodyBytes, samplePer10k, redactDetectors, redactPatterns: patternsOf(redactPatterns) };
}

const patternsOf = (stored: unknown) => recordingSettings.shape.redactPatterns.parse(stored);

/**
 * What of recording differs, for the audit trail: before and after, so that a trail proves since when what was kept.
 * @param before null = there was no provider, so that nothing was recorded
 * @returns null where nothing differs; for a new provider, where nothing is recorded
 */
export function recordingChange(before: StoredRecording | null, after: StoredRecording): Prisma.InputJsonObject | null {
  if (before === null) {
    return after.recordInputs || after.recordOutputs ? { before: null, after: only(RECORDING, after) } : null;
  }
  const changed = RECORDING.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return changed.length === 0 ? null : { before: only(changed, before), after: only(changed, after) };
}

function only(fields: readonly (typeof RECORDING)[number][], row: StoredRecording): Prisma.InputJsonObject {
  return Object.fromEntries(fields.map((field) => [field, row[field]])) as Prisma.InputJsonObject;
}
