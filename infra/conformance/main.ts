import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CasesInvalid, loadCases } from './case/load.js';
import { readFailures } from './covered/failures.js';
import { coverageTable } from './covered/table.js';
import { GatewayMissing } from './gateways/gateway.js';
import { openGateway } from './gateways/open.js';
import { OptionInvalid, type Options, readOptions, type ScaleOptions } from './options.js';
import { type Column, faults, report, tally } from './run/report.js';
import { runCases } from './run/run.js';
import { isRight, scaleReport } from './scale/report.js';
import { runScale } from './scale/run.js';

/** `npm run conformance`: every case against one gateway or several. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const CASES = join(root, 'infra/conformance/cases');
const COVERED = join(root, 'infra/conformance/covered');
const LIMIT_MS = 180_000;
const SCALE_REPORT = 'conformance-scale.md';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function runGateways({ gateways, pattern, report: file }: Options): Promise<boolean> {
  const cases = loadCases(CASES, pattern);
  if (cases.length === 0) throw new OptionInvalid(`--case ${pattern}: no case has such a name`);
  const columns: Column[] = [];
  for (const name of gateways) {
    const gateway = await openGateway(name, root);
    const { verdicts } = await runCases(gateway, cases, { limitMs: LIMIT_MS, say });
    const column = { gateway: gateway.describe(), verdicts };
    columns.push(column);
    for (const verdict of verdicts) {
      if (verdict.verdict !== 'fail') continue;
      say(`\n✗ ${verdict.case.id}: ${verdict.case.title}`);
      for (const fault of faults(verdict)) say(`  ${fault}`);
    }
    say(`\n${tally(column)}`);
  }
  if (file !== null) {
    await writeFile(file, report(columns));
    say(`report: ${file}`);
  }
  return columns.every(({ verdicts }) => verdicts.every(({ verdict }) => verdict !== 'fail'));
}

async function writeCoverage(): Promise<boolean> {
  const file = join(COVERED, 'README.md');
  await writeFile(file, coverageTable(readFailures(join(COVERED, 'failures.json')), loadCases(CASES)));
  say(`coverage: ${file}`);
  return true;
}

async function runScales(scales: readonly ScaleOptions[], file: string): Promise<boolean> {
  const texts: string[] = [];
  let isGood = true;
  for (const options of scales) {
    const result = await runScale(options, root, say);
    const text = scaleReport(result);
    say(`\n${text}`);
    texts.push(text);
    isGood &&= isRight(result);
  }
  await writeFile(file, texts.join('\n'));
  say(`report: ${file}`);
  return isGood;
}

// What is started for a run ends with it, however that ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = readOptions(process.argv.slice(2));
  const { isCoverage, scale, report: file } = options;
  const run = isCoverage ? writeCoverage() : scale.length > 0 ? runScales(scale, file ?? SCALE_REPORT) : null;
  const isGood = await (run ?? runGateways(options));
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  const isTold = error instanceof OptionInvalid || error instanceof CasesInvalid || error instanceof GatewayMissing;
  process.stderr.write(`${isTold ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
}
