import type { Field, Problems } from '../form/problems';

/** As the control plane stores it. */
export interface StoredRecording {
  readonly recordInputs: boolean;
  readonly recordOutputs: boolean;
  readonly recording: {
    readonly retentionDays: number;
    readonly maxBodyBytes: number;
    readonly samplePer10k: number;
    readonly redactDetectors: readonly string[];
    readonly redactPatterns: readonly { readonly name: string; readonly pattern: string }[];
  };
}

export interface PatternDraft {
  /** Tells one row of the form from another; never sent. */
  readonly key: number;
  readonly name: string;
  readonly pattern: string;
}

/** As it is filled in. */
export interface RecordingValues {
  readonly recordInputs: boolean;
  readonly recordOutputs: boolean;
  readonly retentionDays: string;
  readonly maxBodyKib: string;
  readonly samplePercent: string;
  readonly redactDetectors: readonly string[];
  readonly redactPatterns: readonly PatternDraft[];
}

export const RECORDING_FIELDS = [
  'recordInputs',
  'recordOutputs',
  'retentionDays',
  'maxBodyKib',
  'samplePercent',
  'redactDetectors',
  'redactPatterns',
] as const satisfies readonly (keyof RecordingValues)[];

/** What holds where nobody chose. */
export const NOTHING_RECORDED: RecordingValues = {
  recordInputs: false,
  recordOutputs: false,
  retentionDays: '30',
  maxBodyKib: '5120',
  samplePercent: '100',
  redactDetectors: [],
  redactPatterns: [],
};

export const isRecorded = (of: Pick<RecordingValues, 'recordInputs' | 'recordOutputs'>) =>
  of.recordInputs || of.recordOutputs;

export function recordingValues({ recordInputs, recordOutputs, recording }: StoredRecording): RecordingValues {
  return {
    recordInputs,
    recordOutputs,
    retentionDays: String(recording.retentionDays),
    maxBodyKib: String(recording.maxBodyBytes / KIB),
    samplePercent: String(recording.samplePer10k / 100),
    redactDetectors: recording.redactDetectors,
    redactPatterns: recording.redactPatterns.map((pattern, key) => ({ key, ...pattern })),
  };
}

const KIB = 1_024;
const NUMBER = /^\d{1,8}(\.\d{1,10})?$/;
const NAME = /^[a-z][a-z0-9_]{0,62}$/;

const numberOf = (text: string) => (NUMBER.test(text.trim()) ? Number(text) : Number.NaN);

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/** Two decimals of a percentage are whole in ten thousandths; a float of it may miss that by a hair. */
function per10k(percent: string): number {
  const value = numberOf(percent) * 100;
  return Math.abs(value - Math.round(value)) < 1e-6 ? Math.round(value) : Number.NaN;
}

/** What is wrong with the settings; nothing while nothing is recorded. */
export function recordingProblems(values: RecordingValues): Problems {
  if (!isRecorded(values)) return {};
  const found: [Field, boolean, string][] = [
    ['recording.retentionDays', isWhole(numberOf(values.retentionDays), 1, 3_650), 'Enter whole days from 1 to 3,650.'],
    ['recording.maxBodyBytes', isWhole(numberOf(values.maxBodyKib) * KIB, KIB, 32_768 * KIB), 'Enter 1 to 32,768 KiB.'],
    [
      'recording.samplePer10k',
      isWhole(per10k(values.samplePercent), 0, 10_000),
      'Enter 0 to 100, with two decimals at most.',
    ],
    ...values.redactPatterns.map(({ name }, index): [Field, boolean, string] => [
      patternField(index, 'name'),
      name === '' || NAME.test(name),
      'A name starts with a lowercase letter and holds lowercase letters, digits and underscores.',
    ]),
  ];
  return Object.fromEntries(found.flatMap(([field, isFine, complaint]) => (isFine ? [] : [[field, complaint]])));
}

/** As the control plane names it. */
export const patternField = (index: number, part: 'name' | 'pattern'): Field =>
  `recording.redactPatterns[${index}].${part}`;

export const sentPatterns = ({ redactPatterns }: Pick<RecordingValues, 'redactPatterns'>) =>
  redactPatterns.map(({ name, pattern }) => ({ name, pattern }));

function sentSettings(values: RecordingValues) {
  return {
    retentionDays: numberOf(values.retentionDays),
    maxBodyBytes: numberOf(values.maxBodyKib) * KIB,
    samplePer10k: per10k(values.samplePercent),
    redactDetectors: [...values.redactDetectors],
    redactPatterns: sentPatterns(values),
  };
}

/** As it is sent; the settings go along only where they hold for something. */
export function recordingInput(values: RecordingValues) {
  const { recordInputs, recordOutputs } = values;
  if (!isRecorded(values)) return { recordInputs, recordOutputs };
  return { recordInputs, recordOutputs, recording: sentSettings(values) };
}

/** Of what would be sent, what differs from what is stored. */
export function changedRecording(values: RecordingValues, stored: StoredRecording) {
  const { recordInputs, recordOutputs, recording = {} } = recordingInput(values);
  const before = sentSettings(recordingValues(stored));
  const changed = Object.entries(recording).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof typeof before]),
  );
  return {
    ...(recordInputs === stored.recordInputs ? {} : { recordInputs }),
    ...(recordOutputs === stored.recordOutputs ? {} : { recordOutputs }),
    ...(changed.length === 0 ? {} : { recording: Object.fromEntries(changed) as Partial<typeof before> }),
  };
}
