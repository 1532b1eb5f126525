'use client';
import { Pause, Pencil, Play } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Tabs } from '@/components/ui/tabs';
import { useOnceTrue } from '@/components/ui/use-once-true';
import type { ResultOf } from '@/graphql/graphql';
import { useData } from '@/graphql/use-data';
import { useEnable } from '../actions/use-enable';
import { FormSkeleton } from '../form/form-skeleton';
import { DetailSkeleton } from '../overview/detail-skeleton';
import { OverviewTab } from '../overview/tab';
import { ProviderStatus } from '../provider-status';
import { PROVIDER_DETAIL } from '../queries';
import { providerDetailParsers, type Tab } from '../search-params';
import { TypeMark } from '../type-mark';
import { CreatedBanner } from './created-banner';

export type Provider = NonNullable<ResultOf<typeof PROVIDER_DETAIL>['provider']>;

// Each tab is code that a visit to the others never needs.
const ModelsTab = dynamic(() => import('../models/tab').then((room) => room.ModelsTab), {
  loading: FormSkeleton,
});
const ConnectTab = dynamic(() => import('../connect/tab').then((room) => room.ConnectTab), {
  loading: FormSkeleton,
});
const SettingsTab = dynamic(() => import('../settings/tab').then((room) => room.SettingsTab), {
  loading: FormSkeleton,
});

const ConfirmDisable = lazy(() =>
  import('../actions/confirm-disable').then((room) => ({ default: room.ConfirmDisable })),
);

const CRUMBS = [{ label: 'LLM Providers', href: '/providers' }];
const REFRESH_MS = 15_000;

export function ProviderDetail({ name }: { name: string }) {
  const [view, setView] = useQueryStates(providerDetailParsers, { history: 'push' });
  const detail = useData(PROVIDER_DETAIL, { name }, view.tab === 'overview' ? { everyMs: REFRESH_MS } : {});
  const [isDisabling, setDisabling] = useState(false);
  const hasAskedToDisable = useOnceTrue(isDisabling);
  const enable = useEnable();
  const canWrite = useCan('provider.write');

  if (!detail.data) {
    return detail.problem ? (
      <>
        <PageHeader title={name} crumbs={CRUMBS} />
        <ErrorState title="The provider could not be loaded" problem={detail.problem} onRetry={detail.refetch} />
      </>
    ) : (
      <DetailSkeleton name={name} />
    );
  }
  const { provider, providerTypes, redactionDetectors } = detail.data;
  if (!provider) return <NoSuchProvider name={name} />;
  const type = providerTypes.find((option) => option.type === provider.type) ?? unknownType(provider.type);
  const show = (tab: Tab) => void setView({ tab, created: null });

  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={
          <span className="flex items-center gap-2.5">
            <TypeMark type={provider.type} label={type.label} />
            {provider.displayName}
          </span>
        }
        aside={
          <span className="text-table">
            <ProviderStatus status={provider.status} reasons={provider.statusReasons} />
          </span>
        }
        description={<CopyId value={provider.name} label="Copy name" />}
        actions={
          canWrite && (
            <>
              <Button icon={<Pencil aria-hidden />} onClick={() => show('settings')}>
                Edit
              </Button>
              {provider.enabled ? (
                <Button icon={<Pause aria-hidden />} onClick={() => setDisabling(true)}>
                  Disable
                </Button>
              ) : (
                <Button variant="primary" icon={<Play aria-hidden />} onClick={() => void enable(provider)}>
                  Enable
                </Button>
              )}
            </>
          )
        }
      />
      {view.created !== null && (
        <CreatedBanner
          displayName={provider.displayName}
          onConnect={() => show('connect')}
          onDismiss={() => void setView({ created: null }, { history: 'replace' })}
        />
      )}
      <Tabs
        label="Views of the provider"
        value={view.tab === 'settings' && !canWrite ? 'overview' : view.tab}
        onChange={show}
        tabs={[
          {
            value: 'overview',
            label: 'Overview',
            content: (
              <OverviewTab
                provider={provider}
                type={type}
                detectors={redactionDetectors}
                modelToTest={view.test}
                turnToTest={view.turn}
                onTurnLeft={() => void setView({ turn: null })}
                problem={detail.problem}
                onTested={detail.refetch}
              />
            ),
          },
          {
            value: 'models',
            label: 'Models',
            content: <ModelsTab provider={provider} onEdit={canWrite ? () => show('settings') : null} />,
          },
          { value: 'connect', label: 'Connect', content: <ConnectTab provider={provider} /> },
          ...(canWrite
            ? [{ value: 'settings' as const, label: 'Settings', content: <SettingsTab provider={provider} /> }]
            : []),
        ]}
      />
      {hasAskedToDisable && (
        <Suspense>
          <ConfirmDisable provider={isDisabling ? provider : null} onClose={() => setDisabling(false)} />
        </Suspense>
      )}
    </>
  );
}

/** A provider outlives the version that knew its type. */
const unknownType = (type: string) => ({ type, label: type, settings: [], credentialForms: [], clientClose: null });

function NoSuchProvider({ name }: { name: string }) {
  return (
    <>
      <PageHeader title="No such provider" crumbs={CRUMBS} />
      <EmptyState
        title={`Nothing is named “${name}”`}
        action={<ButtonLink href="/providers">All providers</ButtonLink>}
      >
        It was deleted, or the address was mistyped. Calls of deleted providers stay in Cost &amp; Usage.
      </EmptyState>
    </>
  );
}
