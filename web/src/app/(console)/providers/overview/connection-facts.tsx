'use client';
import { CopyField } from '@/components/ui/copy-button';
import { Facts } from '@/components/ui/section';
import type { Provider } from '../[name]/client';
import { ProviderStatus } from '../provider-status';
import { LastHour } from './last-hour';
import { SecretReferences } from './secret-references';

/** A provider type, as far as its parts have names. */
export interface TypeNames {
  readonly label: string;
  readonly settings: readonly { readonly name: string; readonly label: string }[];
  readonly credentialForms: readonly {
    readonly kind: string;
    readonly label: string;
    readonly secrets: readonly { readonly slot: string; readonly label: string }[];
    readonly settings: readonly { readonly name: string; readonly label: string }[];
  }[];
}

const mono = (text: string) => <span className="font-mono text-table break-all">{text}</span>;

export function ConnectionFacts({ provider, type }: { provider: Provider; type: TypeNames }) {
  const { passthrough, environments, statusReasons } = provider;
  const form = type.credentialForms.find(({ kind }) => kind === provider.credentialKind);
  const labels = [...type.settings, ...(form?.settings ?? [])];
  return (
    <div className="flex flex-col gap-4">
      <div>
        <div className="mb-1.5 text-ink-3">Proxy URL</div>
        <CopyField value={provider.proxyUrl} label="Copy proxy URL" />
      </div>
      <Facts
        facts={[
          { label: 'Type', value: type.label },
          {
            label: 'Status',
            value: (
              <span className="flex flex-wrap items-baseline gap-x-2">
                <ProviderStatus status={provider.status} reasons={statusReasons} />
                {statusReasons.length > 0 && <span className="text-table text-ink-2">{statusReasons.join(' ')}</span>}
              </span>
            ),
          },
          { label: 'Last hour', value: <LastHour provider={provider.name} /> },
          { label: 'Base URL', value: mono(provider.baseUrl) },
          ...provider.settings.map(({ name, value }) => ({
            label: labels.find((field) => field.name === name)?.label ?? name,
            value: mono(value),
          })),
          { label: 'Passthrough', value: passthrough ? 'on: apps bring their own authorization' : 'off' },
          ...(passthrough ? [] : [{ label: 'Credential', value: form?.label ?? provider.credentialKind }]),
          ...(provider.credentials.length > 0
            ? [
                {
                  label: provider.credentials.length === 1 ? 'Secret' : 'Secrets',
                  value: <SecretReferences credentials={provider.credentials} slots={form?.secrets ?? []} />,
                },
              ]
            : []),
          { label: 'Environments', value: environments.length === 0 ? 'all' : environments.join(', ') },
        ]}
      />
    </div>
  );
}
