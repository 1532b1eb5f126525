'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import type { Provider } from '../[name]/client';
import { ConfirmDelete, DeleteConsequences } from '../actions/confirm-delete';
import { FormSkeleton } from '../form/form-skeleton';
import { useFormContext } from '../form/use-form-context';
import { EditForm } from './edit-form';

export function SettingsTab({ provider }: { provider: Provider }) {
  const { context, problem, refetch } = useFormContext(provider.name);
  if (!context) {
    return problem ? (
      <ErrorState title="The settings could not be loaded" problem={problem} onRetry={refetch} />
    ) : (
      <FormSkeleton />
    );
  }
  return (
    <div className="max-w-[720px]">
      <EditForm provider={provider} context={context} />
      <DangerZone provider={provider} />
    </div>
  );
}

function DangerZone({ provider }: { provider: Provider }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title="Delete this provider" className="mt-10">
      <div className="mb-4 text-ink-2">
        <DeleteConsequences proxyUrl={provider.proxyUrl} />
      </div>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete provider
      </Button>
      <ConfirmDelete
        provider={isOpen ? provider : null}
        onClose={() => setOpen(false)}
        onDeleted={() => router.push('/providers')}
      />
    </Section>
  );
}
