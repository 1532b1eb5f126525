import type { Verdict } from '../judge/judge-case.js';

export interface Column {
  /** Product and version. */
  readonly gateway: string;
  readonly verdicts: readonly Verdict[];
}

const count = (verdicts: readonly Verdict[], which: Verdict['verdict']): number =>
  verdicts.filter(({ verdict }) => verdict === which).length;

export function tally({ gateway, verdicts }: Column): string {
  const [passed, failed, other] = (['pass', 'fail', 'n/a'] as const).map((which) => count(verdicts, which));
  return `${gateway}: ${passed} passed, ${failed} failed, ${other} not applicable, of ${verdicts.length}`;
}

/** A table of case x gateway, then what was expected and what came of every case that failed, in Markdown. */
export function report(columns: readonly Column[]): string {
  const cases = columns[0]?.verdicts.map((verdict) => verdict.case) ?? [];
  const head = ['case', 'what must be true', ...columns.map(({ gateway }) => gateway)];
  const rows = cases.map(({ id, title }, index) => [
    id,
    title,
    ...columns.map(({ verdicts }) => verdicts[index]?.verdict ?? ''),
  ]);
  return [
    '# Conformance report\n',
    ...columns.map((column) => `- ${tally(column)}`),
    '',
    ...byTopic(columns),
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    '',
    ...columns.flatMap(details),
  ].join('\n');
}

/** How many of each topic's cases passed, of those that could be asked. */
function byTopic(columns: readonly Column[]): string[] {
  const topics = [...new Set(columns.flatMap(({ verdicts }) => verdicts.map(topicOf)))].sort();
  return [
    line(['topic', ...columns.map(({ gateway }) => `${gateway}: passed of asked`)]),
    line(['---', ...columns.map(() => '--:')]),
    ...topics.map((topic) =>
      line([
        topic,
        ...columns.map(({ verdicts }) => {
          const asked = verdicts.filter((verdict) => topicOf(verdict) === topic && verdict.verdict !== 'n/a');
          return `${count(asked, 'pass')} of ${asked.length}`;
        }),
      ]),
    ),
  ];
}

const topicOf = ({ case: { id } }: Verdict): string => id.slice(0, id.indexOf('/'));

const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function details({ gateway, verdicts }: Column): string[] {
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail');
  const notAsked = verdicts.filter(({ why }) => why !== null);
  return [
    ...(failed.length > 0 ? [`## ${gateway}: failed\n`] : []),
    ...failed.flatMap((verdict) => [
      `### ${verdict.case.id}\n`,
      verdict.case.citations.join(', '),
      '',
      ...faults(verdict),
      '',
    ]),
    ...(notAsked.length > 0 ? [`## ${gateway}: not applicable\n`] : []),
    ...notAsked.map((verdict) => `- ${verdict.case.id}: ${verdict.why}`),
    '',
  ];
}

const MOST_FAULTS = 12;

/** What of a case was not as expected, a line each. */
export function faults({ checks }: Verdict): string[] {
  const wrong = checks.filter(({ isRight }) => !isRight);
  const lines = wrong
    .slice(0, MOST_FAULTS)
    .map(({ what, expected, got }) => `- ${what}: expected ${expected}, got ${got}`);
  return wrong.length > MOST_FAULTS ? [...lines, `- and ${wrong.length - MOST_FAULTS} more`] : lines;
}
