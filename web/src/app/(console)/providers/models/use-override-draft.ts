'use client';
import { useMemo, useState } from 'react';
import type { ResultOf } from '@/graphql/graphql';
import { useData } from '@/graphql/use-data';
import { fromField, secondOf, toField } from '../../ledger/utc-field';
import { type ValidFrom, validFromProblem } from '../../ledger/valid-from-field';
import type { Bucket } from './buckets';
import { draftOf, isChanged, type OverrideDraft, ratesOf } from './override-draft';
import { overrideInForce } from './override-in-force';
import { PREVIEW_RATE_CARD, type RATE_CARD } from './queries';
import { useSettled } from './use-settled';

const QUIET_MS = 200;

interface DraftStart {
  readonly provider: string;
  readonly card: ResultOf<typeof RATE_CARD>['rateCard'];
  readonly serviceTier: string | null;
  readonly validFrom: string | undefined;
}

/** What is typed of an override, what the control plane makes of it, and what is still missing. */
export function useOverrideDraft({ provider, card, serviceTier, validFrom: suggested }: DraftStart) {
  const [stored] = useState(() => overrideInForce(card.history, serviceTier));
  const [draft, setDraft] = useState<OverrideDraft>(() => draftOf(stored.rates));
  const [currency, setCurrency] = useState(stored.currency);
  const [validFrom, setValidFrom] = useState<ValidFrom>(() =>
    suggested ? toField(secondOf(new Date(suggested))) : null,
  );
  const from = validFrom === null ? null : fromField(validFrom);
  const rates = useMemo(() => ratesOf(draft), [draft]);
  const asked = useSettled(rates, QUIET_MS);
  const preview = useData(
    PREVIEW_RATE_CARD,
    { provider, model: card.model, rates: asked ?? [], serviceTier, currency },
    { pause: asked === null },
  );
  const needed = [
    ...(rates === null ? ['rates that can be read'] : []),
    ...(validFromProblem(validFrom) === null ? [] : ['a valid time']),
    ...(isChanged({ draft, currency, validFrom: from }, stored) ? [] : ['a change']),
  ];
  return {
    ...{ draft, rates, currency, setCurrency, validFrom, setValidFrom, from, needed },
    setRate: (bucket: Bucket, typed: string) => setDraft((current) => ({ ...current, [bucket]: typed })),
    example: preview.data?.previewRateCard.example ?? card.example,
    isExampleStale: preview.stale || asked !== rates,
    warnings: new Map(preview.data?.previewRateCard.warnings.map(({ bucket, message }) => [bucket, message])),
  };
}
