import { type State, Status } from '@/components/ui/status';

const STATES: Readonly<Record<string, State>> = {
  READY: 'ready',
  FAILING: 'failing',
  UNTESTED: 'untested',
  DISABLED: 'disabled',
};

/** What a provider can do at the moment; why not more is in the title. */
export function ProviderStatus({ status, reasons }: { status: string; reasons: readonly string[] }) {
  return <Status state={STATES[status] ?? 'untested'} {...(reasons.length > 0 ? { title: reasons.join('\n') } : {})} />;
}
