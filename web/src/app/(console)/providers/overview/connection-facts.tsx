'use client';
import { CopyField } from '@/components/ui/copy-button';
import { Facts } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import type { Provider } from '../[name]/client';
import type { ClientClosePolicy } from '../form/provider-type';
import { clientCloseText, fallbackText } from '../form/usage-rules';
import { connectionState } from './health';
import { LastHour } from './last-hour';
import { SecretReferences } from './secret-references';
import { useHealth } from './use-health';

/** A provider type, as far as its parts have names. */
export interface TypeNames {
  readonly label: string;
  /** null = not known any more. */
  readonly clientClose: { readonly policy: ClientClosePolicy; readonly because: string } | null;
  readonly settings: readonly { readonly name: string; readonly label: string }[];
  readonly credentialForms: readonly {
    readonly kind: string;
    readonly label: string;
    readonly secrets: readonly { readonly slot: string; readonly label: string }[];
    readonly settings: readonly { readonly name: string; readonly label: string }[];
  }[];
}

interface ClientCloseProps {
  provider: Pick<Provider, 'onClientClose' | 'drainSeconds'>;
  usual: TypeNames['clientClose'];
}

function ClientClose({ provider: { onClientClose, drainSeconds }, usual }: ClientCloseProps) {
  const policy = onClientClose ?? usual?.policy;
  if (!policy) return 'as is usual for the type';
  return (
    <>
      {clientCloseText(policy, drainSeconds)}
      {onClientClose === null && usual && (
        <span className="block text-table text-ink-3">Default of the type: {usual.because}</span>
      )}
    </>
  );
}

const mono = (text: string) => <span className="font-mono text-table break-all">{text}</span>;

export function ConnectionFacts({ provider, type }: { provider: Provider; type: TypeNames }) {
  const { passthrough, environments } = provider;
  const form = type.credentialForms.find(({ kind }) => kind === provider.credentialKind);
  const lastHour = useHealth(provider.name);
  const { state, reasons } = connectionState(provider, lastHour.health);
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
          { label: 'Status', value: <Status state={provider.enabled ? 'enabled' : 'disabled'} /> },
          ...(provider.enabled
            ? [
                {
                  label: 'Connection',
                  value: (
                    <span className="flex flex-wrap items-baseline gap-x-2">
                      <Status state={state} />
                      {reasons.length > 0 && <span className="text-table text-ink-2">{reasons.join(' ')}</span>}
                    </span>
                  ),
                },
              ]
            : []),
          { label: 'Last hour', value: <LastHour {...lastHour} /> },
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
          { label: 'App hangs up', value: <ClientClose provider={provider} usual={type.clientClose} /> },
          { label: 'Usage missing', value: fallbackText(provider.usageFallback) },
        ]}
      />
    </div>
  );
}
