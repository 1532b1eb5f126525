'use client';
import { Badge } from '@/components/ui/badge';
import { Count, SignedUsd, Usd } from '@/components/ui/figure';
import type { ResultOf } from '@/graphql/graphql';
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

const cell = 'border-b border-line py-1.5 pl-4 text-right whitespace-nowrap';
const head = 'border-b border-line-2 py-1.5 pl-4 text-right text-caption font-medium text-ink-3';

/** Who moved the spend, the biggest difference first. Each leads to itself. */
export function DriverTable({ change, groupBy, groupText, onFilter }: DriverTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label={`Drivers by ${groupText}`} tabIndex={0} className="overflow-x-auto">
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
              <Usd amount={change.before.spend} />
            </td>
            <td className="py-1.5 pl-4 text-right">
              <Usd amount={change.after.spend} />
            </td>
            <td className="py-1.5 pl-4 text-right">
              <SignedUsd amount={change.difference} />
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
        <Usd amount={driver.before} className="text-ink-2" />
      </td>
      <td className={cell}>
        <Usd amount={driver.after} className="text-ink-2" />
      </td>
      <td className={cell}>
        <SignedUsd amount={driver.difference} />
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
