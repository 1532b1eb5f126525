import { count } from '@/format';

interface Counts {
  readonly calls: number;
  readonly attempts: number;
  readonly pricedCalls: number;
  readonly freeCalls: number;
  readonly unpricedCalls: number;
  readonly unknownUsageCalls: number;
  readonly estimatedCalls: number;
}

/** How many calls stand behind a total, and how sure it is of them. Kinds there are none of are left out. */
export function CallCounts({ receipt }: { receipt: Counts }) {
  const { calls, attempts, pricedCalls, freeCalls, unpricedCalls, unknownUsageCalls, estimatedCalls } = receipt;
  const facts: readonly [label: string, value: number, always?: boolean][] = [
    ['Calls', calls, true],
    ['Attempts', attempts === calls ? 0 : attempts],
    ['Priced', pricedCalls, true],
    ['of them free', freeCalls],
    ['of them estimated', estimatedCalls],
    ['Unpriced', unpricedCalls, true],
    ['of them usage unknown', unknownUsageCalls],
  ];
  return (
    <dl className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
      {facts
        .filter(([, value, always]) => always || value > 0)
        .map(([label, value]) => (
          <div key={label}>
            <dt className="text-caption text-ink-3">{label}</dt>
            <dd className={label === 'Unpriced' && value > 0 ? 'figures text-amber' : 'figures'}>{count(value)}</dd>
          </div>
        ))}
    </dl>
  );
}
