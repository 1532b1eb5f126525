import { Count } from '@/components/ui/figure';
import type { Deletion } from './queries';
import { STORES } from './receipt';

const CELL = 'h-9 border-b border-line px-2 first:pl-0 last:pr-0';

/** Rows of each store that the order was about, before and after. */
export function StoresTable({ tables }: { tables: NonNullable<Deletion['tables']> }) {
  return (
    <table className="w-full text-table">
      <thead className="text-left text-caption text-ink-3">
        <tr>
          <th scope="col" className={`${CELL} font-normal`}>
            Store
          </th>
          <th scope="col" className={`${CELL} text-right font-normal`}>
            Rows before
          </th>
          <th scope="col" className={`${CELL} text-right font-normal`}>
            Rows after
          </th>
        </tr>
      </thead>
      <tbody>
        {tables.map(({ table, found, left }) => (
          <tr key={table}>
            <th scope="row" className={`${CELL} text-left font-normal`}>
              {STORES[table] ?? table}
              {STORES[table] && (
                <span className="ml-2 hidden font-mono text-caption text-ink-3 sm:inline">{table}</span>
              )}
            </th>
            <td className={`${CELL} text-right`}>
              <Count value={found} />
            </td>
            <td className={`${CELL} text-right`}>
              <Count value={left} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
