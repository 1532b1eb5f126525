'use client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { Facts } from '@/components/ui/section';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import type { Provider } from '../[name]/client';
import { FormSection } from '../form/form-section';
import { DisplayNameField } from '../form/identity-section';
import { typeOf } from '../form/provider-type';
import { changesBetween, rebase, type StoredProvider, updateInput, valuesOf } from '../form/revision';
import { SaveBar } from '../form/save-bar';
import { UpstreamSections } from '../form/upstream-sections';
import { useProviderForm } from '../form/use-provider-form';
import { useRefusal } from '../form/use-refusal';
import type { FormContext } from '../form/values';
import { PROVIDER_DETAIL, UPDATE_PROVIDER } from '../queries';
import { ConflictNotice } from './conflict-notice';

const CONFLICT = 'REVISION_CONFLICT';

export function EditForm({ provider, context }: { provider: Provider; context: FormContext }) {
  /** What the edits are made against; stays when the page around the form refreshes. */
  const [base, setBase] = useState<StoredProvider>(provider);
  const [theirs, setTheirs] = useState<StoredProvider | null>(null);
  const form = useProviderForm(valuesOf(base, context), context);
  const update = useAction(UPDATE_PROVIDER);
  const client = useClient();
  const input = updateInput(form.values, base, context);
  const { problem } = update;

  const { refuse } = form;
  const formRef = useRef<HTMLFormElement>(null);
  useRefusal(formRef, problem, refuse);
  useEffect(() => {
    if (problem?.code !== CONFLICT) return;
    void client
      .query(PROVIDER_DETAIL, { name: base.name }, { requestPolicy: 'network-only' })
      .toPromise()
      .then(({ data }) => setTheirs(data?.provider ?? null));
  }, [problem, client, base.name]);

  const start = (from: StoredProvider) => {
    setBase(from);
    setTheirs(null);
    update.reset();
  };
  const submit = async () => {
    if (!input) return;
    const answer = await update.run({ input }, { additionalTypenames: ['Secret'] });
    if (!answer) return;
    const saved = { ...base, ...answer.updateProvider };
    start(saved);
    form.replace(valuesOf(saved, context));
    toast('Settings saved');
  };
  const waiting = theirs ? 'Choose one of the two ways on.' : input === null ? 'Nothing was changed yet.' : null;
  const isChanged = input !== null && !theirs;

  return (
    <form
      ref={formRef}
      className="[&_:is(button,input,textarea)]:scroll-mb-24"
      onSubmit={(event) => {
        event.preventDefault();
        if (waiting === null && form.needed.length === 0 && !update.running) void submit();
      }}
    >
      <FormSection title="Identity">
        <DisplayNameField form={form} />
        <Facts
          facts={[
            { label: 'Name', value: <span className="font-mono text-table">{base.name}</span> },
            { label: 'Provider type', value: typeOf(form.values, context)?.label ?? base.type },
          ]}
        />
        <p className="text-table text-ink-3">Name and type cannot be changed.</p>
      </FormSection>
      <UpstreamSections form={form} />
      {theirs && (
        <div className="border-t border-line py-6">
          <ConflictNotice
            changes={changesBetween(base, theirs, context)}
            onTakeTheirs={() => {
              start(theirs);
              form.replace(valuesOf(theirs, context));
            }}
            onKeepMine={() => {
              form.replace(rebase(form.values, base, theirs, context));
              start(theirs);
            }}
          />
        </div>
      )}
      <SaveBar
        form={formRef}
        submitLabel="Save changes"
        needed={isChanged ? form.needed : []}
        waiting={waiting}
        running={update.running}
        problem={problem?.code === CONFLICT && theirs ? null : problem}
        onDiscard={isChanged ? () => form.replace(valuesOf(base, context)) : undefined}
      />
    </form>
  );
}
