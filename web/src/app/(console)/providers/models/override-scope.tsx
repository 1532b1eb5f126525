'use client';
import { Field } from '@/components/ui/field';
import { Link } from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { minuteTime } from '@/format';
import { rateInForce } from '../../ledger/exchange-rates/in-force';
import type { ExchangeRate } from '../../ledger/exchange-rates/queries';
import { SERVICE_TIERS, tierLabel } from './service-tiers';

interface OverrideScopeProps {
  currency: string;
  onCurrency: (currency: string) => void;
  exchangeRates: readonly ExchangeRate[];
  serviceTier: string | null;
  onServiceTier: (tier: string | null) => void;
  /** null = from now on. */
  from: Date | null;
}

const EVERY = 'every';
const TIERS = [EVERY, ...SERVICE_TIERS].map((value) => ({
  value,
  label: tierLabel(value === EVERY ? null : value),
}));

/** In which currency the rates are, and for which calls by service tier. */
export function OverrideScope(props: OverrideScopeProps) {
  const { currency, onCurrency, exchangeRates, serviceTier, onServiceTier } = props;
  const currencies = [...new Set(['USD', ...exchangeRates.map((rate) => rate.currency), currency])];
  return (
    <div className="grid gap-4 border-b border-line pb-4 sm:grid-cols-2">
      <Field label="Currency" help={<ExchangeRateText {...props} />}>
        {({ 'aria-required': _, ...control }) => (
          <Select
            {...control}
            className="w-full"
            value={currency}
            onChange={onCurrency}
            options={currencies.map((value) => ({ value, label: value }))}
          />
        )}
      </Field>
      <Field
        label="Service tier"
        help={
          serviceTier === null
            ? 'A rate for one tier goes before one for every tier.'
            : 'Only calls served at this tier.'
        }
      >
        {({ 'aria-required': _, ...control }) => (
          <Select
            {...control}
            className="w-full"
            value={serviceTier ?? EVERY}
            onChange={(tier) => onServiceTier(tier === EVERY ? null : tier)}
            options={TIERS}
          />
        )}
      </Field>
    </div>
  );
}

function ExchangeRateText({ currency, exchangeRates, from }: OverrideScopeProps) {
  const link = (
    <Link href="/ledger?tab=exchange-rates" className="text-accent underline">
      exchange rates
    </Link>
  );
  if (currency === 'USD') return <>For another, set its rate first: {link}.</>;
  const rate = rateInForce(exchangeRates, currency);
  if (!rate)
    return (
      <span className="text-amber">
        {currency} has no exchange rate, so calls stay unpriced: {link}.
      </span>
    );
  const begins = exchangeRates
    .filter((other) => other.currency === currency)
    .map(({ validFrom }) => validFrom)
    .sort()[0];
  if (from && begins && from < new Date(begins)) {
    return (
      <span className="text-amber">
        There is no exchange rate before {minuteTime(begins)}: earlier calls stay unpriced. See {link}.
      </span>
    );
  }
  return (
    <>
      1 {currency} is {rate.usdPerUnit} USD since {minuteTime(rate.validFrom)}. Each call takes the rate of its time.
    </>
  );
}
