'use client';
import { SignedUsd, Usd } from '@/components/ui/figure';
import { Section } from '@/components/ui/section';
import { day } from '@/format';
import { wallOf } from '@/zone';
import { Method } from '../sections/method';
import { Quiet } from '../sections/quiet';
import { GROUP_LABELS, valueLabel } from '../state/filters';
import type { UsageState } from '../state/use-usage-state';
import { SectionProblem } from '../states/section-problem';
import { type Anomalies, type FoundAnomaly, narrowToCause } from './use-anomalies';

interface AnomaliesSectionProps {
  state: UsageState;
  anomalies: Anomalies;
}

/** Days out of line, each with the cause that explains most of it. */
export function AnomaliesSection({ state, anomalies: { found, method, problem, refetch } }: AnomaliesSectionProps) {
  return (
    <Section
      title="Unusual days"
      description={<Quiet>Days whose spend is far from what the days before let expect</Quiet>}
      actions={method && <Method text={method} of="what is unusual" />}
    >
      {found ? (
        found.length > 0 ? (
          <ul className="border-t border-line">
            {found.map((one) => (
              <Found key={`${one.day} ${one.dimension} ${one.key}`} one={one} state={state} />
            ))}
          </ul>
        ) : (
          <p className="text-ink-2">No day in this range is out of line.</p>
        )
      ) : problem ? (
        <SectionProblem
          title="Unusual days could not be looked for"
          problem={problem}
          state={state}
          onRetry={refetch}
        />
      ) : (
        <p className="text-ink-3">Every provider, model, app and user is held against its days before.</p>
      )}
    </Section>
  );
}

function Found({ one, state }: { one: FoundAnomaly; state: UsageState }) {
  const name = one.key === '' ? valueLabel(one.dimension, '') : one.label;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-6 gap-y-0.5 border-b border-line py-2 text-table max-sm:grid-cols-[minmax(0,1fr)_auto]">
      <span className="figures whitespace-nowrap text-ink-2 max-sm:col-span-2">
        {day(new Date(wallOf(Date.parse(one.day), state.zone.name)))}
      </span>
      <span className="min-w-0">
        <button
          type="button"
          onClick={() => state.narrow(narrowToCause(state, one))}
          className="rounded-sm text-left font-medium text-accent hover:underline"
        >
          <span className="sr-only">Filter to </span>
          <span className="font-normal text-ink-2">{GROUP_LABELS[one.dimension]}</span> {name}
        </button>
        <span className="block text-ink-2">{one.cause}</span>
      </span>
      <span className="text-right whitespace-nowrap">
        <SignedUsd amount={one.excess} className="font-medium" />
        <span className="block text-caption text-ink-3">
          <Usd amount={one.actual} />, <Usd amount={one.expected} /> expected
        </span>
      </span>
    </li>
  );
}
