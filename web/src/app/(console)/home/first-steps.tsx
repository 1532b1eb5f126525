'use client';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '@/components/frame/viewer';
import { ButtonLink } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ClientSnippets } from '../providers/connect/client-snippets';

interface FirstStepsProps {
  /** The newest enabled provider, once there is one. */
  provider: { type: string; proxyUrl: string; passthrough: boolean; models: readonly string[] } | undefined;
  hasToken: boolean;
}

/** From nothing to the first metered call; gone once there is one. */
export function FirstSteps({ provider, hasToken }: FirstStepsProps) {
  const canWriteProviders = useCan('provider.write');
  const canWriteApps = useCan('app.write');
  const current = !provider ? 1 : !hasToken ? 2 : 3;
  return (
    <section aria-labelledby="first-steps" className="max-w-[720px]">
      <h2 id="first-steps" className="text-section font-semibold">
        First steps
      </h2>
      <p className="mt-0.5 mb-4 text-ink-2">From here to the first metered call takes about two minutes.</p>
      <ol>
        <Step number={1} current={current} title="Create a provider">
          <p>One upstream connection with its key. Weir gives it a proxy URL of its own.</p>
          {current === 1 &&
            (canWriteProviders ? (
              <ButtonLink href="/providers/new" variant="primary" className="mt-3">
                Create provider
              </ButtonLink>
            ) : (
              <p className="mt-2 text-ink-3">Ask an admin of this project; your role cannot create providers.</p>
            ))}
        </Step>
        <Step number={2} current={current} title="Create an app and its token">
          <p>The token stands in for the provider’s key; it is shown once and can be revoked at any time.</p>
          {current === 2 &&
            (canWriteApps ? (
              <ButtonLink href="/apps?create=true" variant="primary" className="mt-3">
                Create app
              </ButtonLink>
            ) : (
              <p className="mt-2 text-ink-3">Ask an admin or engineer of this project.</p>
            ))}
        </Step>
        <Step number={3} current={current} title="Make the first call">
          <p>Change the base URL and the key in the SDK you already use. The call appears here within seconds.</p>
          {current === 3 && provider && (
            <ClientSnippets
              label="First call"
              className="mt-3"
              target={{ ...provider, model: provider.models[0] ?? null }}
            />
          )}
        </Step>
      </ol>
    </section>
  );
}

interface StepProps {
  number: number;
  current: number;
  title: string;
  children: ReactNode;
}

function Step({ number, current, title, children }: StepProps) {
  const done = number < current;
  return (
    <li aria-current={number === current ? 'step' : undefined} className="flex gap-3 border-t border-line py-4">
      <span
        className={cn(
          'figures flex size-5 shrink-0 items-center justify-center rounded-full text-caption font-medium',
          done ? 'bg-green-soft text-green' : number === current ? 'bg-accent text-on-accent' : 'bg-pressed text-ink-2',
        )}
      >
        {done ? <Check aria-label="Done" className="size-3.5" strokeWidth={2.5} /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className={cn('font-medium', number > current && 'text-ink-2')}>{title}</h3>
        <div className="text-ink-2">{!done && children}</div>
      </div>
    </li>
  );
}
