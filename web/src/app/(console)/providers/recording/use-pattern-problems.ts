'use client';
import { useMemo } from 'react';
import { useData } from '@/graphql/use-data';
import type { Field, Problems } from '../form/problems';
import { useSettled } from '../models/use-settled';
import { REDACT_PATTERN_PROBLEMS } from './queries';
import { isRecorded, type RecordingValues, sentPatterns } from './settings';

const QUIET_MS = 250;
const NONE: Problems = {};

/** What saving the patterns would be refused for, as the control plane says it: it alone knows RE2. */
export function usePatternProblems(values: RecordingValues): Problems {
  const asked = isRecorded(values) ? JSON.stringify(sentPatterns(values)) : '[]';
  const settled = useSettled(asked, QUIET_MS);
  const patterns = useMemo<{ name: string; pattern: string }[]>(() => JSON.parse(settled), [settled]);
  const { data, stale } = useData(REDACT_PATTERN_PROBLEMS, { patterns }, { pause: patterns.length === 0 });
  return useMemo(() => {
    if (!data || stale || settled !== asked || patterns.length === 0) return NONE;
    return Object.fromEntries(
      data.redactPatternProblems
        // What is still empty is said to be missing, not to be wrong.
        .filter(({ field }) => partAt(patterns, field) !== '')
        .map(({ field, message }): [Field, string] => [`recording.${field}`, message]),
    );
  }, [data, stale, settled, asked, patterns]);
}

function partAt(patterns: readonly { name: string; pattern: string }[], field: string): string | undefined {
  const [, index, part] = /^redactPatterns\[(\d+)\]\.(name|pattern)$/.exec(field) ?? [];
  return patterns[Number(index)]?.[part as 'name' | 'pattern'];
}
