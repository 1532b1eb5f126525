'use client';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Problem } from '@/graphql/problem';
import { usePatternProblems } from '../recording/use-pattern-problems';
import { emptyComplaint, missingOf, type Needed, neededOf } from './needed';
import { type Field, problemsOf } from './problems';
import { fieldOfRefusal, slotsToConfirm } from './refusal';
import type { SlotValues } from './slots';
import { edit, editSlot, type FormContext, type ProviderValues } from './values';

export interface ProviderForm {
  readonly values: ProviderValues;
  readonly context: FormContext;
  readonly set: (change: Partial<ProviderValues>) => void;
  readonly setSlot: (slot: string, change: Partial<SlotValues>) => void;
  readonly setSetting: (name: string, value: string) => void;
  /** The person left the field: from now on it may be complained about. */
  readonly leave: (field: Field) => void;
  readonly complaintOf: (field: Field) => string | undefined;
  /** Empty when the form can be sent. */
  readonly needed: readonly Needed[];
  /** Puts the control plane's complaints on their fields. */
  readonly refuse: (problem: Problem) => void;
  /** Starts again from other values, without complaints. */
  readonly replace: (values: ProviderValues) => void;
}

/** Checks as the person types, complains once a field has been left. */
export function useProviderForm(initial: ProviderValues, context: FormContext): ProviderForm {
  const [values, setValues] = useState(initial);
  const latest = useRef({ values, context });
  latest.current = { values, context };
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const ofPatterns = usePatternProblems(values);
  const problems = useMemo(() => ({ ...ofPatterns, ...problemsOf(values, context) }), [values, context, ofPatterns]);
  const missing = useMemo(() => missingOf(values, context), [values, context]);
  const needed = useMemo(() => neededOf(values, problems, context), [values, problems, context]);

  const complaintOf = (field: Field) => {
    if (refused[field]) return refused[field];
    if (!left.has(field)) return undefined;
    const empty = missing.find((entry) => entry.field === field);
    return problems[field] ?? (empty && emptyComplaint(empty));
  };
  const change = (next: (current: ProviderValues) => ProviderValues) => {
    setValues(next);
    setRefused({});
  };
  const refuse = useCallback((problem: Problem) => {
    const { values: sent, context: against } = latest.current;
    const confirmed = slotsToConfirm(problem).reduce(
      (current, slot) => editSlot(current, slot, { mustConfirm: true }, against),
      sent,
    );
    const complaints = Object.entries(problem.fields);
    setValues(confirmed);
    setRefused(
      Object.fromEntries(complaints.map(([field, text]) => [fieldOfRefusal(field, confirmed, against), text])),
    );
  }, []);
  return {
    values,
    context,
    set: (part) => change((current) => edit(current, part, context)),
    setSlot: (slot, part) => change((current) => editSlot(current, slot, part, context)),
    setSetting: (name, value) =>
      change((current) => ({ ...current, settings: { ...current.settings, [name]: value } })),
    leave: (field) => setLeft((current) => (current.has(field) ? current : new Set(current).add(field))),
    complaintOf,
    needed,
    refuse,
    replace: (next) => {
      setValues(next);
      setLeft(new Set());
      setRefused({});
    },
  };
}
