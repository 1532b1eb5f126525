import { bytes, plural } from '../../../../format';
import type { StoredRecording } from './settings';

/** `requests and answers`, or null where neither is kept. */
export function keptText({ recordInputs, recordOutputs }: Pick<StoredRecording, 'recordInputs' | 'recordOutputs'>) {
  if (recordInputs) return recordOutputs ? 'requests and answers' : 'requests';
  return recordOutputs ? 'answers' : null;
}

export function sampleText(samplePer10k: number): string {
  return samplePer10k === 10_000 ? 'every call' : `${samplePer10k / 100} % of calls`;
}

export const NOT_KEPT =
  'No prompt and no answer is stored. Tokens, cost, latency and outcome are recorded for every call all the same.';

/** What is kept, where, and for how long, in a sentence or two. */
export function recordingText(stored: StoredRecording): string {
  const kept = keptText(stored);
  if (kept === null) return NOT_KEPT;
  const { retentionDays, maxBodyBytes, samplePer10k } = stored.recording;
  const other =
    stored.recordInputs && stored.recordOutputs ? '' : ` ${stored.recordInputs ? 'Answers' : 'Requests'} are not kept.`;
  return (
    `The ${kept} of ${sampleText(samplePer10k)} are kept in ClickHouse for ${plural(retentionDays, 'day')}, ` +
    `up to ${bytes(maxBodyBytes)} each, and wait on the disk of the proxy and in the queue until they are there.${other} ` +
    'They are in no log, no usage event and no report.'
  );
}

/** For the notice that somebody else changed it. */
export function rulesText({ recording }: StoredRecording): string {
  const own = recording.redactPatterns.map(({ name, pattern }) => `${name}: ${pattern}`);
  const rules = [...recording.redactDetectors, ...own];
  return rules.length === 0 ? 'nothing' : rules.join(', ');
}
