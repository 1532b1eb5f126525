'use client';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { fromField, secondOf, toField } from '../../utc-field';
import { presetRange, type Range, rangeProblem } from './range';
import { startParsers } from './search-params';

/**
 * What is chosen so far. The address holds it, so that going back from the preview finds it again.
 * @param openedAt where a range ends that has no end of its own
 */
export function useStart(openedAt: Date) {
  const [params, setParams] = useQueryStates(startParsers, { history: 'replace' });
  const [now] = useState(() => secondOf(openedAt));
  const preset = params.range === 'custom' ? null : presetRange(params.range, now);
  const { from, to } = preset ?? { from: params.from, to: params.to ?? now };
  const [fields, setFields] = useState({ from: from ? toField(from) : '', to: toField(to) });
  const problem = preset ? null : rangeProblem(fields.from, fields.to, now);
  const range: Range | null = preset ?? (problem ? null : typedRange(fields));

  return {
    params,
    setParams,
    range,
    problem,
    fields,
    /** Keeps what is typed, and the address in step with it while it is a range. */
    type: (next: { from: string; to: string }) => {
      setFields(next);
      if (rangeProblem(next.from, next.to, now) === null) {
        void setParams({ from: fromField(next.from), to: fromField(next.to) });
      }
    },
    choose: (name: keyof typeof params & 'range', value: (typeof params)['range']) => {
      if (value === 'custom' && range) {
        setFields({ from: toField(range.from), to: toField(range.to) });
        void setParams({ [name]: value, from: range.from, to: range.to });
      } else void setParams({ [name]: value, from: null, to: null });
    },
  };
}

export type Start = ReturnType<typeof useStart>;

function typedRange(fields: { from: string; to: string }): Range | null {
  const [from, to] = [fromField(fields.from), fromField(fields.to)];
  return from && to ? { from, to } : null;
}
