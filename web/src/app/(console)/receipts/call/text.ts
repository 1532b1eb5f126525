import { exactTime, usdExact } from '../../../../format';
import { type Head, receiptText, standingText } from '../receipt-text';
import { abortText, meterText } from '../wording';
import type { Receipt } from './call-receipt';

/** The receipt of a call as plain text, down to the raw usage. */
export function callReceiptText({ call, standing, meters, entries, rawUsage, ...stated }: Receipt): string {
  const head: Head = [
    ['Call', call.callId],
    ['Event', call.eventId],
    ['Attempt', call.attempt > 1 ? String(call.attempt) : null],
    ['Started', exactTime(call.startedAt)],
    ['Provider', `${call.provider}${call.providerType ? ` (${call.providerType})` : ''}`],
    ['Model asked for', call.requestedModel],
    ['Model served', call.servedModel],
    ['Service tier', call.serviceTier],
    ['App', `${call.app}, ${call.environment}`],
    ['Outcome', call.outcome],
    ['Ending', abortText(call)],
    ['Rating', standing ? standingText(standing.status, standing.reason) : 'not rated yet'],
    ['Price version', standing?.priceVersion ?? null],
  ];
  return receiptText({
    title: 'Receipt of a call',
    head,
    groups: [{ key: 'call', title: null, lines: standing?.lines ?? [] }],
    total: standing?.cost ?? null,
    foot: [
      '',
      ...meters.map(
        ({ meter, quantity, estimated }) => `${meterText(meter)}: ${quantity}${estimated ? ' (estimated)' : ''}`,
      ),
      stated.providerStatedCostUsd === null
        ? null
        : `The upstream itself stated ${usdExact(stated.providerStatedCostUsd)}; difference ${stated.statedDifference === null ? 'unknown' : usdExact(stated.statedDifference)}`,
      ...entries.map(({ kind, ratedAt, cost, restatement }) =>
        [
          `Ledger: ${kind.toLowerCase()} ${exactTime(ratedAt)}, ${usdExact(cost)}`,
          restatement &&
            `restatement ${restatement.number}${restatement.by ? ` by ${restatement.by}` : ''}: ${restatement.reason}`,
        ]
          .filter(Boolean)
          .join(', '),
      ),
      rawUsage === null ? null : `Usage as the upstream sent it: ${rawUsage}`,
    ],
  });
}
