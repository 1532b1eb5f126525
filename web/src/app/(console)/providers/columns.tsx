import type { Column } from '@/components/data-table/column';
import { cn } from '@/components/ui/cn';
import { CopyButton } from '@/components/ui/copy-button';
import { Count } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { Sparkline } from '@/components/ui/sparkline';
import type { ResultOf } from '@/graphql/graphql';
import { knownSpends } from '../usage/known-spend';
import { Spend } from '../usage/spend';
import { ProviderStatus } from './provider-status';
import type { PROVIDER_LIST } from './queries';
import { TypeMark } from './type-mark';
import { UnknownFigure } from './unknown-figure';

export type ProviderRow = ResultOf<typeof PROVIDER_LIST>['providers']['nodes'][number];

export function providerColumns(typeLabels: ReadonlyMap<string, string>): Column<ProviderRow>[] {
  return [
    {
      id: 'provider',
      header: 'Provider',
      hideable: false,
      sortValue: (row) => row.name,
      cell: (row) => (
        <span className="flex max-w-[clamp(140px,22vw_-_88px,640px)] items-center gap-2.5" title={row.displayName}>
          <TypeMark type={row.type} label={typeLabels.get(row.type) ?? row.type} className="size-5 text-[10px]" />
          <span className="min-w-0 truncate">{row.displayName}</span>
        </span>
      ),
    },
    {
      id: 'name',
      header: 'Name',
      cell: (row) => <NameCell row={row} />,
    },
    {
      id: 'status',
      header: 'Status',
      width: '132px',
      cell: (row) => <ProviderStatus status={row.status} reasons={row.statusReasons} />,
    },
    {
      id: 'type',
      header: 'Type',
      hiddenByDefault: true,
      sortValue: (row) => row.type,
      cell: (row) => typeLabels.get(row.type) ?? row.type,
    },
    {
      id: 'environments',
      header: 'Environments',
      hiddenByDefault: true,
      cell: (row) =>
        row.environments.length === 0 ? <span className="text-ink-3">all</span> : row.environments.join(', '),
    },
    {
      id: 'models',
      header: 'Models',
      cell: (row) => <ModelsCell models={row.models} />,
    },
    {
      id: 'requests',
      header: 'Requests',
      unit: '7 d',
      numeric: true,
      width: '124px',
      cell: (row) => <CountCell row={row} what="Requests" of="requests" />,
    },
    {
      id: 'tokens',
      header: 'Tokens',
      unit: '7 d',
      numeric: true,
      width: '148px',
      cell: (row) => <CountCell row={row} what="Tokens" of="tokens" />,
    },
    {
      id: 'spend',
      header: 'Spend',
      unit: '7 d',
      numeric: true,
      sortValue: (row) => row.lastSevenDays?.spend ?? null,
      cell: (row) => <SpendCell row={row} />,
    },
    {
      id: 'updated',
      header: 'Updated',
      width: '84px',
      sortValue: (row) => row.updatedAt,
      cell: (row) => <RelativeTime at={row.updatedAt} className="text-ink-2" />,
    },
  ];
}

function NameCell({ row }: { row: ProviderRow }) {
  return (
    <span className="relative flex max-w-[clamp(96px,8vw,240px)] items-center">
      <span className="min-w-0 truncate font-mono text-caption text-ink-2" title={row.proxyUrl}>
        {row.name}
      </span>
      <CopyButton
        text={row.proxyUrl}
        label="Copy proxy URL"
        className="absolute right-0 z-1 bg-hover opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100"
      />
    </span>
  );
}

/** The second model and the count after it give way on narrower screens. */
function ModelsCell({ models }: { models: readonly string[] }) {
  if (models.length === 0) return <span className="text-ink-3">all upstream models</span>;
  return (
    <span className="flex min-w-0 items-center gap-2.5" title={models.join('\n')}>
      {models.slice(0, 2).map((model, index) => (
        <span
          key={model}
          className={cn(
            'max-w-[clamp(96px,7vw,240px)] truncate font-mono text-caption',
            index > 0 && 'max-[1440px]:hidden',
          )}
        >
          {model}
        </span>
      ))}
      <More count={models.length - 1} className="min-[1441px]:hidden" />
      <More count={models.length - 2} className="max-[1440px]:hidden" />
    </span>
  );
}

function More({ count, className }: { count: number; className: string }) {
  if (count <= 0) return null;
  return <span className={cn('figures shrink-0 text-caption text-ink-3', className)}>+{count}</span>;
}

function CountCell({ row, what, of }: { row: ProviderRow; what: string; of: 'requests' | 'tokens' }) {
  const figures = row.lastSevenDays;
  if (!figures) return <UnknownFigure />;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Count value={figures[of]} />
      <Sparkline
        values={of === 'requests' ? figures.requestsByDay : figures.tokensByDay}
        width={40}
        label={`${what} of ${row.displayName} by day, last 7 days`}
        className="shrink-0"
      />
    </span>
  );
}

function SpendCell({ row }: { row: ProviderRow }) {
  if (!row.lastSevenDays) return <UnknownFigure />;
  const { spend, unpricedCalls, spendByDay, unpricedCallsByDay } = row.lastSevenDays;
  return (
    <span className="flex items-center justify-end gap-2.5">
      <Spend spend={spend} unpricedCalls={unpricedCalls} />
      <Sparkline
        values={knownSpends(spendByDay, unpricedCallsByDay)}
        width={40}
        label={`Spend of ${row.displayName} by day, last 7 days`}
        className="shrink-0"
      />
    </span>
  );
}
