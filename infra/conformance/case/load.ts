import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Case, caseFile } from './index.js';

/** Case files that cannot be used; the message has one line for each fault, with file and field. */
export class CasesInvalid extends Error {
  readonly code = 'CASES_INVALID';
  constructor(readonly faults: readonly string[]) {
    super(`cases cannot be used:\n${faults.join('\n')}`);
  }
}

/**
 * Every case of a folder, in the order of their ids.
 * @param pattern `*` stands for any text: `cache/*`; null = all
 * @throws CasesInvalid
 */
export function loadCases(folder: string, pattern: string | null = null): Case[] {
  const faults: string[] = [];
  const cases: Case[] = [];
  for (const id of idsIn(folder)) {
    if (pattern !== null && !fits(id, pattern)) continue;
    const file = `${id}.json`;
    const parsed = read(join(folder, file));
    if (typeof parsed === 'string') faults.push(`${file}: ${parsed}`);
    else {
      const result = caseFile.safeParse(parsed.value);
      if (result.success) cases.push({ ...result.data, id });
      else faults.push(...result.error.issues.flatMap((issue) => described(file, issue)));
    }
  }
  if (faults.length > 0) throw new CasesInvalid(faults);
  return cases;
}

function idsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length).replaceAll('\\', '/'))
    .sort();
}

function fits(id: string, pattern: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(id);
}

function read(path: string): { value: unknown } | string {
  try {
    return { value: JSON.parse(readFileSync(path, 'utf8')) as unknown };
  } catch (error) {
    return (error as Error).message;
  }
}

/** A union tells of every way it was not matched; the one that got furthest is the one that was meant. */
function described(file: string, issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((best, one) => (depthOf(one) > depthOf(best) ? one : best));
    return nearest.flatMap((inner) => described(file, inner, path));
  }
  return [`${file}: ${path.map(String).join('.') || '(the whole)'}: ${issue.message}`];
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  const isKeyUnknown = issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  return isKeyUnknown ? -1 : Math.max(0, ...issues.map(({ path }) => path.length));
}
