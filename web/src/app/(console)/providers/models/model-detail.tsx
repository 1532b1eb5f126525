'use client';
import { ChartColumn, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Badge } from '@/components/ui/badge';
import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { Section } from '@/components/ui/section';
import { useData } from '@/graphql/use-data';
import { TotalDrawer } from '../../receipts/total/total-drawer';
import { usageHref } from '../../usage/href';
import { useModelDays } from '../figures/model-days';
import { PROVIDER_DETAIL } from '../queries';
import { useSpendReceipt } from '../use-spend-receipt';
import { CatalogFacts } from './catalog-facts';
import { ModelFigures } from './model-figures';
import { OverrideDialog } from './override-dialog';
import { PROVIDER_MODELS, RATE_CARD } from './queries';
import { RateCardTable } from './rate-card-table';
import { RateHistory } from './rate-history';
import { WorkedExample } from './worked-example';

interface ModelDetailProps {
  provider: string;
  model: string;
}

/** One model of one provider: what it costs and why, and what was spent on it. */
export function ModelDetail({ provider: name, model }: ModelDetailProps) {
  const detail = useData(PROVIDER_DETAIL, { name });
  const card = useData(RATE_CARD, { provider: name, model });
  const usage = useData(PROVIDER_MODELS, { provider: name });
  const { days, problem: daysProblem } = useModelDays(name, model);
  const [isOverriding, setOverriding] = useState(false);
  const spend = useSpendReceipt(name);
  const canWrite = useCan('provider.write');
  const provider = detail.data?.provider;
  const row = usage.data?.providerModels.find((entry) => entry.model === model);
  const isOverridden = card.data?.rateCard.buckets.some(({ overridePerMillion }) => overridePerMillion !== null);
  const crumbs = [
    { label: 'LLM Providers', href: '/providers' },
    { label: provider?.displayName ?? name, href: `/providers/${name}` },
    { label: 'Models', href: `/providers/${name}?tab=models` },
  ];
  const problem = card.problem ?? detail.problem;
  const figuresProblem = usage.data && days ? null : (usage.problem ?? daysProblem);
  if (detail.data && !provider) {
    return (
      <>
        <PageHeader title="No such provider" crumbs={crumbs.slice(0, 1)} />
        <EmptyState
          title={`Nothing is named “${name}”`}
          action={<ButtonLink href="/providers">All providers</ButtonLink>}
        >
          It was deleted, or the address was mistyped.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={<span className="font-mono break-all">{model}</span>}
        aside={
          <>
            {isOverridden && <Badge tone="accent">overridden</Badge>}
            {provider && provider.models.length > 0 && !provider.models.includes(model) && (
              <Badge tone="amber" title="Calls for it are refused with model_not_allowed">
                not listed
              </Badge>
            )}
          </>
        }
        actions={
          <>
            <ButtonLink
              href={usageHref({ groupBy: 'token_type', providers: [name], models: [model] })}
              icon={<ChartColumn aria-hidden />}
            >
              Cost &amp; Usage
            </ButtonLink>
            {canWrite && (
              <Button variant="primary" icon={<Pencil aria-hidden />} onClick={() => setOverriding(true)}>
                Override prices
              </Button>
            )}
          </>
        }
      />
      {problem && !card.data ? (
        <ErrorState title="The model could not be loaded" problem={problem} onRetry={card.refetch} />
      ) : (
        <>
          {figuresProblem && (
            <div className="mb-4">
              <ProblemNote problem={figuresProblem} />
            </div>
          )}
          <ModelFigures
            provider={name}
            model={model}
            row={row}
            days={days?.get(model)}
            loading={!detail.data || (!usage.data && !usage.problem)}
            // Without a row it is a zero only if the calls of the provider are known.
            onReceipt={() => spend.openModel(model)}
            isUnknown={usage.problem !== null || (!row && provider?.lastSevenDays === null)}
          />
          <div className="grid grid-cols-1 gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <Section
              title="Rate card"
              description="USD per 1M tokens. A rate of your own stands in for the catalog’s; cache writes of unknown duration are always at the catalog’s."
              className="border-t-0 pt-0"
            >
              <RateCardTable card={card.data?.rateCard} />
              {card.data && (
                <div className="mt-3">
                  <WorkedExample {...card.data.rateCard.example} />
                </div>
              )}
              {card.data && card.data.rateCard.history.length > 0 && (
                <div className="mt-8">
                  <h3 className="mb-2 font-medium">Changes</h3>
                  <RateHistory history={card.data.rateCard.history} />
                </div>
              )}
            </Section>
            <Section title="Catalog" className="xl:border-t-0 xl:pt-0">
              {provider && (
                <CatalogFacts
                  type={provider.type}
                  model={model}
                  priceVersion={card.data?.rateCard.priceVersion ?? null}
                />
              )}
            </Section>
          </div>
        </>
      )}
      <TotalDrawer {...spend.drawer} />
      <OverrideDialog provider={name} model={isOverriding ? model : null} onClose={() => setOverriding(false)} />
    </>
  );
}
