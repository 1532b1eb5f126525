'use client';
import { useEffect, useState } from 'react';
import { FormFooter } from '@/components/ui/form-footer';
import { toast } from '@/components/ui/toast';
import type { ResultOf } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import type { ExchangeRate } from '../../ledger/exchange-rates/queries';
import { secondOf, toField } from '../../ledger/utc-field';
import { ValidFromField } from '../../ledger/valid-from-field';
import { BUCKETS, type Bucket, FURTHER_BUCKETS } from './buckets';
import { FurtherBuckets } from './further-buckets';
import { rateProblem } from './override-draft';
import { OverrideField } from './override-field';
import { OverrideScope } from './override-scope';
import { type RATE_CARD, SET_PRICE_OVERRIDE } from './queries';
import { RateHistory } from './rate-history';
import { useOverrideDraft } from './use-override-draft';
import { WorkedExample } from './worked-example';

interface OverrideFormProps {
  provider: string;
  card: ResultOf<typeof RATE_CARD>['rateCard'];
  exchangeRates: readonly ExchangeRate[];
  serviceTier: string | null;
  onServiceTier: (tier: string | null) => void;
  validFrom?: string | undefined;
  onCancel: () => void;
  /** With the time they count from, where that is in the past. */
  onSaved: (validFrom: Date | null) => void;
}

const CHANGED_TYPES = { additionalTypenames: ['ProviderModel', 'RateCard', 'AuditEntry', 'UnpricedModel'] };

export function OverrideForm(props: OverrideFormProps) {
  const { provider, card, serviceTier, validFrom, onSaved } = props;
  const form = useOverrideDraft({ provider, card, serviceTier, validFrom });
  const { draft, rates, currency, from, needed } = form;
  const [left, setLeft] = useState<ReadonlySet<Bucket>>(new Set());
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const save = useAction(SET_PRICE_OVERRIDE);
  useEffect(() => setRefused(save.problem?.fields ?? {}), [save.problem]);

  const submit = async () => {
    if (rates === null) return;
    const input = { provider, model: card.model, rates, serviceTier, currency, validFrom: from?.toISOString() ?? null };
    if (!(await save.run({ input }, CHANGED_TYPES))) return;
    if (from === null)
      toast(rates.length === 0 ? 'Back to the catalog from now on' : 'Prices apply to calls from now on');
    onSaved(from);
  };
  const fieldFor = (bucket: Bucket) => {
    const typed = draft[bucket];
    const problem = rateProblem(typed, bucket);
    return (
      <OverrideField
        key={bucket}
        bucket={bucket}
        currency={currency}
        catalogRate={card.buckets.find((entry) => entry.bucket === bucket)?.catalogUsdPerMillion ?? null}
        value={typed}
        problem={refused[`rates.${bucket}`] ?? (left.has(bucket) ? (problem ?? undefined) : undefined)}
        warning={problem === null ? form.warnings.get(bucket) : undefined}
        onChange={(value) => {
          form.setRate(bucket, value);
          setRefused({});
        }}
        onLeave={() => setLeft(new Set(left).add(bucket))}
      />
    );
  };
  const isAtField = Object.keys(refused).some((name) => name.startsWith('rates.') || name === 'validFrom');
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (needed.length === 0 && !save.running) void submit();
      }}
    >
      <OverrideScope
        currency={currency}
        onCurrency={form.setCurrency}
        exchangeRates={props.exchangeRates}
        serviceTier={serviceTier}
        onServiceTier={props.onServiceTier}
        from={from}
      />
      {BUCKETS.map(fieldFor)}
      <FurtherBuckets startsOpen={FURTHER_BUCKETS.some((bucket) => draft[bucket] !== '')}>
        {() => FURTHER_BUCKETS.map(fieldFor)}
      </FurtherBuckets>
      <ValidFromField
        value={form.validFrom}
        onChange={form.setValidFrom}
        suggested={toField(secondOf(new Date()))}
        error={refused.validFrom}
        help={
          form.validFrom === null
            ? 'Applies to calls from now on; earlier calls keep their price.'
            : 'Calls that are booked already keep their figures until they are restated; you can preview that next.'
        }
      />
      {card.history.length > 0 && (
        <details>
          <summary className="w-fit text-table text-ink-2 hover:text-ink">Changes so far</summary>
          <div className="mt-3">
            <RateHistory history={card.history} />
          </div>
        </details>
      )}
      <FormFooter
        submitLabel="Save prices"
        missing={needed}
        running={save.running}
        problem={isAtField ? null : save.problem}
        onCancel={props.onCancel}
        pinned={<WorkedExample {...form.example} stale={form.isExampleStale} />}
      />
    </form>
  );
}
