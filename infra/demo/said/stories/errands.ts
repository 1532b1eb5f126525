import type { Story } from '../story.js';
import { DAY_MS, HOUR_MS, nightAt } from './moments.js';

const NIGHTS = 5;
const TICKETS = [
  '38 tickets. Nine are about the same late parcel service; four ask for an invoice in another name; one customer threatens to leave (B-20790).',
  '41 tickets. The new checkout loses the voucher when the address is changed: eleven reports since noon, all on phones.',
  '29 tickets, a quiet day. Three praise the fitting guide. Two frames broke, both from the March batch.',
  '52 tickets. Half of them ask when green is back in stock. Payment review holds eight orders for more than a week.',
  '33 tickets. Two customers got each other’s parcel. The answer about winter tyres is wrong in French.',
];

const summary = (untilMs: number, night: number): Story => ({
  ...{ app: 'nightly-summaries', user: 'scheduler', agent: 'summaries', provider: 'openai-assistants' },
  ...{ model: 'gpt-5.4-mini', streamed: false, tags: { team: 'data' }, named: null, tools: [] },
  system: 'You summarise a day of support tickets for the people who run the shop. Numbers first, then what is new.',
  beginsAt: nightAt(untilMs, night),
  turns: [
    {
      asks: `Summarise the tickets of ${new Date(nightAt(untilMs, night) - DAY_MS / 2).toDateString()}.`,
      answer: { says: TICKETS[night % TICKETS.length] as string },
    },
  ],
});

const REVIEWS: readonly (readonly [hoursAgo: number, title: string, says: string])[] = [
  [
    2.7,
    'Round amounts once, at the end',
    '**1 finding.** `total.ts:48`: `Math.round` is still called for each line, so the total may differ from the sum shown by a cent. Move it out of the loop.',
  ],
  [
    21,
    'Retry the parcel service with jitter',
    '**2 findings.** `parcel.ts:19`: no upper bound for attempts. `parcel.ts:33`: a 400 is retried, too; it will not get better.',
  ],
  [
    47,
    'Remove the old voucher form',
    '**No finding.** The form has no caller left; its route and its test go with it.',
  ],
  [
    75,
    'Index orders by customer and day',
    '**1 finding.** The migration locks the table while it runs. Use `CREATE INDEX CONCURRENTLY`, outside a transaction.',
  ],
];

const review = (untilMs: number, [hoursAgo, title, says]: (typeof REVIEWS)[number]): Story => ({
  ...{ app: 'code-review', user: 'ci', agent: 'reviewer', provider: 'anthropic-agents', model: 'claude-sonnet-4-5' },
  ...{ streamed: true, tags: { team: 'platform', repo: 'shop' }, named: null, tools: [] },
  system: 'You review changes. Name file and line of each mistake, worst first. Say nothing about style.',
  beginsAt: untilMs - hoursAgo * HOUR_MS,
  turns: [{ asks: `Review the change “${title}”.`, answer: { says } }],
});

/** What runs by itself: a summary each night, a review of each change. */
export const errands = (untilMs: number): Story[] => [
  ...Array.from({ length: NIGHTS }, (_none, night) => summary(untilMs, night)).filter(
    ({ beginsAt }) => beginsAt < untilMs - HOUR_MS,
  ),
  ...REVIEWS.map((one) => review(untilMs, one)),
];
