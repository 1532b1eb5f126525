'use client';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { FormFooter } from '@/components/ui/form-footer';
import { useAction } from '@/graphql/use-action';
import { useData } from '@/graphql/use-data';
import { ConnectionTestPanel } from '../connection-test/panel';
import { EnvironmentsSection } from '../form/environments-section';
import { FormSection } from '../form/form-section';
import { FormSkeleton } from '../form/form-skeleton';
import { IdentitySection } from '../form/identity-section';
import { createInput, draftInput } from '../form/input';
import type { Field } from '../form/problems';
import { RecordingSection } from '../form/recording-section';
import { TypeSection } from '../form/type-section';
import { UpstreamSection } from '../form/upstream-section';
import { useProviderForm } from '../form/use-provider-form';
import { useRefusal } from '../form/use-refusal';
import { EMPTY_VALUES, type FormContext } from '../form/values';
import { ModelsSection } from '../models/models-section';
import { useCatalog } from '../models/use-catalog';
import { CREATE_PROVIDER, FORM_CONTEXT } from '../queries';

export function CreateProvider() {
  const { data, problem, refetch } = useData(FORM_CONTEXT, {});
  if (problem && !data) {
    return <ErrorState title="The form could not be prepared" problem={problem} onRetry={refetch} />;
  }
  if (!data) return <FormSkeleton />;
  const context: FormContext = {
    types: data.providerTypes,
    secrets: data.secrets,
    takenNames: data.providers.nodes.map(({ name }) => name),
    environments: data.environments.map(({ name }) => name),
  };
  return <CreateForm context={context} proxyUrlPrefix={data.proxyUrlPrefix} />;
}

/** What a test needs of the form; name and environments play no part in it. */
const TESTED: readonly Field[] = ['type', 'secretId', 'secretValue', 'baseUrl'];

function CreateForm({ context, proxyUrlPrefix }: { context: FormContext; proxyUrlPrefix: string }) {
  const router = useRouter();
  const form = useProviderForm({ ...EMPTY_VALUES, environments: context.environments }, context);
  const catalog = useCatalog(form.values.type);
  const create = useAction(CREATE_PROVIDER);
  const { values, refuse } = form;
  const { problem } = create;
  const formRef = useRef<HTMLFormElement>(null);
  useRefusal(formRef, problem, refuse);

  const submit = async () => {
    const answer = await create.run(
      { input: createInput(values, context) },
      { additionalTypenames: ['Provider', 'ProviderPage', 'Secret'] },
    );
    if (answer) router.push(`/providers/${answer.createProvider.name}?created=1`);
  };

  return (
    <form
      ref={formRef}
      className="max-w-[720px] pb-16"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.needed.length === 0 && !create.running) void submit();
      }}
    >
      <IdentitySection form={form} proxyUrlPrefix={proxyUrlPrefix} />
      <TypeSection form={form} />
      <UpstreamSection form={form} />
      <ModelsSection form={form} />
      <EnvironmentsSection form={form} />
      <RecordingSection />
      {values.type !== '' && (
        <FormSection
          title="Test connection"
          description="One small real call with these settings, before anything is saved."
        >
          <ConnectionTestPanel
            target={{ draft: draftInput(values) }}
            models={values.models.length > 0 ? values.models : catalog.models.map(({ id }) => id)}
            needed={form.neededFor(TESTED)}
            onUseModels={(models) => form.set({ models })}
          />
        </FormSection>
      )}
      <div className="border-t border-line pt-6">
        <FormFooter
          submitLabel="Create provider"
          missing={form.needed}
          running={create.running}
          problem={problem}
          cancelHref="/providers"
        />
      </div>
    </form>
  );
}
