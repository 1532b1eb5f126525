import type { Message } from '../message/message.js';
import type { Part } from '../message/part.js';
import { canonicalJson } from '../pieces/canonical.js';
import { sha256 } from '../pieces/id.js';
import type { ReplyReading } from '../reply/index.js';
import type { RequestReading } from '../request/index.js';
import { replyMarks, requestMarks } from './marks.js';
import { personaOf } from './persona.js';
import { stepsOf, wordsOf } from './step.js';

/** Who a conversation belongs to: none is joined across these. */
export interface ChainScope {
  readonly projectId: string;
  readonly appId: string;
  /** Null = the calls name none. */
  readonly user: string | null;
}

/** A call of a tool that may start an agent of its own. */
export interface SpawnKey {
  readonly callId: string | null;
  readonly key: string;
}

/** By what a turn is found by those that follow it, and finds those before it. */
export interface TurnLinks {
  /** One for each step of the request; a later request that begins with the same steps has the same. */
  readonly keys: readonly string[];
  /** The last of them; null = the request holds no step. */
  readonly requestKey: string | null;
  /** Of them, without the last, the nearest at which an earlier request or answer may have ended. */
  readonly pastKeys: readonly string[];
  /** Of the request and an answer to it, one for each choice. */
  readonly replyKeys: readonly string[];
  /** What the request repeats of earlier answers, the nearest last; asked where no step leads anywhere. */
  readonly marks: readonly string[];
  /** Of the answer; by these, too, it is found. */
  readonly replyMarks: readonly string[];
  /** An answer of a model is part of the request. */
  readonly hasHistory: boolean;
  /** Of the instructions, without what changes from call to call. */
  readonly persona: string;
  /** Of what is asked first, where that is long enough to be told from others. */
  readonly openingKey: string | null;
  readonly spawnKeys: readonly SpawnKey[];
  /** Of the calls of tools that the request repeats, in their order. Clients may have made them anew. */
  readonly callIds: readonly string[];
  /** Of the last tool the answer calls; null = it calls none, or states none. */
  readonly replyCallId: string | null;
}

/** A shorter text starts too many conversations to tell them apart. */
const OPENING_MIN_LENGTH = 20;

/**
 * @param reply null = none came
 * @param keptUpstream the upstream's id of what precedes the request and is not part of it: an answer, or a conversation
 */
export function turnLinks(
  scope: ChainScope,
  request: RequestReading,
  reply: ReplyReading | null,
  keptUpstream: string | null = null,
): TurnLinks {
  const root = sha256(canonicalJson(['weir.chain.1', scope.projectId, scope.appId, scope.user]));
  const begin = keptUpstream === null ? root : sha256(`${root}\nafter:${keptUpstream}`);
  const ends: number[] = [];
  const keys = extended(begin, request.inputMessages, ends);
  const requestKey = keys.at(-1) ?? null;
  const said = reply?.outputMessages ?? [];
  const replyKeys = said.flatMap((message) => {
    const [key] = extended(requestKey ?? begin, [message]).slice(-1);
    return key === undefined ? [] : [key];
  });
  return {
    keys,
    requestKey,
    pastKeys: pastKeysOf(keys, ends, request.inputMessages).filter((key) => key !== requestKey),
    replyKeys: [...new Set(replyKeys)],
    marks: requestMarks(root, request.inputMessages),
    replyMarks: replyMarks(root, request.inputMessages, said, reply?.itemIds ?? []),
    hasHistory: keptUpstream !== null || request.inputMessages.some(({ role }) => role === 'assistant'),
    persona: personaOf(request.systemInstructions),
    openingKey: openingKeyOf(root, request.inputMessages),
    spawnKeys: said.flatMap(({ parts }) => parts.flatMap((part) => spawnKeysOf(root, part))),
    callIds: callIdsOf(request.inputMessages),
    replyCallId: callIdsOf(said).at(-1) ?? null,
  };
}

function callIdsOf(messages: readonly Message[]): string[] {
  return messages.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'tool_call' && part.id !== null ? [part.id] : [])),
  );
}

/** The turn before a request is hardly ever further back. */
const PAST_KEYS_MAX = 4;

/** @param ends of each message, how many keys there are up to it */
function pastKeysOf(keys: readonly string[], ends: readonly number[], messages: readonly Message[]): string[] {
  const past = messages.flatMap(({ role }, at) => {
    const mayEnd = role === 'assistant' || messages[at + 1]?.role === 'assistant';
    return mayEnd ? (keys[(ends[at] ?? 0) - 1] ?? []) : [];
  });
  return [...new Set(past)].slice(-PAST_KEYS_MAX);
}

function extended(from: string, messages: readonly Message[], ends: number[] = []): string[] {
  const keys: string[] = [];
  for (const message of messages) {
    for (const step of stepsOf(message)) keys.push(sha256(`${keys.at(-1) ?? from}\n${step}`));
    ends.push(keys.length);
  }
  return keys;
}

function openingKeyOf(root: string, messages: readonly Message[]): string | null {
  const first = messages.find((message) => message.role === 'user' && stepsOf(message).length > 0);
  const text = (first?.parts ?? []).map((part) => (part.type === 'text' ? part.content : '')).join('');
  return textKey(root, text);
}

function spawnKeysOf(root: string, part: Part): SpawnKey[] {
  if (part.type !== 'tool_call') return [];
  return stringsIn(part.arguments).flatMap((text) => {
    const key = textKey(root, text);
    return key === null ? [] : [{ callId: part.id, key }];
  });
}

function textKey(root: string, text: string): string | null {
  const words = wordsOf('user', text);
  return words.length < OPENING_MIN_LENGTH ? null : sha256(`${root}\nopening:${words}`);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
