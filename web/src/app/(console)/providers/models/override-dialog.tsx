'use client';
import { useEffect, useMemo, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { FormFooter } from '@/components/ui/form-footer';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import type { ResultOf } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { useData } from '@/graphql/use-data';
import { BUCKETS, type Bucket } from './buckets';
import { draftOf, isChanged, type OverrideDraft, rateProblem, ratesOf } from './override-draft';
import { OverrideField } from './override-field';
import { PREVIEW_RATE_CARD, RATE_CARD, SET_PRICE_OVERRIDE } from './queries';
import { RateHistory } from './rate-history';
import { useSettled } from './use-settled';
import { WorkedExample } from './worked-example';

type RateCard = ResultOf<typeof RATE_CARD>['rateCard'];

interface OverrideDialogProps {
  provider: string;
  /** null = closed. */
  model: string | null;
  onClose: () => void;
  /** Prices were saved; called before `onClose`. */
  onSaved?: () => void;
}

/** What one model of one provider costs here, bucket by bucket. */
export function OverrideDialog({ provider, model, onClose, onSaved }: OverrideDialogProps) {
  return (
    <Dialog
      open={model !== null}
      onOpenChange={(open) => !open && onClose()}
      title="Override prices"
      description={
        <>
          <span className="font-mono text-table break-all">{model}</span> on {provider}, USD per 1M tokens. Blank is the
          catalog’s rate, 0 is free.
        </>
      }
      width="lg"
    >
      {model !== null && <LoadedForm provider={provider} model={model} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

type LoadedFormProps = OverrideDialogProps & { model: string };

function LoadedForm({ provider, model, ...rest }: LoadedFormProps) {
  const { data, problem, refetch } = useData(RATE_CARD, { provider, model });
  if (data) return <OverrideForm provider={provider} card={data.rateCard} {...rest} />;
  if (problem) return <ErrorState title="The rate card could not be loaded" problem={problem} onRetry={refetch} />;
  return (
    <div aria-busy className="flex flex-col gap-5">
      {BUCKETS.map((bucket) => (
        <Skeleton key={bucket} className="h-10 w-full" />
      ))}
    </div>
  );
}

const QUIET_MS = 200;

type OverrideFormProps = Omit<OverrideDialogProps, 'model'> & { card: RateCard };

function OverrideForm({ provider, card, onClose, onSaved }: OverrideFormProps) {
  const [draft, setDraft] = useState<OverrideDraft>(() => draftOf(card.buckets));
  const [left, setLeft] = useState<ReadonlySet<Bucket>>(new Set());
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const save = useAction(SET_PRICE_OVERRIDE);
  useEffect(() => setRefused(save.problem?.fields ?? {}), [save.problem]);

  const rates = useMemo(() => ratesOf(draft), [draft]);
  const asked = useSettled(rates, QUIET_MS);
  const preview = useData(
    PREVIEW_RATE_CARD,
    { provider, model: card.model, rates: asked ?? [] },
    { pause: asked === null },
  );
  const example = preview.data?.previewRateCard.example ?? card.example;
  const warnings = new Map(preview.data?.previewRateCard.warnings.map(({ bucket, message }) => [bucket, message]));
  const needed = [
    ...(rates === null ? ['rates that can be read'] : []),
    ...(isChanged(draft, card.buckets) ? [] : ['a change']),
  ];
  const submit = async () => {
    if (rates === null) return;
    const input = { provider, model: card.model, rates };
    const answer = await save.run({ input }, { additionalTypenames: ['ProviderModel', 'RateCard', 'AuditEntry'] });
    if (!answer) return;
    toast(rates.length === 0 ? 'Back to the catalog from now on' : 'Prices apply to calls from now on');
    onSaved?.();
    onClose();
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (needed.length === 0 && !save.running) void submit();
      }}
    >
      {BUCKETS.map((bucket) => (
        <OverrideField
          key={bucket}
          bucket={bucket}
          catalogRate={card.buckets.find((entry) => entry.bucket === bucket)?.catalogUsdPerMillion ?? null}
          value={draft[bucket]}
          problem={
            refused[`rates.${bucket}`] ?? (left.has(bucket) ? (rateProblem(draft[bucket]) ?? undefined) : undefined)
          }
          warning={rateProblem(draft[bucket]) === null ? warnings.get(bucket) : undefined}
          onChange={(value) => {
            setDraft({ ...draft, [bucket]: value });
            setRefused({});
          }}
          onLeave={() => setLeft(new Set(left).add(bucket))}
        />
      ))}
      <div className="rounded-md bg-sunken px-3 py-2.5">
        <WorkedExample {...example} stale={preview.stale || asked !== rates} />
        <p className="mt-0.5 text-table text-ink-3">Applies to calls from now on; earlier calls keep their price.</p>
      </div>
      <FormFooter
        submitLabel="Save prices"
        missing={needed}
        running={save.running}
        problem={save.problem}
        onCancel={onClose}
      />
      {card.history.length > 0 && (
        <details>
          <summary className="w-fit text-table text-ink-2 hover:text-ink">Changes so far</summary>
          <div className="mt-3">
            <RateHistory history={card.history} />
          </div>
        </details>
      )}
    </form>
  );
}
