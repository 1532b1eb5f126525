import { Status } from '@/components/ui/status';
import type { ConversationStatus as Value } from './search-params';

const STATES = { running: 'running', completed: 'completed', error: 'failed' } as const;
const LABELS = { running: 'Running', completed: 'Completed', error: 'Error' } as const;

export function ConversationStatus({ status, errorCode }: { status: Value; errorCode: string | null }) {
  return <Status state={STATES[status]} label={LABELS[status]} {...(errorCode === null ? {} : { title: errorCode })} />;
}
