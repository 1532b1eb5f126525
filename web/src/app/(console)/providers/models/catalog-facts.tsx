'use client';
import { Badge } from '@/components/ui/badge';
import { ProblemNote } from '@/components/ui/error-state';
import { Facts } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { count, usdExact } from '@/format';
import { useData } from '@/graphql/use-data';
import { bucketLabel } from './buckets';
import { capabilityLabel } from './capabilities';
import { CATALOG_ENTRY } from './queries';

interface CatalogFactsProps {
  type: string;
  model: string;
  priceVersion: string | null;
}

/** What the catalog knows of the model beside its base rates. Rates of other tiers bill by themselves, where they apply. */
export function CatalogFacts({ type, model, priceVersion }: CatalogFactsProps) {
  const { data, problem } = useData(CATALOG_ENTRY, { type, search: model });
  if (!data) return problem ? <ProblemNote problem={problem} /> : <Skeleton className="h-20 w-full" />;
  const entry = data.catalogModels.find(({ id }) => id === model);
  const version = {
    label: 'Price version',
    value: <span className="font-mono text-caption break-all">{priceVersion ?? '–'}</span>,
  };
  if (!entry) {
    return (
      <>
        <p className="mb-3 text-ink-2">
          {priceVersion === null
            ? 'The catalog does not know this model. Its calls are metered; their cost stays unknown until you set a price.'
            : 'The catalog prices this id by a rule that covers several ids.'}
        </p>
        {priceVersion !== null && <Facts facts={[version]} />}
      </>
    );
  }
  const further = entry.rates.filter(({ aboveTokens, serviceTier }) => aboveTokens > 0 || serviceTier !== 'default');
  return (
    <>
      <Facts
        facts={[
          { label: 'Name', value: entry.displayName ?? '–' },
          { label: 'Family', value: entry.family ?? '–' },
          { label: 'Context', value: tokens(entry.contextTokens) },
          { label: 'Longest output', value: tokens(entry.maxOutputTokens) },
          {
            label: 'Can do',
            value:
              entry.capabilities.length === 0 ? (
                '–'
              ) : (
                <span className="flex flex-wrap gap-1">
                  {entry.capabilities.map((capability) => (
                    <Badge key={capability}>{capabilityLabel(capability)}</Badge>
                  ))}
                </span>
              ),
          },
          version,
        ]}
      />
      {further.length > 0 && (
        <details className="mt-4">
          <summary className="w-fit text-table text-ink-2 hover:text-ink">
            {further.length} further catalog rates, by context length and service tier
          </summary>
          <Facts
            className="mt-3 text-table"
            facts={further.map(({ bucket, aboveTokens, serviceTier, usdPerMillion }) => ({
              label: [
                bucketLabel(bucket),
                ...(serviceTier === 'default' ? [] : [serviceTier]),
                ...(aboveTokens > 0 ? [`above ${count(aboveTokens)} tokens`] : []),
              ].join(', '),
              value: <span className="figures">{usdExact(usdPerMillion)}</span>,
            }))}
          />
        </details>
      )}
    </>
  );
}

function tokens(value: number | null): string {
  return value === null ? '–' : `${count(value)} tokens`;
}
