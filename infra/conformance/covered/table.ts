import type { Case } from '../case/index.js';
import { COVERED_DIALECTS, type CoveredDialect, dialectOf } from './dialects.js';
import type { Failure } from './failures.js';
import { ITEMS, type Item } from './items.js';

/** Ids of the cases in which an item comes up in a dialect. */
export function casesOf(item: Item, dialect: CoveredDialect, cases: readonly Case[]): string[] {
  return cases
    .filter((one) =>
      one.calls.some((call) => {
        const type = one.providers.find(({ name }) => name === call.provider)?.type ?? '';
        return dialectOf(type, call.request.path) === dialect && item.isIn(call);
      }),
    )
    .map(({ id }) => id);
}

/** Which cases and tests stand against which failure, and how many cases each item of metering has, in Markdown. */
export function coverageTable(failures: readonly Failure[], cases: readonly Case[]): string {
  const items = ITEMS.map((item) =>
    line([
      item.name,
      ...COVERED_DIALECTS.map((dialect) => {
        const count = casesOf(item, dialect, cases).length;
        return count > 0 ? String(count) : item.appliesTo.includes(dialect) ? '**0**' : '';
      }),
    ]),
  );
  const rows = failures.map(({ number, what, sources, tests, open }) =>
    line([
      String(number),
      `${what} (${sources.map((source) => `[${shortOf(source)}](${source})`).join(', ')})`,
      cases
        .filter((one) => one.failures.includes(number))
        .map(({ id }) => id)
        .join('<br>'),
      tests.map((test) => `\`${test}\``).join('<br>'),
      open ?? '',
    ]),
  );
  return [
    '# What the cases cover\n',
    'Written by `npm run conformance -- --coverage`; a test holds that it is up to date.\n',
    `${cases.length} cases. The first table counts those in which an item of metering comes up, by dialect; an empty cell is one`,
    'where it cannot. The second names what stands against each failure of other gateways that was met in public.\n',
    line(['item', ...COVERED_DIALECTS]),
    line(['---', ...COVERED_DIALECTS.map(() => '--:')]),
    ...items,
    '',
    line(['', 'failure', 'cases', 'tests', 'open']),
    line(['--:', '---', '---', '---', '---']),
    ...rows,
    '',
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** `owner/name#12` of a thread, else the host. */
function shortOf(source: string): string {
  const thread = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/(?:issues|pull)\/(\d+)/.exec(source);
  return thread ? `${thread[1]}#${thread[2]}` : new URL(source).host;
}
