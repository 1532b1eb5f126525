'use client';
import { Badge } from '@/components/ui/badge';
import { Count, SignedUsd, Usd } from '@/components/ui/figure';
import { toScaled } from '@/decimal';
import { count, plural, UNKNOWN, usdSignedExact } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { knownSpend, type PartlyKnown } from '../known-spend';
import { GROUP_LABELS, type Group, valueLabel } from '../state/filters';
import type { CHANGE } from './queries';

export type Change = ResultOf<typeof CHANGE>['usageChange'];
type Driver = Change['drivers'][number];

interface DriverTableProps {
  change: Change;
  groupBy: Group;
  groupText: string;
  onFilter: (key: string) => void;
}

const cell = 'border-b border-line py-1.5 pl-4 text-right align-top whitespace-nowrap';
const head = 'border-b border-line-2 py-1.5 pl-4 text-right text-caption font-medium text-ink-3';

/** Who moved the spend, the biggest difference first. Each leads to itself. */
export function DriverTable({ change, groupBy, groupText, onFilter }: DriverTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label={`Drivers by ${groupText}`} tabIndex={0} className="relative overflow-x-auto">
      <table className="w-full border-separate border-spacing-0 text-table">
        <thead>
          <tr>
            <th scope="col" className={`${head} !pl-0 !text-left`}>
              {GROUP_LABELS[groupBy]}
            </th>
            <th scope="col" className={head}>
              Before
            </th>
            <th scope="col" className={head}>
              Now
            </th>
            <th scope="col" className={head}>
              Difference
            </th>
            <th scope="col" className={head}>
              Calls before
            </th>
            <th scope="col" className={head}>
              Calls now
            </th>
          </tr>
        </thead>
        <tbody>
          {change.drivers.map((driver) => (
            <Row key={driver.key} driver={driver} groupBy={groupBy} onFilter={onFilter} />
          ))}
          {!/^-?0(\.0*)?$/.test(change.otherDrivers) && (
            <tr>
              <td className={`${cell} !pl-0 !text-left text-ink-2`}>All others</td>
              <td className={cell} />
              <td className={cell} />
              <td className={cell}>
                <SignedUsd amount={change.otherDrivers} />
              </td>
              <td className={cell} />
              <td className={cell} />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr className="font-medium">
            <th scope="row" className="py-1.5 text-left font-medium">
              Total
            </th>
            <td className="py-1.5 pl-4 text-right">
              <Usd amount={knownSpend(change.before)} />
            </td>
            <td className="py-1.5 pl-4 text-right">
              <Usd amount={knownSpend(change.after)} />
            </td>
            <td className="py-1.5 pl-4 text-right">
              <Difference
                driver={{
                  before: change.before.spend,
                  unpricedBefore: change.before.unpricedCalls,
                  after: change.after.spend,
                  unpricedAfter: change.after.unpricedCalls,
                  difference: change.difference,
                }}
              />
            </td>
            <td className="py-1.5 pl-4 text-right">
              <Count value={change.before.calls} />
            </td>
            <td className="py-1.5 pl-4 text-right">
              <Count value={change.after.calls} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface RowProps {
  driver: Driver;
  groupBy: Group;
  onFilter: (key: string) => void;
}

function Row({ driver, groupBy, onFilter }: RowProps) {
  const label = driver.key === '' ? valueLabel(groupBy, '') : driver.label;
  return (
    <tr className="hover:bg-hover">
      <td className={`${cell} max-w-56 !pl-0 !text-left`}>
        <span className="flex items-center gap-2">
          <button
            type="button"
            onClick={() => onFilter(driver.key)}
            className="min-w-0 truncate rounded-sm text-left text-accent hover:underline"
          >
            <span className="sr-only">Filter to </span>
            {label}
          </button>
          {driver.isNew && <Badge>new</Badge>}
          {driver.isGone && <Badge>gone</Badge>}
          {driver.deleted && <Badge>deleted</Badge>}
        </span>
      </td>
      <td className={cell}>
        <Money spend={driver.before} unpricedCalls={driver.unpricedBefore} />
      </td>
      <td className={cell}>
        <Money spend={driver.after} unpricedCalls={driver.unpricedAfter} />
      </td>
      <td className={cell}>
        <Difference driver={driver} />
      </td>
      <td className={cell}>
        <Count value={driver.callsBefore} className="text-ink-2" />
      </td>
      <td className={cell}>
        <Count value={driver.callsAfter} className="text-ink-2" />
      </td>
    </tr>
  );
}

/** Money of a period, and how many of its calls are not in it. */
function Money(sum: PartlyKnown) {
  const { unpricedCalls } = sum;
  const amount = <Usd amount={knownSpend(sum)} className="text-ink-2" />;
  if (unpricedCalls === 0 || knownSpend(sum) === null) return amount;
  return (
    <>
      {amount}
      <span
        className="figures block text-caption leading-4 text-amber"
        title={`${plural(unpricedCalls, 'call')} without a price`}
      >
        + {count(unpricedCalls)} unpriced
      </span>
    </>
  );
}

type DifferenceOf = Pick<Driver, 'before' | 'unpricedBefore' | 'after' | 'unpricedAfter' | 'difference'>;

/** Between two amounts of which one is unknown there is none; the sums below take what is unknown for nothing. */
function Difference({ driver }: { driver: DifferenceOf }) {
  const isKnown =
    knownSpend({ spend: driver.before, unpricedCalls: driver.unpricedBefore }) !== null &&
    knownSpend({ spend: driver.after, unpricedCalls: driver.unpricedAfter }) !== null;
  if (isKnown) return <SignedUsd amount={driver.difference} />;
  if (toScaled(driver.difference) === 0n) {
    return (
      <span className="text-ink-3" title="Nothing of these calls has a price, so the difference is unknown">
        <span className="sr-only">unknown</span>
        <span aria-hidden>{UNKNOWN}</span>
      </span>
    );
  }
  return (
    <span className="estimated" title={`${usdSignedExact(driver.difference)} of what is priced: the rest is unknown`}>
      <SignedUsd amount={driver.difference} />
    </span>
  );
}
