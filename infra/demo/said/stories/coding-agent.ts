import type { Story, Tool, Turn } from '../story.js';
import { DAY_MS, HOUR_MS } from './moments.js';

const TOOLS: readonly Tool[] = [
  { name: 'Grep', does: 'Searches file contents with a regular expression', parameters: ['pattern', 'path'] },
  { name: 'Read', does: 'Reads a file', parameters: ['file_path', 'offset', 'limit'] },
  { name: 'Edit', does: 'Replaces a text in a file', parameters: ['file_path', 'old_string', 'new_string'] },
  { name: 'Bash', does: 'Runs a command in a shell', parameters: ['command', 'description'] },
  { name: 'Task', does: 'Starts an agent for a task of several steps', parameters: ['prompt', 'description'] },
];

const SYSTEM = `You are a coding agent in a terminal. You work in the repository /srv/shop, a TypeScript monorepo with pnpm.

Rules of this repository:
- Small changes; one purpose each. No new dependency without being asked.
- Money is integer cents. Dates are Temporal, never Date.
- A bug gets a test that fails without the change. Run the tests of what you touched before you say that it works.
- Do not guess what a file holds: read it.`;

const ERRAND =
  'Read the tests of the invoice export below packages/export/test and report which of them cover more than one page of rows.';

const EXPORT_TS = `     1\timport { pool } from '../db.js';
     2\timport { toCsv } from './csv.js';
     3\t
     4\texport async function exportInvoices(customerId: string): Promise<string> {
     5\t  const { rows } = await pool.query('SELECT * FROM invoices WHERE customer_id = $1 ORDER BY issued_at', [customerId]);
     6\t  let csv = '';
     7\t  for (const row of rows) {
     8\t    const lines = await pool.query('SELECT * FROM invoice_lines WHERE invoice_id = $1', [row.id]);
     9\t    csv = csv + toCsv(row, lines.rows);
    10\t  }
    11\t  return csv;
    12\t}`;

const FIXED = `  const rows = await pool.query(INVOICES_WITH_LINES, [customerId]);
  const parts: string[] = [];
  for (const [invoice, lines] of grouped(rows)) parts.push(toCsv(invoice, lines));
  return parts.join('');`;

const search: Turn = {
  asks: 'The invoice export times out for customers with more than 10,000 invoices. Find out why and fix it.',
  answer: {
    thinks:
      'A time-out that depends on the number of rows: a query for each row, or a string that grows. I look for the export first.',
    says: 'I start with where the export is made.',
    calls: [
      {
        ...{ name: 'Grep', input: { pattern: 'exportInvoices', path: 'packages' } },
        result:
          'packages/export/src/invoices.ts:4:export async function exportInvoices(customerId: string)\npackages/api/src/routes/invoices.ts:31:  const csv = await exportInvoices(customer.id);\npackages/export/test/invoices.test.ts:3:import { exportInvoices } from "../src/invoices.js";',
        takesMs: 320,
      },
      {
        ...{ name: 'Read', input: { file_path: 'packages/export/src/invoices.ts' } },
        ...{ result: EXPORT_TS, takesMs: 90 },
      },
    ],
  },
};

const delegate: Turn = {
  answer: {
    says: 'Line 8 asks the database once for each invoice, and line 9 copies the whole text each time. Before I change it I want to know what the tests hold.',
    calls: [
      {
        ...{ name: 'Task', input: { description: 'Which tests cover pages', prompt: ERRAND } },
        result:
          'None of the 7 tests has more than 3 invoices. `exports_in_order` is the only one that looks at the order of lines.',
        takesMs: 400,
        agent: {
          id: 'a7c1f0',
          system: 'You read code and report. You change nothing.',
          turns: [
            {
              asks: ERRAND,
              answer: {
                calls: [
                  {
                    ...{ name: 'Grep', input: { pattern: '^test\\(|invoices\\(', path: 'packages/export/test' } },
                    result:
                      "invoices.test.ts:9:test('an empty export has its head alone', …\ninvoices.test.ts:17:test('amounts are in cents', …\ninvoices.test.ts:26:test('exports_in_order', …\ninvoices.test.ts:41:test('a credit note is negative', …\n… 3 more",
                    takesMs: 210,
                  },
                ],
              },
            },
            {
              answer: {
                calls: [
                  {
                    ...{ name: 'Read', input: { file_path: 'packages/export/test/invoices.test.ts', offset: 20 } },
                    result:
                      "    26\ttest('exports_in_order', async () => {\n    27\t  await seed([invoice('2026-03'), invoice('2026-01'), invoice('2026-02')]);\n    28\t  expect(months(await exportInvoices('c1'))).toEqual(['2026-01', '2026-02', '2026-03']);\n    29\t});",
                    takesMs: 80,
                  },
                ],
              },
            },
            {
              answer: {
                says: 'None of the 7 tests has more than 3 invoices. `exports_in_order` is the only one that looks at the order of lines.',
              },
            },
          ],
        },
      },
    ],
  },
};

const edit: Turn = {
  answer: {
    says: 'One query with a join, and the parts joined once at the end. First the test that fails today.',
    calls: [
      {
        name: 'Edit',
        input: {
          file_path: 'packages/export/test/invoices.test.ts',
          old_string: "test('a credit note is negative'",
          new_string:
            "test('asks the database once, however many invoices there are', async () => {\n  await seed(manyInvoices(12_000));\n  const queries = await counted(() => exportInvoices('c1'));\n  expect(queries).toBe(1);\n});\n\ntest('a credit note is negative'",
        },
        ...{ result: 'The file packages/export/test/invoices.test.ts has been updated.', takesMs: 60 },
      },
      {
        name: 'Edit',
        input: {
          ...{ file_path: 'packages/export/src/invoices.ts', old_string: 'const { rows } = await pool.query(' },
          new_string: FIXED,
        },
        ...{ result: 'The file packages/export/src/invoices.ts has been updated.', takesMs: 60 },
      },
    ],
  },
};

const tests = (result: string, isError: boolean, says: string): Turn => ({
  answer: {
    says,
    calls: [
      {
        ...{ name: 'Bash', input: { command: 'pnpm --filter export test', description: 'Run the tests' } },
        ...{ result, isError, takesMs: 9_400 },
      },
    ],
  },
});

const shared = { app: 'code-agent', provider: 'anthropic-agents', streamed: true, system: SYSTEM, tools: TOOLS };

/** A mistake found, a sub-agent asked, a test that fails and then does not. */
export const codingAgent = (untilMs: number): Story => ({
  ...shared,
  ...{ user: 'mara', agent: 'claude-code', model: 'claude-sonnet-4-5', tags: { team: 'platform', repo: 'shop' } },
  named: { header: 'x-claude-code-session-id', id: '7d0f6a52-3f0b-4f0e-9a83-2f6d1c5b7e10' },
  beginsAt: untilMs - 1.6 * HOUR_MS,
  turns: [
    search,
    delegate,
    edit,
    tests(
      'FAIL  test/invoices.test.ts > exports_in_order\nAssertionError: expected [ "2026-03", "2026-01", "2026-02" ] to deeply equal [ "2026-01", "2026-02", "2026-03" ]\n\nTests  1 failed | 7 passed (8)\nexit code 1',
      true,
      'Now the tests.',
    ),
    {
      answer: {
        says: 'The join lost the order. It goes into the query, not into the loop.',
        calls: [
          {
            name: 'Edit',
            input: {
              file_path: 'packages/export/src/invoices.ts',
              old_string: 'JOIN invoice_lines USING (invoice_id)',
              new_string: 'JOIN invoice_lines USING (invoice_id)\n  ORDER BY issued_at, invoice_id, position',
            },
            ...{ result: 'The file packages/export/src/invoices.ts has been updated.', takesMs: 60 },
          },
        ],
      },
    },
    tests('Tests  8 passed (8)\nDuration  6.21s', false, 'Once more.'),
    {
      answer: {
        says: '**Why:** the export asked the database once for each invoice (12,001 queries for 12,000 invoices) and copied the whole text each time.\n\n**Now:** one query with a join, ordered by date and position; the parts are joined once. 12,000 invoices take 0.9 s instead of 41 s here.\n\nThe new test counts queries and fails without the change. All 8 tests pass.',
      },
    },
    {
      asks: 'Good. Is the order of two invoices of the same day certain?',
      answer: {
        says: 'Yes: by `invoice_id` after the day, which is unique. Before, it was whatever the database returned.',
      },
    },
  ],
});

const FILES = 34;

const MODULES = ['orders', 'billing', 'stock', 'returns', 'reports', 'mail', 'search', 'accounts'];

function moved(at: number): Turn[] {
  const file = `packages/${MODULES[at % MODULES.length]}/src/${['due', 'period', 'calendar', 'format', 'window'][at % 5]}-${at + 1}.ts`;
  const line = 12 + ((at * 7) % 60);
  const before = `const due = addDays(new Date(order.createdAt), ${7 + at});`;
  return [
    {
      answer: {
        calls: [
          {
            ...{ name: 'Read', input: { file_path: file, offset: line - 3, limit: 8 } },
            result: `${line - 1}\texport function dueOf(order: Order) {\n${line}\t  ${before}\n${line + 1}\t  return due;\n${line + 2}\t}`,
            takesMs: 70,
          },
        ],
      },
    },
    {
      answer: {
        says: `${at + 1} of ${FILES}: ${file}.`,
        calls: [
          {
            name: 'Edit',
            input: {
              ...{ file_path: file, old_string: before },
              new_string: `const due = Temporal.PlainDate.from(order.createdAt).add({ days: ${7 + at} });`,
            },
            ...{ result: `The file ${file} has been updated.`, takesMs: 60 },
          },
        ],
      },
    },
  ];
}

/** A day's errand of many small steps. */
export const longErrand = (untilMs: number): Story => ({
  ...shared,
  ...{ user: 'tom', agent: 'claude-code', model: 'claude-haiku-4-5', tags: { team: 'platform', repo: 'shop' } },
  named: { header: 'x-claude-code-session-id', id: '0b9f2d64-51c7-4a08-8f39-c1e6a7d2904f' },
  beginsAt: untilMs - 1.2 * DAY_MS,
  turns: [
    {
      asks: `Move all ${FILES} uses of addDays() to Temporal, one file after the other, and tell me where you were not sure.`,
      answer: {
        says: 'I look for them first.',
        calls: [
          {
            ...{ name: 'Bash', input: { command: 'grep -rln "addDays(" packages | wc -l' } },
            ...{ result: String(FILES), takesMs: 180 },
          },
        ],
      },
    },
    ...Array.from({ length: FILES }, (_none, at) => moved(at)).flat(),
    tests('Tests  412 passed (412)\nDuration  48.30s', false, 'All of them are moved; the tests.'),
    {
      answer: {
        says: `All ${FILES} files use Temporal now and 412 tests pass.\n\nI was not sure in two: \`billing/src/period-2.ts\` counts days across a change of the clocks, and \`returns/src/format-4.ts\` formats for a locale. Please look at these.`,
      },
    },
  ],
});
