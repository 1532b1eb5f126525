'use client';
import { useCallback, useMemo, useState } from 'react';

type Complaint = string | null | undefined | false;
export type Complaints<Values> = { [Field in keyof Values]?: Complaint };

interface FormRules<Values> {
  initial: Values;
  /** Called on every change; a complaint shows once its field was left. */
  validate?: (values: Values) => Complaints<Values>;
  /** Name of each required field, in order, as `FormFooter` lists it: `{ displayName: 'display name' }`. */
  required?: (values: Values) => { [Field in keyof Values]?: string };
}

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/**
 * State of a form: checked on every change, complained about on blur. `missing` names what keeps the button disabled, in
 * the order of `required`.
 */
export function useForm<Values extends object>({ initial, validate, required }: FormRules<Values>) {
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<keyof Values>>(new Set());
  const [refusals, setRefusals] = useState<Complaints<Values>>({});

  const complaints = useMemo(() => validate?.(values) ?? {}, [validate, values]) as Complaints<Values>;
  const missing = useMemo(() => {
    const names = (required?.(values) ?? {}) as { [Field in keyof Values]?: string };
    const fields = [...new Set([...Object.keys(names), ...Object.keys(complaints)])] as (keyof Values)[];
    return fields.flatMap((field) => {
      const name = names[field] ?? String(field);
      if (names[field] && isEmpty(values[field])) return [name];
      return complaints[field] ? [`a valid ${name}`] : [];
    });
  }, [required, values, complaints]);

  const set = useCallback(<Field extends keyof Values>(field: Field, value: Values[Field]) => {
    setValues((current) => ({ ...current, [field]: value }));
    setRefusals((current) => ({ ...current, [field]: undefined }));
  }, []);
  const leave = useCallback((field: keyof Values) => setLeft((current) => new Set(current).add(field)), []);
  const reset = useCallback((next: Values) => {
    setValues(next);
    setLeft(new Set());
    setRefusals({});
  }, []);

  /** The complaint to show at a field now, if any. */
  const errorOf = (field: keyof Values): string | undefined => {
    const refusal = refusals[field];
    if (refusal) return refusal;
    return left.has(field) && !isEmpty(values[field]) ? complaints[field] || undefined : undefined;
  };

  /** Props of a text control: `<Input {...control} {...form.text('name')} />`. */
  const text = <Field extends keyof Values>(field: Field) => ({
    value: values[field] as string,
    onChange: (event: { target: { value: string } }) => set(field, event.target.value as Values[Field]),
    onBlur: () => leave(field),
  });

  /** Puts the control plane's complaints at their fields. */
  const refuse = useCallback(
    (fields: Readonly<Record<string, string>>) => setRefusals(fields as Complaints<Values>),
    [],
  );

  return { values, set, leave, reset, errorOf, text, refuse, missing };
}
