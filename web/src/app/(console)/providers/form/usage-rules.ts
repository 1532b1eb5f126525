import { plural } from '../../../../format';
import { type ClientClosePolicy, typeOf, type UsageFallback } from './provider-type';
import type { FormContext, ProviderValues } from './values';

const WHOLE_NUMBER = /^\d{1,6}$/;
const LONGEST_DRAIN_SECONDS = 600;

/** What happens when an app hangs up: as chosen, else as is usual for the type. */
export function clientCloseOf(values: Pick<ProviderValues, 'type' | 'onClientClose'>, context: FormContext) {
  return values.onClientClose ?? typeOf(values, context)?.clientClose.policy ?? 'CANCEL';
}

/** What is wrong with the bound of draining; nothing while nothing is drained. */
export function drainProblem(values: ProviderValues, context: FormContext): string | null {
  if (clientCloseOf(values, context) !== 'DRAIN') return null;
  const text = values.drainSeconds.trim();
  const seconds = WHOLE_NUMBER.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= LONGEST_DRAIN_SECONDS
    ? null
    : `Enter whole seconds from 1 to ${LONGEST_DRAIN_SECONDS}.`;
}

/** As it is sent: what is usual for the type is null, so that it follows the type. */
export function usageRules(values: ProviderValues, context: FormContext) {
  const isDrained = clientCloseOf(values, context) === 'DRAIN';
  return {
    onClientClose: values.onClientClose,
    ...(isDrained && drainProblem(values, context) === null ? { drainSeconds: Number(values.drainSeconds) } : {}),
    usageFallback: values.usageFallback,
  };
}

/** `drain: the answer is read on for at most 30 seconds`. */
export function clientCloseText(policy: ClientClosePolicy, drainSeconds: number): string {
  return policy === 'CANCEL'
    ? 'cancel: the upstream request is broken off at once'
    : `drain: the answer is read on for at most ${plural(drainSeconds, 'second')}`;
}

export function fallbackText(usageFallback: UsageFallback): string {
  return usageFallback === 'NONE' ? 'left unknown' : 'estimated, and marked as such';
}
