'use client';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import { RecordingNotices } from '../../transcripts/recording/recording-notices';
import { FormField } from '../form/form-field';
import { FormSection } from '../form/form-section';
import type { Field } from '../form/problems';
import type { ProviderForm } from '../form/use-provider-form';
import { DetectorChoice } from './detector-choice';
import { PatternRows } from './pattern-rows';
import { isRecorded, type RecordingValues, recordingInput, recordingProblems } from './settings';
import { NOT_KEPT, recordingText } from './wording';

/** Whether, how long and cleared of what the bodies of calls are kept. */
export function RecordingSection({ form }: { form: ProviderForm }) {
  const { values } = form;
  return (
    <FormSection
      title="Transcripts"
      description="Off until you switch them on. A change holds for calls that begin after it; usage is recorded either way."
    >
      <Switch
        label="Record requests"
        description="Prompts, instructions, tool definitions and tool results that apps send."
        checked={values.recordInputs}
        onChange={(recordInputs) => form.set({ recordInputs })}
      />
      <Switch
        label="Record answers"
        description="Text, reasoning and tool calls that the upstream sends back."
        checked={values.recordOutputs}
        onChange={(recordOutputs) => form.set({ recordOutputs })}
      />
      <WhatIsKept values={values} />
      {isRecorded(values) && (
        <>
          <RecordingNotices />
          <div className="grid grid-cols-1 gap-5 sm:grid-cols-3">
            <NumberField form={form} part="retentionDays" field="recording.retentionDays" label="Keep for, days" />
            <NumberField form={form} part="maxBodyKib" field="recording.maxBodyBytes" label="Largest body, KiB" />
            <NumberField form={form} part="samplePercent" field="recording.samplePer10k" label="Share of calls, %" />
          </div>
          <DetectorChoice form={form} />
          <div>
            <div className="mb-1.5 font-medium">Own patterns</div>
            <p className="mb-3 text-table text-ink-3">
              In the syntax of RE2, without look-around and back references. What matches is replaced by the name.
            </p>
            <PatternRows form={form} />
          </div>
        </>
      )}
    </FormSection>
  );
}

const HELP = {
  retentionDays: 'Then it is deleted.',
  maxBodyKib: 'What is longer is cut there, and marked.',
  samplePercent: 'A call is recorded whole or not at all.',
} as const;

interface NumberFieldProps {
  form: ProviderForm;
  part: keyof typeof HELP;
  field: Field;
  label: string;
}

function NumberField({ form, part, field, label }: NumberFieldProps) {
  return (
    <FormField form={form} field={field} label={label} help={HELP[part]} required>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          className="figures w-28"
          value={form.values[part]}
          onChange={(event) => form.set({ [part]: event.target.value })}
          onBlur={() => form.leave(field)}
        />
      )}
    </FormField>
  );
}

/** Follows what is typed, as long as it makes sense. */
function WhatIsKept({ values }: { values: RecordingValues }) {
  const { recording, ...sides } = recordingInput(values);
  const isFine = ['retentionDays', 'maxBodyBytes', 'samplePer10k'].every(
    (name) => !(`recording.${name}` in recordingProblems(values)),
  );
  return (
    <p className="border-l-2 border-line-2 pl-3 text-table text-ink-2">
      {recording === undefined
        ? NOT_KEPT
        : isFine
          ? recordingText({ ...sides, recording })
          : 'What is kept follows from the settings below; one of them needs a correction.'}
    </p>
  );
}
