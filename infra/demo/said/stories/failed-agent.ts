import type { Story, Turn } from '../story.js';
import { DAY_MS, lastNoon } from './moments.js';

const OVERLOADED = { status: 529, type: 'overloaded_error', message: 'Overloaded' };
const failed = (isRepeat: boolean, afterMs?: number): Turn => ({
  answer: { fails: OVERLOADED },
  isRepeat,
  ...(afterMs !== undefined && { afterMs }),
});

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** What went wrong around noon: a tool that failed, then an upstream that had no room, three times over. */
export function failedAgent(untilMs: number): Story {
  const noon = lastNoon(untilMs);
  const day = dayOf(noon);
  const yesterday = dayOf(noon - DAY_MS);
  const from = dayOf(noon - 21 * DAY_MS);
  return {
    ...{ app: 'billing-agent', user: 'month-end', agent: 'statements', provider: 'anthropic-agents' },
    ...{ model: 'claude-sonnet-4-5', streamed: true, tags: { team: 'finance', job: 'statements' } },
    named: { header: 'x-weir-conversation', id: `statements-${day}` },
    system:
      'You reconcile the statements of business customers with the ledger.\nNever write to the ledger. Where the ledger and the bank differ, say by how much and since when. Amounts are in EUR.',
    tools: [
      { name: 'list_accounts', does: 'Accounts whose statement is due', parameters: ['due_on'] },
      { name: 'query_ledger', does: 'Entries of an account in the ledger', parameters: ['account', 'from', 'to'] },
      { name: 'query_archive', does: 'Entries that are older than a month', parameters: ['account', 'from', 'to'] },
      { name: 'bank_balance', does: 'The balance the bank states', parameters: ['account', 'on'] },
    ],
    beginsAt: noon,
    turns: [
      {
        asks: 'Reconcile the statements that are due today and list the differences.',
        answer: {
          says: 'First the accounts.',
          calls: [
            {
              ...{ name: 'list_accounts', input: { due_on: 'today' } },
              result: '[{"account":"DE-4410","customer":"Nordhaus"},{"account":"DE-4427","customer":"Velo Werk"}]',
              takesMs: 640,
            },
          ],
        },
      },
      {
        answer: {
          calls: [
            {
              ...{ name: 'query_ledger', input: { account: 'DE-4410', from, to: day } },
              result:
                '{"entries":14,"sum":"18204.10","last":{"id":"le-90211","amount":"-312.00","text":"credit note CN-118"}}',
              takesMs: 1_200,
            },
            {
              ...{ name: 'bank_balance', input: { account: 'DE-4410', on: 'today' } },
              ...{ result: '{"balance":"18516.10"}', takesMs: 800 },
            },
          ],
        },
      },
      {
        answer: {
          says: 'DE-4410 differs by 312.00: credit note CN-118 is in the ledger and not at the bank. Next is DE-4427.',
          calls: [
            {
              ...{ name: 'query_ledger', input: { account: 'DE-4427', from, to: day } },
              result:
                'LedgerUnavailable: ledger-replica-2 did not answer within 5000 ms (connection pool: 0 of 20 free)',
              ...{ isError: true, takesMs: 5_040 },
            },
          ],
        },
      },
      {
        answer: {
          says: 'The ledger does not answer. The archive holds the same entries up to yesterday.',
          calls: [
            {
              ...{ name: 'query_archive', input: { account: 'DE-4427', from, to: yesterday } },
              ...{ result: `{"entries":31,"sum":"7740.55","complete_until":"${yesterday}"}`, takesMs: 2_300 },
            },
          ],
        },
      },
      failed(false),
      failed(true),
      failed(true, 8_000),
    ],
  };
}
