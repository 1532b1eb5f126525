import { exactTime } from '@/format';
import type { Deletion } from './queries';
import { spoolText } from './receipt';

const CELL = 'h-9 border-b border-line px-2 py-1.5 first:pl-0 last:pr-0';

/** What each proxy held on its disk when the order was done. */
export function SpoolsTable({ spools, doneAt }: { spools: NonNullable<Deletion['spools']>; doneAt: string }) {
  return (
    <table className="w-full text-table">
      <thead className="text-left text-caption text-ink-3">
        <tr>
          <th scope="col" className={`${CELL} font-normal`}>
            Proxy
          </th>
          <th scope="col" className={`${CELL} font-normal`}>
            Waited on its disk
          </th>
          <th scope="col" className={`${CELL} text-right font-normal`}>
            Told
          </th>
        </tr>
      </thead>
      <tbody>
        {spools.map((spool) => (
          <tr key={spool.proxyId}>
            <th scope="row" className={`${CELL} break-all text-left font-mono font-normal text-caption`}>
              {spool.proxyId}
            </th>
            <td className={CELL}>{spoolText(spool, doneAt)}</td>
            <td className={`${CELL} figures text-right`}>{exactTime(spool.seenAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
