import { count, percent } from '@/format';
import type { Restatement } from '../queries';

/** How far the worker has come, with the exact counts. */
export function Progress({ restatement: { state, progress } }: { restatement: Restatement }) {
  const { total } = progress;
  const done = total === null ? 0 : Math.min(progress.done, total);
  const label = state === 'BOOKING' ? 'Writing entries' : 'Rating calls again';
  const text =
    total === null ? 'Waiting for a worker' : `${count(done)} of ${count(total)} calls${shareOf(done, total)}`;
  return (
    <div className="mb-6 max-w-[720px]">
      <div className="mb-1.5 flex flex-wrap justify-between gap-x-4 text-table">
        <span>{label}</span>
        <span className="figures text-ink-2">{text}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total || 1}
        aria-valuenow={done}
        aria-valuetext={text}
        className="h-1 overflow-hidden rounded-full bg-pressed"
      >
        <div className="h-full bg-accent" style={{ width: total ? `${(done / total) * 100}%` : '0' }} />
      </div>
    </div>
  );
}

const shareOf = (done: number, total: number) => (total === 0 ? '' : `, ${percent(done, total)}`);
