import { formatUsd } from '@weir/contracts';
import type { DialectRow, Sums } from './compare.js';
import type { ScaleResult } from './run.js';

const MOST_FAULTS = 20;

export const isRight = ({ faults, faultsOfTotals }: ScaleResult): boolean =>
  faults.length === 0 && faultsOfTotals.length === 0;

/** What a scale run found, in Markdown. */
export function scaleReport(result: ScaleResult): string {
  const { options, rows, faults, faultsOfTotals, driveSeconds, seconds, actions } = result;
  const all = [...faultsOfTotals, ...faults];
  const did = Object.entries(actions).map(([action, count]) => `${count} ${action}`);
  return [
    '# Scale run\n',
    `${options.streams} streams over ${rows.length} dialects, ${options.aborts} % left by their client, ${options.failures} % failing upstream, policy ${options.policy}, seed ${options.seed}, ${options.atOnce} at once.`,
    `Driven in ${driveSeconds.toFixed(1)} s (${(options.streams / driveSeconds).toFixed(0)} streams/s), ${seconds.toFixed(1)} s with start and settling. Upstreams of streams that were left: ${did.join(', ') || 'none'}.\n`,
    '| dialect | streams | left | failed | billed tokens | billed USD | recorded as fact, tokens | recorded as fact, USD | marked as no fact | their bill, tokens | difference, tokens | difference, USD |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |',
    ...rows.map(line),
    line(total(rows)),
    '',
    all.length === 0
      ? 'Every book agrees: upstream, client, events, ratings, roll-up and receipt.'
      : `${all.length} faults:\n\n${all
          .slice(0, MOST_FAULTS)
          .map((fault) => `- ${fault}`)
          .join('\n')}`,
    '',
  ].join('\n');
}

function line(row: Omit<DialectRow, 'dialect'> & { readonly dialect: string }): string {
  const { dialect, streams, left, failed, billed, recorded, unknown, differenceTokens, differencePicoUsd } = row;
  const cells = [
    ...[dialect, streams, left, failed, billed.tokens, formatUsd(billed.picoUsd), recorded.tokens],
    ...[formatUsd(recorded.picoUsd), unknown.streams, unknown.tokens, differenceTokens, formatUsd(differencePicoUsd)],
  ];
  return `| ${cells.join(' | ')} |`;
}

function total(rows: readonly DialectRow[]) {
  const count = (of: (row: DialectRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const sums = (of: (row: DialectRow) => Sums): Sums => ({
    streams: count((row) => of(row).streams),
    tokens: count((row) => of(row).tokens),
    picoUsd: rows.reduce((sum, row) => sum + of(row).picoUsd, 0n),
  });
  return {
    dialect: 'all',
    streams: count(({ streams }) => streams),
    left: count(({ left }) => left),
    failed: count(({ failed }) => failed),
    billed: sums(({ billed }) => billed),
    recorded: sums(({ recorded }) => recorded),
    unknown: sums(({ unknown }) => unknown),
    differenceTokens: count(({ differenceTokens }) => differenceTokens),
    differencePicoUsd: rows.reduce((sum, row) => sum + row.differencePicoUsd, 0n),
  };
}
