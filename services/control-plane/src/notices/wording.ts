import type { UnpricedModel } from '@weir/clickhouse';
import type { NoticeType } from './notices.types.js';
import type { Silence } from './silence.js';

const answers = (count: number) => `${count} ${count === 1 ? 'answer' : 'answers'}`;

/** @param atLeast answers in a row that it takes */
export function usageMissing({ provider, endpoint, silent, estimated, since }: Silence, atLeast: number): NoticeType {
  const where = endpoint === null ? provider : `${endpoint} of ${provider}`;
  const calls = silent + estimated;
  const isEstimated = silent === 0;
  const rule = `Said from ${answers(atLeast)} in a row on; it ends with the first one that tells.`;
  return {
    id: `USAGE:${provider}:${endpoint ?? ''}`,
    kind: isEstimated ? 'USAGE_ESTIMATED' : 'USAGE_NOT_REPORTED',
    title: isEstimated ? `Usage of ${where} is estimated` : `${where} does not tell what it used`,
    detail: isEstimated
      ? `The last ${answers(calls)} did not tell what they used, and were counted from their text. ${rule}`
      : `None of the last ${answers(calls)} told, so the cost of ${silent === calls ? 'these' : silent} is unknown. ${rule}`,
    provider,
    endpoint,
    model: null,
    calls,
    since: new Date(since),
  };
}

/** What a provider's model could not be priced for, by reason; at least one. */
export function modelUnpriced(found: readonly [UnpricedModel, ...UnpricedModel[]]): NoticeType {
  const [{ provider, model }] = found;
  const calls = found.reduce((sum, one) => sum + one.calls, 0);
  const isExchange = found.every(({ reason }) => reason === 'exchange_rate_missing');
  const remedy = isExchange
    ? 'Its price is in a currency without an exchange rate: set one.'
    : 'A price set now can count from the first of them.';
  return {
    id: `MODEL_UNPRICED:${provider}:${model}`,
    kind: 'MODEL_UNPRICED',
    title: `${model || 'A model without a name'} has no price${isExchange ? ' in USD' : ''}`,
    detail: `${calls} ${calls === 1 ? 'call' : 'calls'} of ${provider} in the last 24 hours ${calls === 1 ? 'has' : 'have'} an unknown cost. ${remedy}`,
    provider,
    endpoint: null,
    model,
    calls,
    since: new Date(Math.min(...found.map(({ firstAt }) => firstAt))),
  };
}
