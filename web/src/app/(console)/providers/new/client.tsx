'use client';
import { useRouter } from 'next/navigation';
import { useQueryState } from 'nuqs';
import { useRef } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { useAction } from '@/graphql/use-action';
import { FormSkeleton } from '../form/form-skeleton';
import { IdentitySection } from '../form/identity-section';
import { createInput } from '../form/input';
import { typeOf } from '../form/provider-type';
import { SaveBar } from '../form/save-bar';
import { TypeSection } from '../form/type-section';
import { UpstreamSections } from '../form/upstream-sections';
import { useFormContext } from '../form/use-form-context';
import { useProviderForm } from '../form/use-provider-form';
import { useRefusal } from '../form/use-refusal';
import { EMPTY_VALUES, edit, type FormContext } from '../form/values';
import { CREATE_PROVIDER } from '../queries';

export function CreateProvider() {
  const { context, proxyUrlPrefix, problem, refetch } = useFormContext();
  if (problem && !context) {
    return <ErrorState title="The form could not be prepared" problem={problem} onRetry={refetch} />;
  }
  if (!context) return <FormSkeleton />;
  return <CreateForm context={context} proxyUrlPrefix={proxyUrlPrefix} />;
}

/** `?type=bedrock` starts with that type chosen. */
function startValues(type: string | null, context: FormContext) {
  const empty = { ...EMPTY_VALUES, environments: context.environments };
  return type !== null && typeOf({ type }, context) ? edit(empty, { type }, context) : empty;
}

function CreateForm({ context, proxyUrlPrefix }: { context: FormContext; proxyUrlPrefix: string }) {
  const router = useRouter();
  const [type] = useQueryState('type');
  const form = useProviderForm(startValues(type, context), context);
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
      className="-mb-16 max-w-[720px] [&_:is(button,input,textarea)]:scroll-mb-24"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.needed.length === 0 && !create.running) void submit();
      }}
    >
      <TypeSection form={form} />
      {values.type !== '' && (
        <>
          <IdentitySection form={form} proxyUrlPrefix={proxyUrlPrefix} />
          <UpstreamSections form={form} />
        </>
      )}
      <SaveBar
        form={formRef}
        submitLabel="Create provider"
        needed={form.needed}
        running={create.running}
        problem={problem}
        cancelHref="/providers"
      />
    </form>
  );
}
