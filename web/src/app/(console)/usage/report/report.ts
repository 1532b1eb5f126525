import { bytes, count, plural } from '../../../../format';
import type { Report } from './queries';

type Told = Pick<Report, 'state' | 'progress' | 'rows' | 'bytes' | 'problem'>;

/** Whether it still changes by itself. */
export const isUnderWay = ({ state }: Pick<Report, 'state'>): boolean => state === 'waiting' || state === 'running';

/** `1,204 rows, 88.1 KiB`, or why there is nothing to take along and what to do. */
export function reportText({ state, progress, rows, bytes: size, problem }: Told): string {
  switch (state) {
    case 'waiting':
      return problem ?? 'Waits for its turn';
    case 'running': {
      // One of a single piece is at nothing until it is whole.
      const done =
        progress === 0 && rows === 0
          ? 'Being worked out'
          : `${Math.floor(progress * 100)} %, ${plural(rows, 'row')} so far`;
      return problem === null ? done : `${done}. ${problem}`;
    }
    case 'ready':
      return `${count(rows)} ${rows === 1 ? 'row' : 'rows'}, ${bytes(size)}`;
    case 'failed':
      return problem ?? 'It could not be written. Create it again with a shorter range or fewer parts.';
    case 'cancelled':
      return 'Stopped before it was written whole';
    case 'expired':
      return 'The file is gone; create it again';
  }
}
