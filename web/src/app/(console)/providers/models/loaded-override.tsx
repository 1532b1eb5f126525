'use client';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { useData } from '@/graphql/use-data';
import { EXCHANGE_RATES } from '../../ledger/exchange-rates/queries';
import type { OverrideDialogProps } from './override-dialog';
import { OverrideForm } from './override-form';
import { OverrideSaved } from './override-saved';
import { OverrideSkeleton } from './override-skeleton';
import { RATE_CARD } from './queries';

/** The contents of the dialog: the form once its card is there, and what comes next once it is saved. */
export function LoadedOverride({ model, onClose, onSaved, ...props }: OverrideDialogProps & { model: string }) {
  const { provider } = props;
  const [serviceTier, setServiceTier] = useState<string | null>(null);
  const [backdatedTo, setBackdatedTo] = useState<Date | null>(null);
  const card = useData(RATE_CARD, { provider, model, serviceTier });
  const exchange = useData(EXCHANGE_RATES, {}, { lists: ['ExchangeRate'] });
  const problem = card.problem ?? exchange.problem;
  if (backdatedTo) {
    return <OverrideSaved provider={provider} model={model} validFrom={backdatedTo} onClose={onClose} />;
  }
  if (!card.data || !exchange.data) {
    if (!problem) return <OverrideSkeleton />;
    const retry = () => {
      card.refetch();
      exchange.refetch();
    };
    return <ErrorState title="The rate card could not be loaded" problem={problem} onRetry={retry} />;
  }
  return (
    <OverrideForm
      // Another tier is another override.
      key={serviceTier ?? ''}
      {...props}
      card={card.data.rateCard}
      exchangeRates={exchange.data.exchangeRates}
      serviceTier={serviceTier}
      onServiceTier={setServiceTier}
      onCancel={onClose}
      onSaved={(validFrom) => {
        onSaved?.(validFrom);
        if (validFrom && !onSaved) setBackdatedTo(validFrom);
        else onClose();
      }}
    />
  );
}
