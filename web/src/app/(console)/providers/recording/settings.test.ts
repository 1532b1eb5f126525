import { describe, expect, it } from 'vitest';
import { context, fill, openai } from '../form/fixtures';
import { createInput } from '../form/input';
import { neededOf } from '../form/needed';
import { problemsOf } from '../form/problems';
import {
  changedRecording,
  NOTHING_RECORDED,
  recordingInput,
  recordingProblems,
  recordingValues,
  type StoredRecording,
} from './settings';
import { recordingText } from './wording';

const stored: StoredRecording = {
  recordInputs: true,
  recordOutputs: false,
  recording: {
    ...{ retentionDays: 30, maxBodyBytes: 5_242_880, samplePer10k: 10_000 },
    ...{ redactDetectors: ['email'], redactPatterns: [{ name: 'customer', pattern: 'C-[0-9]+' }] },
  },
};
const start = recordingValues(stored);

describe('recording', () => {
  it('is off where nobody switches it on, and then sends no settings', () => {
    expect(createInput(fill([{ type: openai.type }]), context)).toMatchObject({
      recordInputs: false,
      recordOutputs: false,
    });
    expect(recordingInput({ ...NOTHING_RECORDED, retentionDays: 'soon' })).toEqual({
      recordInputs: false,
      recordOutputs: false,
    });
  });

  it('sends what it was filled in with, exactly', () => {
    const values = { ...start, samplePercent: '0.29', maxBodyKib: '4.8828125', retentionDays: ' 7 ' };
    expect(recordingInput(values).recording).toMatchObject({ samplePer10k: 29, maxBodyBytes: 5_000, retentionDays: 7 });
    const odd = { ...stored, recording: { ...stored.recording, samplePer10k: 1_757, maxBodyBytes: 1_025 } };
    expect(changedRecording(recordingValues(odd), odd)).toEqual({});
  });

  it('takes no notice of what the API adds to a pattern', () => {
    const redactPatterns = stored.recording.redactPatterns.map((row) => ({ __typename: 'RedactPattern', ...row }));
    const read = { ...stored, recording: { ...stored.recording, redactPatterns } };
    expect(changedRecording(recordingValues(read), read)).toEqual({});
  });

  it('every share of calls survives the form', () => {
    for (let samplePer10k = 0; samplePer10k <= 10_000; samplePer10k++) {
      const one = { ...stored, recording: { ...stored.recording, samplePer10k } };
      expect(changedRecording(recordingValues(one), one)).toEqual({});
    }
  });

  it('an update holds what differs alone', () => {
    expect(changedRecording(start, stored)).toEqual({});
    expect(changedRecording({ ...start, recordOutputs: true, retentionDays: '7' }, stored)).toEqual({
      recordOutputs: true,
      recording: { retentionDays: 7 },
    });
    expect(changedRecording({ ...start, recordInputs: false, retentionDays: '7' }, stored)).toEqual({
      recordInputs: false,
    });
    expect(changedRecording({ ...start, redactPatterns: [] }, stored)).toEqual({ recording: { redactPatterns: [] } });
  });

  it.each([
    [{ retentionDays: '0' }, 'recording.retentionDays'],
    [{ retentionDays: '1.5' }, 'recording.retentionDays'],
    [{ retentionDays: '' }, 'recording.retentionDays'],
    [{ maxBodyKib: '32769' }, 'recording.maxBodyBytes'],
    [{ maxBodyKib: '0.5' }, 'recording.maxBodyBytes'],
    [{ samplePercent: '100.01' }, 'recording.samplePer10k'],
    [{ samplePercent: '0.001' }, 'recording.samplePer10k'],
    [{ redactPatterns: [{ key: 0, name: 'Two Words', pattern: 'a' }] }, 'recording.redactPatterns[0].name'],
  ])('%j is complained about, and stands between the person and the button', (change, field) => {
    const values = { ...start, ...change };
    expect(Object.keys(recordingProblems(values))).toEqual([field]);
    expect(recordingProblems({ ...values, recordInputs: false })).toEqual({});
    const form = { ...fill([{ type: openai.type }]), ...values };
    expect(neededOf(form, problemsOf(form, context), context).map((entry) => entry.field)).toContain(field);
  });

  it('a pattern without a text is missing, not wrong', () => {
    const form = { ...fill([{ type: openai.type }]), ...start, redactPatterns: [{ key: 0, name: '', pattern: '' }] };
    const labels = neededOf(form, problemsOf(form, context), context).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['a name of pattern 1', 'pattern 1']));
  });
});

describe('the sentence about what is kept', () => {
  it('says that nothing is, or what, where and for how long', () => {
    expect(recordingText({ ...stored, recordInputs: false })).toMatch(/^No prompt and no answer is stored\./);
    expect(recordingText(stored)).toMatch(
      /^The requests of every call are kept in ClickHouse for 30 days, up to 5\.0 MiB each.* Answers are not kept\./,
    );
    const sampled = {
      ...stored,
      recordOutputs: true,
      recording: { ...stored.recording, samplePer10k: 250, retentionDays: 1 },
    };
    expect(recordingText(sampled)).toMatch(
      /^The requests and answers of 2\.5 % of calls are kept in ClickHouse for 1 day,/,
    );
  });
});
