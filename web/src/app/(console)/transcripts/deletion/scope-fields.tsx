'use client';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useData } from '@/graphql/use-data';
import { fromField, toField } from '../../ledger/utc-field';
import { SCOPE_NAMES } from './queries';
import type { Draft } from './scope';

interface ScopeFieldsProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** All that is set has to be true of a call. */
export function ScopeFields({ draft, onChange }: ScopeFieldsProps) {
  const { data } = useData(SCOPE_NAMES, {});
  const apps = data?.apps.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const providers = data?.providers.nodes.map(({ id, name, displayName }) => ({
    value: id,
    label: displayName,
    hint: name,
  }));
  return (
    <div className="grid grid-cols-1 gap-x-6 gap-y-5 sm:grid-cols-2">
      <Field label="Conversation" help="Its id, as its page shows it." className="sm:col-span-2">
        {(control) => (
          <Input
            {...control}
            mono
            value={draft.conversation}
            onChange={(event) => onChange({ conversation: event.target.value })}
          />
        )}
      </Field>
      <Field label="App">
        {(control) => (
          <Combobox
            {...control}
            options={apps}
            placeholder="Every app"
            value={draft.app || null}
            onChange={(app) => onChange({ app: app ?? '' })}
          />
        )}
      </Field>
      <Field label="User" help="As calls name it.">
        {(control) => (
          <Input {...control} value={draft.user} onChange={(event) => onChange({ user: event.target.value })} />
        )}
      </Field>
      <Field
        label="Provider"
        help="Of a conversation over several providers, what later prompts of others repeat stays."
        className="sm:col-span-2"
      >
        {(control) => (
          <Combobox
            {...control}
            options={providers ?? []}
            placeholder="Every provider"
            value={draft.provider || null}
            onChange={(provider) => onChange({ provider: provider ?? '' })}
          />
        )}
      </Field>
      <TimeField label="From, UTC" at={draft.from} onChange={(from) => onChange({ from })} />
      <TimeField label="Before, UTC" at={draft.to} onChange={(to) => onChange({ to })} />
    </div>
  );
}

function TimeField({ label, at, onChange }: { label: string; at: Date | null; onChange: (at: Date | null) => void }) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          step={1}
          // What is half typed stays in the field: it is no date yet.
          defaultValue={at === null ? '' : toField(at)}
          onChange={(event) => onChange(fromField(event.target.value))}
        />
      )}
    </Field>
  );
}
