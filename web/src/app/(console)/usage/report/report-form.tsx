'use client';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Facts } from '@/components/ui/section';
import { Segments } from '@/components/ui/segments';
import { useAction } from '@/graphql/use-action';
import {
  DIMENSIONS,
  FORMATS,
  INTERVALS,
  type ReportFormat,
  type ReportInterval,
  rowText,
  startingDimensions,
} from './choices';
import { CREATE_REPORT, OF_REPORTS } from './queries';
import type { ReportAsked } from './report-button';
import { TagKeys } from './tag-keys';

interface ReportFormProps {
  asked: ReportAsked;
  onCreated: (id: string) => void;
  onCancel: () => void;
}

export function ReportForm({ asked, onCreated, onCancel }: ReportFormProps) {
  const [interval, setInterval] = useState<ReportInterval>('day');
  const [format, setFormat] = useState<ReportFormat>('csv');
  const [dimensions, setDimensions] = useState(() => startingDimensions(asked.groupBy));
  const [tagKeys, setTagKeys] = useState<readonly string[]>(asked.tagKey === null ? [] : [asked.tagKey]);
  const create = useAction(CREATE_REPORT);
  const range = { from: asked.range.from.toISOString(), to: asked.range.to.toISOString() };

  const submit = async () => {
    const answer = await create.run(
      {
        input: {
          ...{ range, interval, format, timeZone: asked.timeZone, filter: asked.filter },
          ...{ dimensions: [...dimensions], tagKeys: [...tagKeys] },
        },
      },
      OF_REPORTS,
    );
    if (answer) onCreated(answer.createUsageReport.id);
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!create.running) void submit();
      }}
    >
      <Facts
        facts={[
          { label: 'Range', value: asked.rangeText },
          { label: 'Time zone', value: asked.timeZone },
          {
            label: 'Filters',
            value:
              asked.filterTexts.length === 0 ? (
                <span className="text-ink-3">none: the whole project</span>
              ) : (
                asked.filterTexts.map(({ name, label }) => `${name} ${label}`).join(', ')
              ),
          },
        ]}
      />
      <div className="flex flex-wrap gap-x-10 gap-y-5">
        <Field label="Time bucket" group>
          {() => <Segments label="Time bucket" size="md" value={interval} onChange={setInterval} options={INTERVALS} />}
        </Field>
        <Field label="Format" group>
          {() => <Segments label="Format" size="md" value={format} onChange={setFormat} options={FORMATS} />}
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1.5 font-medium">Break down by</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-4">
          {DIMENSIONS.map(({ value, label }) => (
            <Checkbox
              key={value}
              label={label}
              checked={dimensions.includes(value)}
              onChange={(isChosen) =>
                setDimensions(isChosen ? [...dimensions, value] : dimensions.filter((other) => other !== value))
              }
            />
          ))}
        </div>
        <TagKeys range={range} filter={asked.filter} chosen={tagKeys} onChange={setTagKeys} />
        <p aria-live="polite" className="mt-2.5 text-table text-ink-3">
          {rowText(interval, dimensions, tagKeys)}
        </p>
      </fieldset>
      <FormFooter
        submitLabel="Create report"
        missing={[]}
        running={create.running}
        problem={create.problem}
        onCancel={onCancel}
      />
    </form>
  );
}
