import { type RecordingSettings, recordingSettings } from '@weir/contracts';
import { DETECTORS } from '@weir/transcripts';
import { InputError } from '../../platform/errors.js';
import { MAX_PATTERNS, patternProblems } from './patterns.js';
import type { RecordingSettingsInput } from './recording.types.js';

const REFUSALS = {
  retentionDays: ['RETENTION_INVALID', 'What was recorded is kept for 1 to 3,650 whole days.'],
  maxBodyBytes: ['BODY_LIMIT_INVALID', 'A body is kept up to a limit of 1,024 to 33,554,432 bytes (1 KiB to 32 MiB).'],
  samplePer10k: ['SAMPLE_INVALID', 'Of 10,000 calls, 0 to 10,000 are recorded: 0 to 100 percent in steps of 0.01.'],
} as const;

interface RecordingInput {
  readonly recordInputs?: boolean | null;
  readonly recordOutputs?: boolean | null;
  readonly recording?: RecordingSettingsInput | null;
}

/** What is given and not null; the rest stays as it is. @throws InputError naming the field and the rule */
export function parseRecording(given: RecordingInput) {
  const input = given.recording ?? {};
  return {
    ...(given.recordInputs == null ? {} : { recordInputs: given.recordInputs }),
    ...(given.recordOutputs == null ? {} : { recordOutputs: given.recordOutputs }),
    ...numberOf(input, 'retentionDays'),
    ...numberOf(input, 'maxBodyBytes'),
    ...numberOf(input, 'samplePer10k'),
    ...(input.redactDetectors == null ? {} : { redactDetectors: parseDetectors(input.redactDetectors) }),
    ...(input.redactPatterns == null ? {} : { redactPatterns: parsePatterns(input.redactPatterns) }),
  };
}

function numberOf<Name extends keyof typeof REFUSALS>(input: RecordingSettingsInput, name: Name) {
  const value = input[name];
  if (value == null) return {};
  const parsed = recordingSettings.shape[name].safeParse(value);
  if (parsed.success) return { [name]: parsed.data };
  const [code, message] = REFUSALS[name];
  throw new InputError(code, message, `recording.${name}`);
}

/** Each once, in the order they are applied in. */
function parseDetectors(raw: readonly string[]): string[] {
  const known: readonly string[] = DETECTORS;
  const strange = raw.findIndex((name) => !known.includes(name));
  if (strange === -1) return DETECTORS.filter((name) => raw.includes(name));
  throw new InputError(
    'DETECTOR_UNKNOWN',
    `There is no detector of that name. Choose from ${DETECTORS.join(', ')}.`,
    `recording.redactDetectors[${strange}]`,
  );
}

function parsePatterns(raw: readonly { name: string; pattern: string }[]): RecordingSettings['redactPatterns'] {
  if (raw.length > MAX_PATTERNS) {
    throw new InputError('PATTERNS_TOO_MANY', `Use at most ${MAX_PATTERNS} patterns.`, 'recording.redactPatterns');
  }
  const problem = patternProblems(raw)[0];
  if (problem) throw new InputError(problem.code, problem.message, `recording.${problem.field}`);
  return raw.map(({ name, pattern }) => ({ name, pattern }));
}
