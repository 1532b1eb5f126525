'use client';
import { useMemo, useState } from 'react';
import { emptyComplaint, type Field, missingOf, neededOf, problemsOf } from './problems';
import { edit, type FormContext, type ProviderValues } from './values';

export interface ProviderForm {
  readonly values: ProviderValues;
  readonly context: FormContext;
  readonly set: (change: Partial<ProviderValues>) => void;
  /** The person left the field: from now on it may be complained about. */
  readonly leave: (field: Field) => void;
  readonly complaintOf: (field: Field) => string | undefined;
  /** Empty when the form can be sent. */
  readonly needed: readonly string[];
  /** The same for a part of the form, such as what a connection test is made with. */
  readonly neededFor: (fields: readonly Field[]) => string[];
  /** Puts the control plane's complaints on their fields. */
  readonly refuse: (fields: Readonly<Record<string, string>>) => void;
  /** Starts again from other values, without complaints. */
  readonly replace: (values: ProviderValues) => void;
}

/** Checks as the person types, complains once a field has been left. */
export function useProviderForm(initial: ProviderValues, context: FormContext): ProviderForm {
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<Field>>(new Set());
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const problems = useMemo(() => problemsOf(values, context), [values, context]);
  const missing = useMemo(() => missingOf(values, context), [values, context]);

  const complaintOf = (field: Field) => {
    if (refused[field]) return refused[field];
    if (!left.has(field)) return undefined;
    const empty = missing.find((entry) => entry.field === field);
    return problems[field] ?? (empty && emptyComplaint(empty));
  };
  return {
    values,
    context,
    set: (change) => {
      setValues((current) => edit(current, change, context));
      setRefused({});
    },
    leave: (field) => setLeft((current) => (current.has(field) ? current : new Set(current).add(field))),
    complaintOf,
    needed: neededOf(missing, problems),
    neededFor: (fields) => neededOf(missing, problems, fields),
    refuse: setRefused,
    replace: (next) => {
      setValues(next);
      setLeft(new Set());
      setRefused({});
    },
  };
}
