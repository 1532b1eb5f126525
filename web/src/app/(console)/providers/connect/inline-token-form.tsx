'use client';
import { useState } from 'react';
import { ProblemNote } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { useAction } from '@/graphql/use-action';
import { useData } from '@/graphql/use-data';
import { CREATE_APP, CREATE_TOKEN } from '../../apps/queries';
import type { Provider } from '../[name]/client';
import { TOKEN_CHOICES } from './queries';
import { inlineTokenInput, NEW_APP, servedApps, servedEnvironments, type TokenChoice, tokenNeeds } from './token-input';

interface InlineTokenFormProps {
  provider: Provider;
  onCreated: (value: string) => void;
  onCancel: () => void;
}

/** The shortest way to a token for this provider; anything finer is made under Apps. */
export function InlineTokenForm({ provider, onCreated, onCancel }: InlineTokenFormProps) {
  const choices = useData(TOKEN_CHOICES, {});
  const [choice, setChoice] = useState<TokenChoice>({ app: '', appName: '', environment: '' });
  const createApp = useAction(CREATE_APP);
  const createToken = useAction(CREATE_TOKEN);
  if (choices.problem && !choices.data) return <ProblemNote problem={choices.problem} />;

  const apps = choices.data ? servedApps(choices.data, provider.environments) : [];
  const environments = servedEnvironments(
    choices.data?.environments.map(({ name }) => name) ?? [],
    provider.environments,
  );
  const isNew = choice.app === NEW_APP;
  const needs = tokenNeeds(choice, choices.data?.apps.map(({ name }) => name) ?? []);
  const submit = async () => {
    let appId = choice.app;
    if (isNew) {
      const input = { name: choice.appName.trim(), environment: choice.environment };
      const created = await createApp.run({ input }, { additionalTypenames: ['App'] });
      if (!created) return;
      appId = created.createApp.id;
      // Should the token fail, the next try must not ask for the same app again.
      setChoice({ ...choice, app: appId });
    }
    const input = inlineTokenInput(appId, provider.name, new Date());
    const answer = await createToken.run({ input }, { additionalTypenames: ['App', 'Token'] });
    if (answer) onCreated(answer.createToken.value);
  };

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (needs.length === 0 && !createApp.running && !createToken.running) void submit();
      }}
    >
      <Field
        label="App"
        required
        help="The token opens this provider only and works for 90 days. Other scopes and dates are set under Apps."
      >
        {(control) => (
          <Select
            id={control.id}
            aria-describedby={control['aria-describedby']}
            className="w-full sm:w-80"
            value={choice.app === '' ? null : choice.app}
            placeholder="Choose an app"
            disabled={!choices.data}
            onChange={(app) => setChoice({ ...choice, app, environment: environments[0] ?? '' })}
            options={[
              ...apps.map(({ id, name, environment }) => ({ value: id, label: name, hint: environment.name })),
              { value: NEW_APP, label: 'New app' },
            ]}
          />
        )}
      </Field>
      {isNew && (
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <Field label="App name" required help="Name it after the program, so that its cost is recognised.">
            {(control) => (
              <Input
                {...control}
                autoFocus
                value={choice.appName}
                onChange={(event) => setChoice({ ...choice, appName: event.target.value })}
              />
            )}
          </Field>
          <Field label="Environment" required>
            {(control) => (
              <Select
                id={control.id}
                className="w-full"
                value={choice.environment === '' ? null : choice.environment}
                onChange={(environment) => setChoice({ ...choice, environment })}
                options={environments.map((name) => ({ value: name, label: name }))}
              />
            )}
          </Field>
        </div>
      )}
      <FormFooter
        submitLabel="Create token"
        missing={needs}
        running={createApp.running || createToken.running}
        problem={createApp.problem ?? createToken.problem}
        onCancel={onCancel}
      />
    </form>
  );
}
