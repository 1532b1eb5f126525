import { cn } from '@/components/ui/cn';
import type { Appearances } from './appearance';
import { Swatch } from './hatch';
import { type Readout, rowsWithin } from './readout-model';

interface ReadoutProps {
  id: string;
  readout: Readout;
  looks: Appearances;
  /** The series pointed at. */
  seriesKey: string | null;
  /** Rows there is room for. */
  room: number;
}

/** Every figure of one bucket, exactly, in the order of the stack. */
export function ReadoutBox({ id, readout, looks, seriesKey, room }: ReadoutProps) {
  const { rows, more } = rowsWithin(readout.rows, room, seriesKey);
  return (
    <div className="rounded-lg border border-line bg-raised p-2.5 text-caption shadow-float">
      <div className="mb-1.5 font-medium">{readout.title}</div>
      {rows.length > 0 && (
        <table className="w-full border-separate border-spacing-y-0.5">
          <tbody>
            {rows.toReversed().map((row, position) => {
              const look = looks.get(row.key);
              return (
                <tr key={row.key} className={cn(row.key === seriesKey ? 'font-medium' : 'text-ink-2')}>
                  <td className="w-5 pr-1.5">
                    {look && <Swatch id={`${id}-readout-${position}`} appearance={look} />}
                  </td>
                  <td className="max-w-32 truncate pr-3">{row.label}</td>
                  <td className="figures text-right whitespace-nowrap text-ink">{row.text}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            {more > 0 && (
              <tr className="text-ink-3">
                <td />
                <td colSpan={2}>and {more} more: up and down read them</td>
              </tr>
            )}
            {readout.total !== null && readout.rows.length > 1 && (
              <tr>
                <td />
                <td className="pt-1 pr-3 text-ink-2">Total</td>
                <td className="figures pt-1 text-right font-medium whitespace-nowrap">{readout.total}</td>
              </tr>
            )}
          </tfoot>
        </table>
      )}
      {readout.lines.length > 0 && (
        <dl className={cn('flex flex-col gap-1', rows.length > 0 && 'mt-1.5 border-t border-line pt-1.5')}>
          {readout.lines.map(({ label, text, tone }) => (
            <div key={`${label} ${text}`} className="flex justify-between gap-3">
              <dt className={cn('shrink-0 text-ink-2', tone && 'text-amber')}>{label}</dt>
              <dd className="figures min-w-0 text-right break-words">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
