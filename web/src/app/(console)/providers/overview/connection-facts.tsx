'use client';
import Link from 'next/link';
import { useCan } from '@/components/frame/viewer';
import { CopyField } from '@/components/ui/copy-button';
import { Facts } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import type { Provider } from '../[name]/client';
import { RecentHealth } from './recent-health';

const mono = (text: string) => <span className="font-mono text-table break-all">{text}</span>;

export function ConnectionFacts({ provider, typeLabel }: { provider: Provider; typeLabel: string }) {
  const { secret, passthrough, environments } = provider;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <div className="mb-1.5 text-ink-3">Proxy URL</div>
        <CopyField value={provider.proxyUrl} label="Copy proxy URL" />
      </div>
      <Facts
        facts={[
          { label: 'Type', value: typeLabel },
          { label: 'Status', value: <Status state={provider.enabled ? 'enabled' : 'disabled'} /> },
          { label: 'Recent calls', value: <RecentHealth provider={provider.name} /> },
          { label: 'Base URL', value: mono(provider.baseUrl) },
          {
            label: 'Secret',
            value: secret ? <SecretReference secret={secret} /> : passthrough ? 'none, passthrough' : 'none',
          },
          { label: 'Passthrough', value: passthrough ? 'on: apps bring their own authorization' : 'off' },
          { label: 'Environments', value: environments.length === 0 ? 'all' : environments.join(', ') },
        ]}
      />
    </div>
  );
}

function SecretReference({ secret }: { secret: NonNullable<Provider['secret']> }) {
  const canRead = useCan('secret.read');
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      {canRead ? (
        <Link href="/secrets" className="rounded-sm font-mono text-table hover:underline">
          {secret.secretId}
        </Link>
      ) : (
        mono(secret.secretId)
      )}
      <span className="font-mono text-caption text-ink-3">…{secret.lastFour}</span>
    </span>
  );
}
