import { registerEnumType } from '@nestjs/graphql';
import { ABORT_ACTIONS, OUTCOMES, USAGE_SOURCES } from '@weir/contracts';

/** `['a', 'b']` -> `{ a: 'a', b: 'b' }`, the form Nest wants. */
const named = <Name extends string>(names: readonly Name[]): { [N in Name]: N } =>
  Object.fromEntries(names.map((name) => [name, name])) as { [N in Name]: N };

export const Outcome = named(OUTCOMES);
export type Outcome = keyof typeof Outcome;
export const UsageSource = named(USAGE_SOURCES);
export type UsageSource = keyof typeof UsageSource;
export const AbortAction = named(ABORT_ACTIONS);
export type AbortAction = keyof typeof AbortAction;
export const RatingStatus = named(['reported', 'computed', 'estimated', 'free', 'unpriced']);
export type RatingStatus = keyof typeof RatingStatus;
export const Interval = named(['hour', 'day', 'month']);
export type Interval = keyof typeof Interval;
export const UsageDimension = named([
  'provider',
  'provider_type',
  'model',
  'app',
  'user',
  'agent',
  'environment',
  'tag',
  'token_type',
  'cost_type',
]);
export type UsageDimension = keyof typeof UsageDimension;
export const UsageOrder = named(['spend', 'calls', 'tokens', 'key']);
export type UsageOrder = keyof typeof UsageOrder;

registerEnumType(Outcome, { name: 'Outcome' });
registerEnumType(UsageSource, { name: 'UsageSource' });
registerEnumType(AbortAction, { name: 'AbortAction' });
registerEnumType(RatingStatus, { name: 'RatingStatus' });
registerEnumType(Interval, { name: 'Interval' });
registerEnumType(UsageDimension, { name: 'UsageDimension' });
registerEnumType(UsageOrder, { name: 'UsageOrder' });
