'use client';
import { useEffect, useState } from 'react';
import { MultiCombobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Segments } from '@/components/ui/segments';
import { exactTime } from '@/format';
import { useAction } from '@/graphql/use-action';
import { CREATE_TOKEN } from '../queries';
import {
  EMPTY_TOKEN,
  EXPIRIES,
  EXPIRY_LABELS,
  expiresAt,
  type TokenField,
  type TokenValues,
  tokenInput,
  tokenMissing,
  tokenProblems,
} from '../token-form';
import { openTo, type TokenApp, type TokenProvider } from './token-dialog.types';

interface CreateTokenFormProps {
  app: TokenApp;
  providers: readonly TokenProvider[];
  onCancel: () => void;
  onCreated: (created: { value: string; openTo: readonly TokenProvider[] }) => void;
}

export function CreateTokenForm({ app, providers, onCancel, onCreated }: CreateTokenFormProps) {
  const [values, setValues] = useState<TokenValues>(EMPTY_TOKEN);
  const [left, setLeft] = useState<ReadonlySet<TokenField>>(new Set());
  const [now] = useState(() => new Date());
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const create = useAction(CREATE_TOKEN);
  const usable = openTo(app, providers);

  useEffect(() => setRefused(create.problem?.fields ?? {}), [create.problem]);
  const set = (change: Partial<TokenValues>) => {
    setValues({ ...values, ...change });
    setRefused({});
  };
  const leave = (field: TokenField) => setLeft(new Set(left).add(field));
  const problems = tokenProblems(values, now);
  const errorOf = (field: TokenField) => refused[field] ?? (left.has(field) ? problems[field] : undefined);
  const missing = [
    ...tokenMissing(values, now).map(({ label }) => label),
    ...(problems.name ? ['a shorter name'] : []),
    ...(problems.expiresAt ? ['a day that is not over'] : []),
  ];
  const submit = async () => {
    const answer = await create.run(
      { input: tokenInput(app.id, values, new Date()) },
      { additionalTypenames: ['App', 'Token'] },
    );
    if (!answer) return;
    const { token, value } = answer.createToken;
    onCreated({ value, openTo: usable.filter(({ name }) => token.allProviders || token.providers.includes(name)) });
  };
  const end = expiresAt(values, now);

  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0 && !create.running) void submit();
      }}
    >
      <Field
        label="Name"
        required
        error={errorOf('name')}
        help="Where it will be used, for example “production server”."
      >
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={values.name}
            onChange={(event) => set({ name: event.target.value })}
            onBlur={() => leave('name')}
          />
        )}
      </Field>
      <Field
        label="Providers"
        group
        help={
          values.scope === 'all'
            ? `Every provider open to ${app.environment.name}, including ones added later.`
            : undefined
        }
      >
        {() => (
          <Segments
            label="Providers"
            size="md"
            value={values.scope}
            onChange={(scope) => set({ scope })}
            options={[
              { value: 'all', label: 'All' },
              { value: 'chosen', label: 'Only chosen' },
            ]}
          />
        )}
      </Field>
      {values.scope === 'chosen' && (
        <Field label="Chosen providers" required error={errorOf('providers')}>
          {(control) => (
            <MultiCombobox
              id={control.id}
              aria-describedby={control['aria-describedby']}
              aria-invalid={control['aria-invalid']}
              placeholder="Choose providers"
              emptyText="No provider fits."
              value={values.providers}
              onChange={(chosen) => set({ providers: chosen })}
              onBlur={() => leave('providers')}
              options={usable.map(({ name, displayName }) => ({ value: name, label: displayName, hint: name }))}
            />
          )}
        </Field>
      )}
      <Field
        label="Expires"
        group
        help={end ? `Stops working ${exactTime(end)}.` : end === null ? 'Works until it is revoked.' : undefined}
        error={values.expiry === 'date' ? undefined : errorOf('expiresAt')}
      >
        {() => (
          <Segments
            label="Expires"
            size="md"
            value={values.expiry}
            onChange={(expiry) => set({ expiry })}
            options={EXPIRIES.map((value) => ({ value, label: EXPIRY_LABELS[value] }))}
          />
        )}
      </Field>
      {values.expiry === 'date' && (
        <Field label="Last day, UTC" required error={errorOf('expiresAt')}>
          {(control) => (
            <Input
              {...control}
              type="date"
              className="w-44"
              value={values.expiryDate}
              onChange={(event) => set({ expiryDate: event.target.value })}
              onBlur={() => leave('expiresAt')}
            />
          )}
        </Field>
      )}
      <FormFooter
        submitLabel="Create token"
        missing={missing}
        running={create.running}
        problem={create.problem}
        onCancel={onCancel}
      />
    </form>
  );
}
