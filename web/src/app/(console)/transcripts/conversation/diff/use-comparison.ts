'use client';
import { useMemo } from 'react';
import { useData } from '@/graphql/use-data';
import { SAID_MESSAGES, TURN_PROMPT } from '../../queries';
import { type PromptStep, parametersDiff, promptDiff } from './prompt-diff';

/** More at once are not shown; the API gives so many. */
const SHOWN_MESSAGES = 200;

export interface Compared {
  readonly title: string;
  readonly steps: readonly PromptStep[];
}

export interface ComparedMessage {
  readonly id: string;
  readonly role: string;
  readonly bytes: number;
  /** null = too large to have come along. */
  readonly json: string | null;
}

/** Two prompts of a conversation, message by message. */
export function useComparison(conversationId: string, beforeId: string, afterId: string) {
  const before = useData(TURN_PROMPT, { id: conversationId, eventId: beforeId });
  const after = useData(TURN_PROMPT, { id: conversationId, eventId: afterId });
  const [old, now] = [before.data?.turnPrompt, after.data?.turnPrompt];
  const isThere = !before.stale && !after.stale && old !== undefined && now !== undefined;
  const sections = useMemo((): Compared[] => {
    if (!old || !now) return [];
    const one = (id: string | null) => (id === null ? [] : [id]);
    return [
      { title: 'Instructions', steps: promptDiff(one(old.systemId), one(now.systemId)) },
      { title: 'Definitions of tools', steps: promptDiff(one(old.toolsId), one(now.toolsId)) },
      { title: 'Messages', steps: promptDiff(old.inputIds, now.inputIds) },
    ];
  }, [old, now]);
  const wanted = useMemo(() => [...new Set(sections.flatMap(({ steps }) => steps.flatMap(idsOf)))], [sections]);
  const ids = wanted.slice(0, SHOWN_MESSAGES);
  const said = useData(SAID_MESSAGES, { id: conversationId, ids }, { pause: ids.length === 0 });
  const messages = useMemo(
    () => new Map((said.data?.saidMessages ?? []).map((message): [string, ComparedMessage] => [message.id, message])),
    [said.data],
  );
  return {
    /** Of a turn that is not stored any more; undefined = on its way. */
    prompts: isThere ? { before: old, after: now } : undefined,
    parameters: old?.parameters && now?.parameters ? parametersDiff(old.parameters, now.parameters) : null,
    sections,
    messages,
    areMessagesThere: ids.length === 0 || (said.data !== undefined && !said.stale),
    leftOut: wanted.length - ids.length,
    problem: before.problem ?? after.problem ?? said.problem,
    retry: () => {
      before.refetch();
      after.refetch();
      if (ids.length > 0) said.refetch();
    },
  };
}

function idsOf(step: PromptStep): string[] {
  if (step.kind === 'same') return [];
  return step.kind === 'changed' ? [step.before, step.after] : [step.id];
}
