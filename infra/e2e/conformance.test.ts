import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCases } from '../conformance/case/load.js';
import { WeirGateway } from '../conformance/gateways/weir/index.js';
import { faults } from '../conformance/run/report.js';
import { type Ran, runCases } from '../conformance/run/run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cases = loadCases(fileURLToPath(new URL('../conformance/cases', import.meta.url)));

/** For a system and every case, on a machine that has other things to do. */
const START_MS = 600_000;

let ran: Ran;
beforeAll(async () => {
  ran = await runCases(new WeirGateway(root), cases, { limitMs: 60_000, say: () => undefined });
}, START_MS);

describe('public failures of gateways come out right', () => {
  it.each(cases.map(({ id, title }) => [id, title] as const))('%s: %s', (id) => {
    const verdict = ran.verdicts.find((one) => one.case.id === id);
    expect(verdict && faults(verdict)).toEqual([]);
    expect(verdict?.verdict).toBe('pass');
  });
});
