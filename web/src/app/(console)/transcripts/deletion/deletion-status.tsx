import { type State, Status } from '@/components/ui/status';
import type { Deletion } from './queries';

const STATES: Readonly<Record<Deletion['state'], { state: State; label: string; title: string }>> = {
  WAITING: { state: 'running', label: 'Deleting', title: 'Every store is being cleared, and counted once more' },
  DONE: { state: 'completed', label: 'Deleted', title: 'Nothing was found to be left in any store' },
  FAILED: { state: 'failed', label: 'Failed', title: 'It could not be finished' },
};

export const DeletionStatus = ({ state }: Pick<Deletion, 'state'>) => <Status {...STATES[state]} />;
