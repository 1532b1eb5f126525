import { type State, Status } from '@/components/ui/status';
import type { RestatementRow } from './queries';

const STATES: Readonly<Record<RestatementRow['state'], { state: State; label: string; title: string }>> = {
  PREVIEWING: { state: 'running', label: 'Previewing', title: 'Every call in range is rated again; nothing is booked' },
  READY: { state: 'attention', label: 'Ready to book', title: 'The difference is known; nothing is booked yet' },
  BOOKING: { state: 'running', label: 'Booking', title: 'Reversals and new entries are being written' },
  BOOKED: { state: 'completed', label: 'Booked', title: 'Every reversal and new entry is written' },
  FAILED: { state: 'failed', label: 'Failed', title: 'It could not be finished' },
  CANCELLED: { state: 'cancelled', label: 'Cancelled', title: 'Nothing was booked' },
};

/** Its state changes by itself. */
export function isUnderWay({ state }: Pick<RestatementRow, 'state'>): boolean {
  return state === 'PREVIEWING' || state === 'BOOKING';
}

type Stated = Pick<RestatementRow, 'state' | 'reversedBy'>;

export function RestatementStatus({ of: { state, reversedBy } }: { of: Stated }) {
  if (state === 'BOOKED' && reversedBy?.state === 'BOOKED') {
    const title = `Restatement #${reversedBy.number} takes its entries back`;
    return <Status state="reversed" label={`Reversal #${reversedBy.number}`} title={title} />;
  }
  return <Status {...STATES[state]} />;
}
