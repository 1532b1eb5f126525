import { diffArrays } from 'diff';

/** Ids of messages of two prompts, side by side. */
export type PromptStep =
  | { readonly kind: 'same'; readonly count: number }
  | { readonly kind: 'added' | 'removed'; readonly id: string }
  | { readonly kind: 'changed'; readonly before: string; readonly after: string };

/** Prompts of which more differs are shown one after the other: what came, what went. */
const MAX_EDITS = 2_000;
const MAX_MS = 500;

/**
 * What became of the messages of a prompt in another one. Where messages went and others came in their place, they are
 * taken for the same in their order.
 */
export function promptDiff(before: readonly string[], after: readonly string[]): PromptStep[] {
  const runs = diffArrays([...before], [...after], { maxEditLength: MAX_EDITS, timeout: MAX_MS }) ?? [
    { value: [...before], added: false, removed: true },
    { value: [...after], added: true, removed: false },
  ];
  const steps: PromptStep[] = [];
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at];
    if (!run) continue;
    if (!run.added && !run.removed) {
      steps.push({ kind: 'same', count: run.value.length });
      continue;
    }
    const next = runs[at + 1];
    const other = next && (next.added || next.removed) && next.added !== run.added ? next : null;
    const [gone, come] = run.removed ? [run.value, other?.value ?? []] : [other?.value ?? [], run.value];
    if (other) at++;
    const pairs = Math.min(gone.length, come.length);
    for (let nth = 0; nth < pairs; nth++) {
      steps.push({ kind: 'changed', before: gone[nth] as string, after: come[nth] as string });
    }
    for (const id of gone.slice(pairs)) steps.push({ kind: 'removed', id });
    for (const id of come.slice(pairs)) steps.push({ kind: 'added', id });
  }
  return steps;
}

/** Members by name that differ; null = not set. */
export function parametersDiff(
  before: readonly { readonly name: string; readonly json: string }[],
  after: readonly { readonly name: string; readonly json: string }[],
): { name: string; before: string | null; after: string | null }[] {
  const [old, now] = [before, after].map((list) => new Map(list.map(({ name, json }) => [name, json]))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((one) => one.before !== one.after);
}
